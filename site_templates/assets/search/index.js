// @ts-check
/** The index as `docs/search-index.md` lays it out: files of its segments → words, papers and columns. */

import { Bytes, SearchError, damaged, textOf } from "./files.js";
import { fnv1a, home, startOf } from "./words.js";

/** @import { Files } from "./files.js" */

/**
 * Papers are numbered through all segments, and ascend.
 * @typedef {{ papers: Uint32Array, marks: Uint8Array }} Postings
 *
 * What stands under a key; `head` is the whole list unless that is a file of its own, of `size` bytes.
 * @typedef {{ segment: Segment, keys: string[], count: number, head: Postings, size: number, file: number,
 *   vector: Float64Array | null }} Entry
 * @typedef {{ path: string, papers: number, shards: number, spelling: number }} Facts
 * @typedef {{ version: number, topics: [string, string][], sources: string[], latest: string,
 *   segments: Facts[] }} Manifest
 * @typedef {Awaited<ReturnType<Segment["slot"]>>} Slot @typedef {Slot["paper"]} Paper
 */

const OTHER_VERSION = "The search index was made for another version of this page; reload the page.";
const [VERSION, ALIAS, WORD, SLOT, SLOTS, NO_PAPER] = [1, 0, 2, 296, 256, 0xffffff];
const MOST_LOW_BITS = 24;
/** Of papers in a long list that are not among its best. */
const LONG_LIST_MARK = 15 * 8 + 3;
export const UNKNOWN_VOTES = 0xffff;
const [EPOCH, DAY] = [Date.UTC(2000, 0, 1), 24 * 60 * 60 * 1000];

/** Days since the index's first. @param {string} day ISO */
export const dayNumber = (day) => (Date.parse(day) - EPOCH) / DAY;

class Segment {
  /** @param {Index} index @param {number} first the number of its first paper @param {Facts} facts */
  constructor(index, first, facts) {
    this.index = index;
    this.files = index.files;
    this.first = first;
    this.last = first + facts.papers - 1;
    this.facts = facts;
  }

  /** What stands under a key, aliases followed. @param {string} key @returns {Promise<Entry | null>} */
  async entry(key, isAlias = false) {
    const path = this.path("w", fnv1a(home(key.slice(key.indexOf(":") + 1) || key)) % this.facts.shards);
    const found = (await this.files.read(path, (bytes) => this.#entries(new Bytes(bytes)))).get(key) ?? null;
    if (typeof found !== "string") return found;
    if (isAlias) throw damaged(path);
    return this.entry(found, true);
  }

  /** All papers of an entry of this segment. @param {Entry} entry */
  async whole({ size, file, count, head }) {
    return size ? this.files.read(this.path("l", file), (bytes) => this.#long(bytes, count, head)) : head;
  }

  /** Each paper's cluster, the papers of the base that are replaced here, and the clusters' middles. */
  top() {
    return this.files.read(`${this.facts.path}top.bin`, (array) => {
      const [bytes, clusters] = [new Bytes(array), new Uint16Array(this.facts.papers)];
      const count = bytes.varint();
      let [paper, number] = [0, -1];
      for (let cluster = 0; cluster < count; cluster++) clusters.fill(cluster, paper, (paper += bytes.varint()));
      const [replaced, middles] = [/** @type {number[]} */ ([]), /** @type {Float64Array[]} */ ([])];
      for (let left = bytes.varint(); left > 0; left--) replaced.push((number += bytes.varint()));
      while (bytes.left) middles.push(unit(bytes.halves()));
      const areMiddles = middles.length === (this.first ? 0 : count);
      if (paper !== clusters.length || number >= (this.first || 1) || !areMiddles) throw new RangeError("no clusters");
      return { clusters, count, replaced, middles };
    });
  }

  /** A paper as it is shown. @param {number} number */
  async slot(number) {
    const row = number - this.first;
    const [path, start] = [this.path("r", Math.floor(row / SLOTS)), (row % SLOTS) * SLOT];
    return { number, ...(await this.files.part(path, start, SLOT, (bytes) => slot(new Bytes(bytes), this.index))) };
  }

  /** @param {string} folder @param {number} number */
  path(folder, number) {
    return `${this.facts.path}${folder}/${number.toString(16).padStart(4, "0")}.bin`;
  }

  /** Entries by key; of an alias the key that is meant. @param {Bytes} bytes */
  #entries(bytes) {
    const entries = new Map(/** @type {[string, Entry | string][]} */ ([]));
    while (bytes.left) {
      const body = new Bytes(bytes.take(bytes.varint()));
      const [kind, count] = [body.number(), body.number()];
      let key = body.take(body.number());
      const keys = [textOf(key)];
      while (keys.length < count) keys.push(textOf((key = body.after(key))));
      const value = kind === ALIAS ? textOf(body.take(body.number())) : this.#entry(body, keys, kind === WORD);
      for (const name of keys) if (kind !== ALIAS || !entries.has(name)) entries.set(name, value);
    }
    return entries;
  }

  /** @param {Bytes} body @param {string[]} keys @param {boolean} isWord @returns {Entry} */
  #entry(body, keys, isWord) {
    const count = body.varint();
    const [file, size] = body.number() ? [body.varint(), body.varint()] : [0, 0];
    const head = this.#postings(body.take(body.varint()), isWord);
    const [worth = 0] = body.left ? new Float32Array(body.take(4).slice().buffer) : [];
    const isWhole = size ? count <= this.facts.papers : count === head.papers.length;
    if (!isWhole || !Number.isFinite(worth)) throw new RangeError("it does not add up");
    const vector = body.left ? body.halves().map((half) => half * worth) : null;
    return { segment: this, keys, count, head, size, file, vector };
  }

  /** @param {Uint8Array} array @param {boolean} isWord @returns {Postings} */
  #postings(array, isWord) {
    const [bytes, papers, marks] = [new Bytes(array), new Uint32Array(array.length), new Uint8Array(array.length)];
    let [count, paper] = [0, this.first - 1];
    for (; bytes.left; count++) {
      const step = bytes.varint();
      papers[count] = paper += step;
      if (isWord) marks[count] = bytes.number();
      if (!step || paper > this.last) throw new RangeError("no such paper");
    }
    return { papers: papers.subarray(0, count), marks: marks.subarray(0, count) };
  }

