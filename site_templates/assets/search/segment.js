// @ts-check
/** One segment of the index: what its files say, as `docs/search-index.md` lays them out. */

import { Bytes, textOf } from "./bytes.js";
import { damaged, numbered } from "./files.js";
import { decodeSpellings } from "./spelling.js";
import { fnv1a, home } from "./words.js";

/**
 * @typedef {{ path: string, papers: number, shards: number, spelling: number }} Facts
 * @typedef {{ papers: Uint32Array, marks: Uint8Array }} Postings papers ascending
 * @typedef {Awaited<ReturnType<Segment["slots"]>>[number]} Slot
 * @typedef {Slot["paper"]} Paper
 *
 * What stands under a key; `head` is the whole list unless it is a file of its `own`.
 * @typedef {{ keys: string[], isWord: boolean, count: number, head: Postings, own: { number: number, size: number } | null,
 *   vector: Float64Array | null }} Entry
 */

const ALIAS = 0;
const WORD = 2;
const MOST_LOW_BITS = 24;
/** Of papers in a long list that are not among its best. */
const LONG_LIST_MARK = 15 * 8 + 3;
export const UNKNOWN_VOTES = 0xffff;
const NO_PAPER = 0xffffff;
const EPOCH = Date.UTC(2000, 0, 1);
const DAY = 24 * 60 * 60 * 1000;

/** Days since the index's first. @param {string} day ISO */
export const dayNumber = (day) => (Date.parse(day) - EPOCH) / DAY;

/** The first two characters, which name a file of spellings. @param {string} word */
export const startOf = (word) => [...word].slice(0, 2).join("");

export class Segment {
  /**
   * @param {import("./files.js").Files} files @param {import("./index.js").Index} index whose names slots mean
   * @param {number} first the number of its first paper among those of all segments @param {Facts} facts
   */
  constructor(files, index, first, { path, papers, shards, spelling }) {
    this.files = files;
    this.index = index;
    this.first = first;
    this.path = path;
    this.papers = papers;
    this.shards = shards;
    this.spelling = spelling;
  }

