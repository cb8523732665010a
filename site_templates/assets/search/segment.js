// @ts-check
/** One segment of the index: what its files say, as `docs/search-index.md` lays them out. */

import { Bytes, textOf } from "./bytes.js";
import { damaged, numbered } from "./files.js";
import { decodeSpellings } from "./spelling.js";
import { fnv1a, home } from "./words.js";

/**
 * @typedef {{ papers: Uint32Array, marks: Uint8Array }} Postings papers ascending
 *
 * What stands under a key; `head` is the whole list unless it is a file of its `own`.
 * @typedef {{ keys: string[], isWord: boolean, count: number, head: Postings, own: { number: number, size: number } | null,
 *   vector: Float64Array | null }} Entry
 *
 * A paper as it is shown; `number` counts through all segments.
 * @typedef {{ number: number, day: string, votes: number | null, flags: number, titleWeight: number, near: number[],
 *   vector: Float64Array, anchor: string, title: string, authors: string, organization: string, topics: number[],
 *   sources: number[], curators: string[], snippet: string }} Slot
 */

const [ALIAS, , WORD] = [0, 1, 2];
const UNKNOWN_VOTES = 0xffff;
const NO_PAPER = 0xffffff;
const EPOCH = Date.UTC(2000, 0, 1);
const DAY = 24 * 60 * 60 * 1000;

/** Days since the index's first. @param {string} day ISO */
export const dayNumber = (day) => (Date.parse(day) - EPOCH) / DAY;

export class Segment {
  /**
   * @param {import("./files.js").Files} files
   * @param {{ path: string, papers: number, shards: number, spelling: number }} facts
   * @param {number} first the number of its first paper among those of all segments
   */
  constructor(files, { path, papers, shards, spelling }, first) {
    this.files = files;
    this.path = path;
    this.papers = papers;
    this.shards = shards;
    this.spelling = spelling;
    this.first = first;
  }

  /** What stands under a key, aliases followed. @param {string} key @returns {Promise<Entry | null>} */
  async entry(key, isAlias = false) {
    const path = numbered(`${this.path}w/`, fnv1a(home(key.slice(key.indexOf(":") + 1) || key)) % this.shards);
    const entries = await this.files.read(path, (bytes) => this.#entries(new Bytes(bytes)));
    const found = entries.get(key) ?? null;
    if (typeof found !== "string") return found;
    if (isAlias) throw damaged(path);
    return this.entry(found, true);
  }

  /** All papers of an entry. @param {Entry} entry @returns {Promise<Postings>} */
  async whole({ isWord, count, head, own }) {
    if (!own) return head;
    return this.files.read(numbered(`${this.path}l/`, own.number), (bytes) => {
      const found = this.#postings(bytes, isWord);
      if (found.papers.length !== count) throw new RangeError("papers are missing");
      return found;
    });
  }

  /** Each paper's cluster, the papers of the base that are replaced here, and the clusters' middles. */
  top() {
    return this.files.read(`${this.path}top.bin`, (array) => {
      const bytes = new Bytes(array);
      const clusters = new Uint16Array(this.papers);
      const [count, at] = [bytes.varint(), { paper: 0, replaced: -1 }];
      for (let cluster = 0; cluster < count; cluster++) {
        clusters.fill(cluster, at.paper, (at.paper += bytes.varint()));
      }
      const replaced = [];
      for (let left = bytes.varint(); left > 0; left--) replaced.push((at.replaced += bytes.varint()));
      const middles = [];
      while (bytes.left) middles.push(unit(bytes.halves()));
      const isBase = this.first === 0;
      if (at.paper !== this.papers || middles.length !== (isBase ? count : 0)) throw new RangeError("it does not add up");
      if (!isBase && at.replaced >= this.first) throw new RangeError("no such paper");
      return { clusters, count, replaced, middles };
    });
  }

  /** `days` or `votes` of all papers. @param {string} name */
  column(name) {
    return this.files.read(`${this.path}${name}.bin`, (array) => {
      if (array.length !== 2 * this.papers) throw new RangeError("numbers are missing");
      const { view } = new Bytes(array);
      return Uint16Array.from({ length: this.papers }, (_, at) => view.getUint16(2 * at, true));
    });
  }

  /** Words with their bytes, of the file for this beginning. @param {string} start two characters */
  async spellings(start) {
    if (!this.spelling) return new Map();
    const path = numbered(`${this.path}s/`, fnv1a(start) % this.spelling);
    return this.files.read(path, (bytes) => decodeSpellings(new Bytes(bytes)));
  }

  /** Papers by their numbers in the segment. @param {number[]} numbers @returns {Promise<Slot[]>} */
  async slots(numbers) {
    const found = await this.files.slots(`${this.path}r/`, this.papers, numbers, decodeSlot);
    return found.map((slot, at) => ({ ...slot, number: this.first + (numbers[at] ?? 0) }));
  }

  /** Entries by key; the other key of an alias. @param {Bytes} bytes @returns {Map<string, Entry | string>} */
  #entries(bytes) {
    const entries = new Map();
    while (bytes.left) {
      const body = new Bytes(bytes.take(bytes.varint()));
      const [kind, count] = [body.byte(), body.byte()];
      const keys = [body.take(body.byte())];
      while (keys.length < count) keys.push(body.after(/** @type {Uint8Array} */ (keys[keys.length - 1])));
      const names = keys.map(textOf);
      const value = kind === ALIAS ? textOf(body.take(body.byte())) : this.#entry(body, names, kind === WORD);
      for (const name of names) if (kind !== ALIAS || !entries.has(name)) entries.set(name, value);
    }
    return entries;
  }