  /** A long list, Golomb-Rice coded. @type {(bytes: Uint8Array, count: number, best: Postings) => Postings} */
  #long(bytes, count, best) {
    const [papers, marks, low] = [new Uint32Array(count), new Uint8Array(count).fill(LONG_LIST_MARK), bytes[0] ?? 0];
    const byte = (/** @type {number} */ at) => bytes[at] ?? 0;
    let [paper, at, top] = [this.first - 1, 8, 0];
    for (let row = 0; row < count; row++) {
      for (paper += 1; (byte(at >> 3) >> (at & 7)) & 1; at++) paper += 1 << low;
      const from = ++at >> 3;
      const four = byte(from) | (byte(from + 1) << 8) | (byte(from + 2) << 16) | (byte(from + 3) << 24);
      papers[row] = paper += (four >>> (at & 7)) & ((1 << low) - 1);
      at += low;
      if (best.papers[top] === paper) marks[row] = best.marks[top++] ?? 0;
    }
    const isWhole = low <= MOST_LOW_BITS && at <= 8 * bytes.length && top === best.papers.length;
    if (!isWhole || paper > this.last) throw new RangeError("papers are missing");
    return { papers, marks };
  }
}

/** All segments together. */
export class Index {
  /** @param {Files} files @param {Manifest} manifest */
  constructor(files, { topics, sources, latest, segments }) {
    this.files = files;
    this.newest = latest;
    this.topics = topics.map(([slug, name]) => ({ slug, name }));
    this.sources = sources;
    this.papers = 0;
    this.segments = segments.map((facts) => new Segment(this, (this.papers += facts.papers) - facts.papers, facts));
  }

  /** A SearchError when it cannot be read. @param {Files} files */
  static async open(files) {
    files.misses = false;
    const found = await files.read("index.json", manifest, true);
    files.keepOnly([...found.segments.map(({ path }) => path), found.latest]);
    return new Index(files, found);
  }

  /** What stands under a key, in the order of the segments that have it. @param {string} key */
  async under(key) {
    const entries = await Promise.all(this.segments.map((segment) => segment.entry(key)));
    return entries.flatMap((entry) => entry ?? []);
  }

  /** Segments that lack the word are asked for its stem's first key. @param {string} word */
  async stem(word) {
    const entries = await this.under(word);
    const [first] = entries;
    const others = first && entries.length < this.segments.length ? await this.under(first.keys[0] ?? word) : [];
    const missing = others.filter(({ segment }) => entries.every((entry) => entry.segment !== segment));
    return [...entries, ...missing].sort((one, other) => one.segment.first - other.segment.first);
  }

  /** `days` or `votes` of all papers. @param {string} name */
  async column(name) {
    const parts = this.segments.map(({ facts: { path, papers } }) =>
      this.files.read(`${path}${name}.bin`, (bytes) => {
        if (bytes.length !== 2 * papers) throw new RangeError("numbers are missing");
        return new Uint16Array(bytes.slice().buffer);
      }),
    );
    return this.#joined(await Promise.all(parts));
  }