  /** What stands under a key, aliases followed. @param {string} key @returns {Promise<Entry | null>} */
  async entry(key, isAlias = false) {
    const path = numbered(`${this.path}w/`, fnv1a(home(key.slice(key.indexOf(":") + 1) || key)) % this.shards);
    const found = (await this.files.read(path, (bytes) => this.#entries(new Bytes(bytes)))).get(key) ?? null;
    if (typeof found !== "string") return found;
    if (isAlias) throw damaged(path);
    return this.entry(found, true);
  }

  /** All papers of an entry; of a long list the marks of its best are known. @param {Entry} entry */
  async whole({ count, head, own }) {
    if (!own) return head;
    return this.files.read(numbered(`${this.path}l/`, own.number), (bytes) => this.#long(bytes, count, head));
  }

  /** Each paper's cluster, the papers of the base that are replaced here, and the clusters' middles. */
  top() {
    return this.files.read(`${this.path}top.bin`, (array) => {
      const [bytes, clusters] = [new Bytes(array), new Uint16Array(this.papers)];
      const count = bytes.varint();
      let [paper, number] = [0, -1];
      for (let cluster = 0; cluster < count; cluster++) clusters.fill(cluster, paper, (paper += bytes.varint()));
      const [replaced, middles] = [/** @type {number[]} */ ([]), /** @type {Float64Array[]} */ ([])];
      for (let left = bytes.varint(); left > 0; left--) replaced.push((number += bytes.varint()));
      while (bytes.left) middles.push(unit(bytes.halves()));
      const isRight = paper === this.papers && number < (this.first || 1) && middles.length === (this.first ? 0 : count);
      if (!isRight) throw new RangeError("it does not add up");
      return { clusters, count, replaced, middles };
    });
  }

  /** `days` or `votes` of all papers. @param {string} name */
  column(name) {
    return this.files.read(`${this.path}${name}.bin`, (array) => {
      const { view } = new Bytes(array);
      if (view.byteLength !== 2 * this.papers) throw new RangeError("numbers are missing");
      return Uint16Array.from({ length: this.papers }, (_, at) => view.getUint16(2 * at, true));
    });
  }

  /** Words that begin with these two characters, each with its byte. @param {string} start */
  async spellings(start) {
    if (!this.spelling) return [];
    const path = numbered(`${this.path}s/`, fnv1a(start) % this.spelling);
    const known = await this.files.read(path, (bytes) => decodeSpellings(new Bytes(bytes)));
    return known.filter(([word]) => startOf(word) === start);
  }

  /** Papers as they are shown. @param {number[]} numbers through all segments */
  async slots(numbers) {
    const own = numbers.map((number) => number - this.first);
    const found = await this.files.slots(`${this.path}r/`, this.papers, own, (bytes) => this.#slot(bytes));
    return found.map((slot, at) => ({ ...slot, number: numbers[at] ?? 0 }));
  }

  /** Entries by key; of an alias the key that is meant. @param {Bytes} bytes @returns {Map<string, Entry | string>} */
  #entries(bytes) {
    const entries = new Map();
    while (bytes.left) {
      const body = new Bytes(bytes.take(bytes.varint()));
      const [kind, count] = [body.byte(), body.byte()];
      let key = body.take(body.byte());
      const keys = [textOf(key)];
      while (keys.length < count) keys.push(textOf((key = body.after(key))));
      const value = kind === ALIAS ? textOf(body.take(body.byte())) : this.#entry(body, keys, kind === WORD);
      for (const name of keys) if (kind !== ALIAS || !entries.has(name)) entries.set(name, value);
    }
    return entries;
  }

  /** @param {Bytes} body @param {string[]} keys @param {boolean} isWord @returns {Entry} */
  #entry(body, keys, isWord) {
    const count = body.varint();
    if (count > this.papers) throw new RangeError("too many papers");
    const own = body.byte() ? { number: body.varint(), size: body.varint() } : null;
    const head = this.#postings(body.take(body.varint()), isWord, own ? null : count);
    const worth = body.left ? new DataView(body.take(4).slice().buffer).getFloat32(0, true) : 0;
    if (!Number.isFinite(worth)) throw new RangeError("no number");
    return { keys, isWord, count, head, own, vector: body.left ? body.halves().map((half) => half * worth) : null };
  }

  /** @param {Uint8Array} array @param {boolean} isWord @param {number | null} expected papers @returns {Postings} */
  #postings(array, isWord, expected) {
    const [bytes, papers, marks] = [new Bytes(array), new Uint32Array(array.length), new Uint8Array(array.length)];
    let [count, paper] = [0, -1];
    for (; bytes.left; count++) {
      const step = bytes.varint();
      papers[count] = paper += step;
      if (isWord) marks[count] = bytes.byte();
      if (!step || paper >= this.papers) throw new RangeError("no such paper");
    }
    if (count !== (expected ?? count)) throw new RangeError("papers are missing");
    return { papers: papers.subarray(0, count), marks: marks.subarray(0, count) };
  }

  /** Golomb-Rice codes: bits that are ones count `low` bits each. @param {Uint8Array} bytes @param {number} count @param {Postings} best */
  #long(bytes, count, best) {
    const [papers, marks, low] = [new Uint32Array(count), new Uint8Array(count).fill(LONG_LIST_MARK), bytes[0] ?? 0];
    let [paper, at, top] = [-1, 8, 0];
    for (let row = 0; row < count; row++) {
      let high = 0;
      for (; ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1; at++) high++;
      at++;
      const byte = at >> 3;
      const four = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16) | ((bytes[byte + 3] ?? 0) << 24);
      papers[row] = paper += 1 + (high << low) + ((four >>> (at & 7)) & ((1 << low) - 1));
      at += low;
      if (best.papers[top] === paper) marks[row] = best.marks[top++] ?? 0;
    }
    const isWhole = low <= MOST_LOW_BITS && at <= 8 * bytes.length && paper < this.papers && top === best.papers.length;
    if (!isWhole) throw new RangeError("papers are missing");
    return { papers, marks };
  }

  /** @param {Uint8Array} array */
  #slot(array) {
    const { view } = new Bytes(array);
    const fields = textOf(array.subarray(88)).replace(/\0+$/, "").split("\n");
    if (fields.length !== 8) throw new RangeError("fields are missing");
    const [anchor = "", title = "", authors = "", organization = "", topics = "", sources = "", names = "", snippet = ""] = fields;
    const day = new Date(EPOCH + view.getUint16(0, true) * DAY).toISOString().slice(0, 10);
    const [votes, flags] = [view.getUint16(2, true), view.getUint8(4)];
    const near = [6, 9, 12, 15, 18, 21].map((at) => view.getUint16(at, true) + view.getUint8(at + 2) * 65536);
    const paper = {
      ...{ anchor, url: `${day.replaceAll("-", "/")}/#${anchor}`, day, title, authors, organization, snippet },
      topics: namesAt(topics, this.index.topics),
      sources: namesAt(sources, this.index.sources),
      curators: names.split(", ").filter(Boolean),
      votes: votes === UNKNOWN_VOTES ? null : votes,
      ...{ hasCode: (flags & 1) > 0, hasNote: (flags & 2) > 0, isPick: (flags & 4) > 0, isWithdrawn: (flags & 8) > 0 },
    };
    const vector = unit(new Bytes(array.subarray(24, 88)).halves());
    return { paper, near: near.filter((number) => number !== NO_PAPER), titleWeight: view.getUint8(5) / 2, vector };
  }
}

/** @template T @param {string} places @param {T[]} names @returns {T[]} */
const namesAt = (places, names) => places.match(/\d+/g)?.flatMap((place) => names[Number(place)] ?? []) ?? [];

/** The same at length 1, zero staying zero. @param {Float64Array} vector */
export function unit(vector) {
  const length = Math.sqrt(vector.reduce((sum, number) => sum + number * number, 0));
  return length ? vector.map((number) => number / length) : vector;
}