  /** @param {Bytes} body @param {string[]} keys @param {boolean} isWord @returns {Entry} */
  #entry(body, keys, isWord) {
    const [count, isOwn] = [body.varint(), body.byte()];
    const own = isOwn ? { number: body.varint(), size: body.varint() } : null;
    const head = this.#postings(body.take(body.varint()), isWord);
    if (!own && head.papers.length !== count) throw new RangeError("papers are missing");
    if (!body.left) return { keys, isWord, count, head, own, vector: null };
    const worth = new DataView(body.take(4).slice().buffer).getFloat32(0, true);
    if (!Number.isFinite(worth)) throw new RangeError("no number");
    return { keys, isWord, count, head, own, vector: body.halves().map((half) => half * worth) };
  }

  /** @param {Uint8Array} array @param {boolean} isWord @returns {Postings} */
  #postings(array, isWord) {
    const bytes = new Bytes(array);
    const [papers, marks] = [new Uint32Array(array.length), new Uint8Array(array.length)];
    let [count, paper] = [0, -1];
    while (bytes.left) {
      const step = bytes.varint();
      paper += step;
      if (!step || paper >= this.papers) throw new RangeError("no such paper");
      papers[count] = paper;
      if (isWord) marks[count] = bytes.byte();
      count++;
    }
    return { papers: papers.subarray(0, count), marks: marks.subarray(0, count) };
  }
}

/** @param {Uint8Array} array */
function decodeSlot(array) {
  const { view } = new Bytes(array);
  const fields = textOf(array.subarray(88)).replace(/\0+$/, "").split("\n");
  if (fields.length !== 8) throw new RangeError("fields are missing");
  const [anchor = "", title = "", authors = "", organization = "", topics = "", sources = "", curators = "", snippet = ""] =
    fields;
  const votes = view.getUint16(2, true);
  const near = [6, 9, 12, 15, 18, 21].map((at) => view.getUint16(at, true) + view.getUint8(at + 2) * 65536);
  return {
    day: new Date(EPOCH + view.getUint16(0, true) * DAY).toISOString().slice(0, 10),
    votes: votes === UNKNOWN_VOTES ? null : votes,
    flags: view.getUint8(4),
    titleWeight: view.getUint8(5) / 2,
    near: near.filter((number) => number !== NO_PAPER),
    vector: unit(new Bytes(array.subarray(24, 88)).halves()),
    ...{ anchor, title, authors, organization, snippet },
    topics: topics.split(" ").filter(Boolean).map(Number),
    sources: sources.split(" ").filter(Boolean).map(Number),
    curators: curators.split(", ").filter(Boolean),
  };
}

/** The same at length 1, zero staying zero. @param {Float64Array} vector */
export function unit(vector) {
  const length = Math.sqrt(vector.reduce((sum, number) => sum + number * number, 0));
  return length ? vector.map((number) => number / length) : vector;
}