  /** Which papers are shown, each one's cluster, and the clusters' middles. */
  async top() {
    const tops = await Promise.all(this.segments.map((segment) => segment.top()));
    if (tops.some(({ count }) => count !== tops[0]?.count)) throw damaged("top.bin");
    const isShown = new Uint8Array(this.papers).fill(1);
    for (const paper of tops.flatMap(({ replaced }) => replaced)) isShown[paper] = 0;
    return { isShown, clusters: this.#joined(tops.map(({ clusters }) => clusters)), middles: tops[0]?.middles ?? [] };
  }

  /** Those that there are, in this order. @param {number[]} numbers */
  async slots(numbers) {
    const slots = numbers.map((number) => this.segments.find(({ last }) => number <= last)?.slot(number));
    return (await Promise.all(slots)).flatMap((slot) => slot ?? []);
  }

  /** The papers of the newest days. */
  async latest() {
    if (!this.newest) return [];
    return this.files.read(this.newest, (array) => {
      const [bytes, found] = [new Bytes(array), /** @type {Omit<Slot, "number">[]} */ ([])];
      while (bytes.left) found.push(slot(new Bytes(bytes.take(SLOT)), this));
      return found;
    });
  }

  /** The number of the paper known by an anchor. @param {string} name */
  async numbered(name) {
    const [entries, { isShown }] = await Promise.all([this.under(`id:${name}`), this.top()]);
    return entries.flatMap(({ head }) => [...head.papers]).find((number) => isShown[number]);
  }

  /** Words that begin with these two characters, each with its byte. @param {string} start */
  async spellings(start) {
    const [base] = this.segments;
    if (!base?.facts.spelling) return [];
    const known = await this.files.read(base.path("s", fnv1a(start) % base.facts.spelling), spelt);
    return known.filter(([word]) => startOf(word) === start);
  }

  /** @param {Uint16Array[]} parts */
  #joined(parts) {
    const all = new Uint16Array(this.papers);
    parts.forEach((part, at) => all.set(part, this.segments[at]?.first));
    return all;
  }
}

/** @param {Uint8Array} bytes @returns {Manifest} */
function manifest(bytes) {
  /** @type {Manifest} */
  const { version, topics, sources, latest = "", segments } = JSON.parse(textOf(bytes));
  if (version !== VERSION) throw new SearchError(OTHER_VERSION);
  const counts = segments.flatMap(({ papers, shards, spelling }) => [papers, shards - 1, spelling]);
  const texts = [latest, ...sources, ...topics.flat(), ...segments.map(({ path }) => path)];
  const areCounts = counts.every((count) => (count & 0xffffff) === count);
  if (!areCounts || texts.some((text) => typeof text !== "string")) throw new RangeError("no index");
  return { version, topics, sources, latest, segments };
}

/** A paper as it is shown. @param {Bytes} bytes @param {Index} index */
function slot(bytes, index) {
  const day = new Date(EPOCH + bytes.number(2) * DAY).toISOString().slice(0, 10);
  const [votes, flags, titleWeight] = [bytes.number(2), bytes.number(), bytes.number() / 2];
  const near = Array.from({ length: 6 }, () => bytes.number(3)).filter((number) => number !== NO_PAPER);
  const vector = unit(bytes.halves());
  const fields = textOf(bytes.take(SLOT - 88)).replace(/\0+$/, "").split("\n");
  if (fields.length !== 8) throw new RangeError("fields are missing");
  const [anchor = "", title = "", authors = "", organization = ""] = fields;
  const [topics = "", sources = "", names = "", snippet = ""] = fields.slice(4);
  const paper = {
    ...{ anchor, url: `${day.replaceAll("-", "/")}/#${anchor}`, day, title, authors, organization, snippet },
    topics: namesAt(topics, index.topics),
    sources: namesAt(sources, index.sources),
    curators: names.split(", ").filter(Boolean),
    votes: votes === UNKNOWN_VOTES ? null : votes,
    ...{ hasCode: (flags & 1) > 0, hasNote: (flags & 2) > 0, isPick: (flags & 4) > 0, isWithdrawn: (flags & 8) > 0 },
  };
  return { paper, near, titleWeight, vector };
}

/** Words of a file of spellings, each with the byte that says in how many papers it is. @param {Uint8Array} array */
export function spelt(array) {
  const [bytes, known] = [new Bytes(array), /** @type {[word: string, byte: number][]} */ ([])];
  for (let word = new Uint8Array(); bytes.left; ) known.push([textOf((word = bytes.after(word))), bytes.number()]);
  return known;
}

/** @template T @param {string} places @param {T[]} names @returns {T[]} */
const namesAt = (places, names) => places.match(/\d+/g)?.flatMap((place) => names[Number(place)] ?? []) ?? [];

/** The same at length 1, zero staying zero. @param {Float64Array} vector */
export function unit(vector) {
  let square = 0;
  for (const number of vector) square += number * number;
  const length = Math.sqrt(square);
  return length ? vector.map((number) => number / length) : vector;
}
