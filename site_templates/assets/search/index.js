// @ts-check
/** `index.json` → all segments together; papers are numbered through them. */

import { Files, SearchError, damaged } from "./files.js";
import { under } from "./lookup.js";
import { Segment } from "./segment.js";

/** @import { Slot } from "./segment.js" */

const VERSION = 1;

export class Index {
  /** @param {Files} files @param {ReturnType<typeof manifest>} manifest */
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

  /** @param {number[]} numbers @returns {Promise<Slot[]>} those that there are, in this order */
  async slots(numbers) {
    const found = await Promise.all(
      this.segments.map((segment) => {
        const here = numbers.map((number) => number - segment.first);
        return segment.slots(here.filter((number) => number >= 0 && number < segment.papers));
      }),
    );
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

/** @param {Uint8Array} bytes */
function manifest(bytes) {
  const found = JSON.parse(new TextDecoder().decode(bytes));
  if (found.version !== VERSION) {
    throw new SearchError("The search index was made for another version of this page; reload the page.");
  }
  /** @type {{ topics: string[][], sources: string[], segments: { path: string, papers: number, shards: number, spelling: number }[] }} */
  const { topics, sources, segments } = found;
  const areTexts = [...sources, ...topics.flat(), ...segments.map(({ path }) => path)].every((text) => typeof text === "string");
  const counts = segments.flatMap(({ papers, shards, spelling }) => [papers, shards - 1, spelling]);
  if (!areTexts || !counts.every((count) => Number.isInteger(count) && count >= 0 && count < 2 ** 24)) throw new RangeError();
  return { topics: topics.map(([slug = "", name = slug]) => ({ slug, name })), sources, segments };
}
