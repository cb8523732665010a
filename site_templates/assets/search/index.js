// @ts-check
/** `index.json` → all segments together; papers are numbered through them. */

import { textOf } from "./bytes.js";
import { Files, SearchError, damaged } from "./files.js";
import { under } from "./lookup.js";
import { Segment } from "./segment.js";

/** @import { Facts } from "./segment.js" */

const VERSION = 1;
const OTHER_VERSION = "The search index was made for another version of this page; reload the page.";

export class Index {
  /** @param {Files} files @param {Manifest} manifest */
  constructor(files, { topics, sources, segments }) {
    this.files = files;
    this.topics = topics;
    this.sources = sources;
    this.papers = 0;
    this.segments = segments.map((facts) => new Segment(files, this, (this.papers += facts.papers) - facts.papers, facts));
  }

  /** @param {string} base address of the index's folder, ending in a slash */
  static async open(base) {
    const files = new Files(base);
    const found = await files.read("index.json", manifest, true);
    files.keepOnly(found.segments.map(({ path }) => path));
    return new Index(files, found);
  }

  /** `days` or `votes` of all papers. @param {string} name */
  async column(name) {
    return this.#joined(await Promise.all(this.segments.map((segment) => segment.column(name))));
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
    const isIn = (/** @type {Segment} */ { first, papers }, /** @type {number} */ at) => at >= first && at < first + papers;
    const parts = this.segments.map((segment) => segment.slots(numbers.filter((number) => isIn(segment, number))));
    const found = await Promise.all(parts);
    const byNumber = new Map(found.flat().map((slot) => [slot.number, slot]));
    return numbers.flatMap((number) => byNumber.get(number) ?? []);
  }

  /** The number of the paper known by an anchor. @param {string} name @returns {Promise<number | undefined>} */
  async numbered(name) {
    const [entries, { isShown }] = await Promise.all([under(this.segments, `id:${name}`), this.top()]);
    const numbers = this.segments.flatMap(({ first }, at) => Array.from(entries[at]?.head.papers ?? [], (paper) => first + paper));
    return numbers.find((number) => isShown[number]);
  }

  /** @param {Uint16Array[]} parts */
  #joined(parts) {
    const all = new Uint16Array(this.papers);
    parts.forEach((part, at) => all.set(part, this.segments[at]?.first));
    return all;
  }
}

/** @typedef {{ topics: { slug: string, name: string }[], sources: string[], segments: Facts[] }} Manifest */

/** @param {Uint8Array} bytes @returns {Manifest} */
function manifest(bytes) {
  const { version, topics, sources, segments } = JSON.parse(textOf(bytes));
  if (version !== VERSION) throw new SearchError(OTHER_VERSION);
  const paths = segments.map((/** @type {any} */ { path, papers, shards, spelling }) => {
    const areCounts = [papers, shards - 1, spelling].every((count) => (count & 0xffffff) === count);
    return areCounts ? path : null;
  });
  if (![...sources, ...topics.flat(), ...paths].every((text) => typeof text === "string")) throw new RangeError("no index");
  return { topics: topics.map((/** @type {string[]} */ [slug, name]) => ({ slug, name })), sources, segments };
}
