// @ts-check
/** A query → papers, best first, step by step as `docs/search-index.md` tells; runs in browsers, workers and Node. */

import { conditionsOf, holds } from "./conditions.js";
import { Files, SearchError, damaged } from "./files.js";
import { anchor } from "./identifiers.js";
import { fetchLists, lookUp, startOf, under } from "./lookup.js";
import { parseQuery } from "./query.js";
import { LOOKED_AT, Scoring, dot, firstOf } from "./ranking.js";
import { facetsOf, resultOf } from "./results.js";
import { Segment } from "./segment.js";
import { contentWords, folded } from "./words.js";

const VERSION = 1;
/** Papers whose pages are read for a phrase, at most, and how many at once. */
const MOST_PAGES = 100;
const AT_ONCE = 10;

/**
 * @typedef {import("./segment.js").Slot} Slot
 * @typedef {import("./results.js").Result} Result
 * @typedef {import("./conditions.js").Conditions} Conditions
 * @typedef {import("./lookup.js").Lookup} Lookup
 * @typedef {{ results: Result[], total: number, isExact: boolean, hints: string[], highlights: string[],
 *   corrections: { typed: string, meant: string }[], facets: import("./results.js").Facets, isOffline: boolean }} Found
 * @typedef {{ offset?: number, limit?: number, signal?: AbortSignal }} Options
 */

/** The index in a folder; a SearchError when it cannot be read. @param {string} base its address, ending in a slash */
export async function openSearch(base) {
  const files = new Files(base);
  const found = await files.read("index.json", (bytes) => manifest(JSON.parse(new TextDecoder().decode(bytes))), true);
  files.keepOnly(found.segments.map(({ path }) => path));
  return new Search(new Index(files, found));
}

/** All segments together; papers are numbered through them. */
export class Index {
  /** @param {Files} files @param {ReturnType<typeof manifest>} manifest */
  constructor(files, { topics, sources, segments }) {
    this.files = files;
    this.topics = topics;
    this.sources = sources;
    this.papers = 0;
    this.segments = segments.map((facts) => new Segment(files, facts, (this.papers += facts.papers) - facts.papers));
  }

  /** `days` or `votes` of all papers. @param {string} name */
  async column(name) {
    const columns = await Promise.all(this.segments.map((segment) => segment.column(name)));
    return joined(new Uint16Array(this.papers), columns);
  }

  /** Which papers are shown, each one's cluster, and the clusters' middles. */
  async top() {
    const tops = await Promise.all(this.segments.map((segment) => segment.top()));
    const isShown = new Uint8Array(this.papers).fill(1);
    for (const paper of tops.flatMap(({ replaced }) => replaced)) isShown[paper] = 0;
    if (tops.some(({ count }) => count !== tops[0]?.count)) throw damaged("top.bin");
    const clusters = joined(new Uint16Array(this.papers), tops.map((top) => top.clusters));
    return { isShown, clusters, middles: tops[0]?.middles ?? [] };
  }

  /** @param {number[]} numbers @returns {Promise<Slot[]>} */
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
}

export class Search {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
  }

  /** @param {string} text @param {Options} [options] @returns {Promise<Found>} */
  async find(text, { offset = 0, limit = 10, signal } = {}) {
    const { index } = this;
    const query = parseQuery(text);
    const soft = query.groups.flat().filter((term) => !term.field && !term.isNegative);
    const [lookup, conditions, named, top] = await Promise.all([
      lookUp(index.segments, contentWords(soft.map((term) => term.text).join(" "))),
      conditionsOf(index, query),
      Promise.all(query.ids.map((id) => this.#numbered(anchor(id)))),
      index.top(),
    ]);
    signal?.throwIfAborted();
    const first = await index.slots([...new Set(named.flatMap((numbers) => numbers.slice(0, 1)))]);
    const wanted = offset + limit + first.length;
    const ranked = await this.#ranked(query.sort, lookup, conditions, top, wanted);
    signal?.throwIfAborted();
    const isNamed = new Set(first.map(({ number }) => number));
    const others = ranked.papers.filter((paper) => isNamed.has(paper)).length;
    const slots = [...first];
    let isAll = ranked.papers.length <= MOST_PAGES;
    for await (const slot of this.#passing(ranked.blocks, conditions.phrased, signal)) {
      if (!isNamed.has(slot.number)) slots.push(slot);
      if (slots.length >= Math.max(wanted, LOOKED_AT)) {
        isAll = false;
        break;
      }
    }
    const isExact = ranked.isExact && (!conditions.phrased.length || isAll);
    const total = conditions.phrased.length && isAll ? slots.length : first.length + ranked.papers.length - others;
    const results = slots.map((slot) => resultOf(index, slot, ranked.scoring?.matched(slot.number)));
    const looked = results.slice(0, LOOKED_AT);
    return {
      results: results.slice(offset, offset + limit),
      ...{ total, isExact, corrections: lookup.corrections, isOffline: index.files.isOffline },
      hints: [...query.hints, ...query.ids.filter((_, at) => !named[at]?.length).map((id) => `${id} is in no digest here.`)],
      highlights: [...new Set([...lookup.words, ...lookup.stems.flatMap(keysOf)])],
      facets: facetsOf(looked, total, isExact && total <= LOOKED_AT),
    };
  }

  /** Words that begin so, the most frequent first. @param {string} prefix @param {Options} [options] */
  async complete(prefix, { limit = 5, signal } = {}) {
    const start = folded(prefix.trim());
    const known = [...start].length < 2 ? [] : [...((await this.index.segments[0]?.spellings(startOf(start))) ?? [])];
    signal?.throwIfAborted();
    const found = known.filter(([word]) => word.startsWith(start));
    found.sort(([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1));
    return found.slice(0, limit).map(([word]) => word);
  }

  /** The paper known by an anchor, and those nearest to it. @param {string} name @param {Options} [options] */
  async similar(name, { signal } = {}) {
    const [[number], { isShown }] = await Promise.all([this.#numbered(name), this.index.top()]);
    const [paper] = number === undefined ? [] : await this.index.slots([number]);
    signal?.throwIfAborted();
    const near = await this.index.slots(paper?.near.filter((other) => isShown[other]) ?? []);
    const [first = null, ...results] = [...(paper ? [paper] : []), ...near].map((slot) => resultOf(this.index, slot));
    return { paper: first, results };
  }

  /** Papers known by an anchor. @param {string} name */
  async #numbered(name) {
    const [entries, { isShown }] = await Promise.all([under(this.index.segments, `id:${name}`), this.index.top()]);
    const numbers = entries.flatMap((entry, at) =>
      [...(entry?.head.papers ?? [])].map((paper) => (this.index.segments[at]?.first ?? 0) + paper),
    );
    return numbers.filter((number) => isShown[number]);
  }

  /**
   * All papers found, and in blocks those that stand first.
   *
   * @param {string} sort @param {Lookup} lookup @param {Conditions} conditions
   * @param {Awaited<ReturnType<Index["top"]>>} top @param {number} wanted
   */
  async #ranked(sort, lookup, { allowed, phrased }, { isShown, clusters, middles }, wanted) {
    const isKnown = lookup.stems.length + lookup.names.length > 0;
    const lists = await fetchLists(this.index.segments, lookup, sort !== "best");
    const scoring = new Scoring(this.index.segments, lookup, lists.whole);
    const { found, bm25 } = scoring;
    let isExact = lists.isWhole;
    const near = middles.map((middle) => dot(middle, scoring.meaning));
    if (isKnown && sort === "best" && !allowed && joinNearest(found, isShown, clusters, near)) isExact = false;
    if (!isKnown && !lookup.words.length && allowed) found.fill(1);
    /** @type {number[]} */
    let papers = [];
    for (let paper = 0; paper < found.length; paper++) {
      if (!found[paper] || !isShown[paper] || (allowed && !allowed[paper])) continue;
      papers.push(paper);
      bm25[paper] = bm25[paper] ?? 0;
    }
    /** @param {number} paper */
    const firstScore = (paper) => (bm25[paper] ?? 0) + scoring.weight * (near[clusters[paper] ?? 0] ?? 0);
    const values = sort === "best" && isKnown ? null : await this.index.column(sort === "votes" ? "votes" : "days");
    /** @param {number} paper */
    const valueOf = (paper) => (sort === "votes" && values?.[paper] === 0xffff ? -1 : (values?.[paper] ?? 0));
    if (values) {
      const all = papers.filter((paper) => scoring.marks.every((marks) => marks[paper]));
      if (all.length) papers = all;
    }
    const order = firstOf(
      papers,
      Math.ceil(Math.max(wanted, phrased.length ? MOST_PAGES : LOOKED_AT) / LOOKED_AT) * LOOKED_AT,
      (one, other) => valueOf(other) - valueOf(one) || firstScore(other) - firstScore(one) || one - other,
    );
    return { papers, isExact, scoring, blocks: this.#blocks(order, values ? null : scoring) };
  }

  /** @param {number[]} order @param {Scoring | null} scoring */
  async *#blocks(order, scoring) {
    for (let start = 0; start < order.length; start += LOOKED_AT) {
      const block = await this.index.slots(order.slice(start, start + LOOKED_AT));
      const scores = new Map(scoring?.final(block).map((score, at) => [block[at], score]));
      /** @param {Slot} slot */
      const scoreOf = (slot) => scores.get(slot) ?? 0;
      if (scoring) block.sort((one, other) => scoreOf(other) - scoreOf(one) || one.number - other.number);
      yield block;
    }
  }

  /**
   * Those whose pages hold what phrases demand.
   *
   * @param {AsyncIterable<Slot[]>} blocks @param {Conditions["phrased"]} phrased @param {AbortSignal} [signal]
   */
  async *#passing(blocks, phrased, signal) {
    let left = phrased.length ? MOST_PAGES : Infinity;
    for await (const block of blocks) {
      for (let at = 0; at < block.length && left > 0; at += AT_ONCE) {
        const some = block.slice(at, Math.min(at + AT_ONCE, at + left));
        left -= some.length;
        const passes = await Promise.all(some.map((slot) => this.#passes(slot, phrased)));
        signal?.throwIfAborted();
        yield* some.filter((_, row) => passes[row]);
      }
    }
  }

  /** @param {Slot} slot @param {Conditions["phrased"]} phrased */
  async #passes({ number, anchor: name, day }, phrased) {
    const demanded = phrased.filter(({ perhaps }) => perhaps[number]);
    if (!demanded.length) return true;
    const page = await this.index.files.read(`../${day.replaceAll("-", "/")}/`, (bytes) => new TextDecoder().decode(bytes), true);
    return demanded.every(({ phrases, isNegative }) => phrases.some((phrase) => holds(page, name, phrase)) !== isNegative);
  }
}

/**
 * Adds the papers of the clusters that mean most what the query means, while few are found; true if any.
 *
 * @param {Uint8Array} found @param {Uint8Array} isShown @param {Uint16Array} clusters @param {number[]} near
 */
function joinNearest(found, isShown, clusters, near) {
  let [count, isJoined] = [found.reduce((sum, isOne, paper) => sum + (isOne & (isShown[paper] ?? 0)), 0), false];
  const order = [...near.keys()].sort((one, other) => (near[other] ?? 0) - (near[one] ?? 0) || one - other);
  for (const cluster of order) {
    if (count >= LOOKED_AT || (near[cluster] ?? 0) <= 0) break;
    for (let paper = 0; paper < found.length; paper++) {
      if (clusters[paper] !== cluster || found[paper]) continue;
      found[paper] = 1;
      count += isShown[paper] ?? 0;
    }
    isJoined = true;
  }
  return isJoined;
}

/** @param {import("./lookup.js").Stem} stem */
const keysOf = ({ entries }) => entries.flatMap((entry) => entry?.keys ?? []);

/** @template {Uint16Array} T @param {T} all @param {T[]} parts */
function joined(all, parts) {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * `index.json` as it should be.
 *
 * @param {any} found
 * @returns {{ topics: [string, string][], sources: string[],
 *   segments: { path: string, papers: number, shards: number, spelling: number }[] }}
 */
function manifest(found) {
  if (found.version !== VERSION) {
    throw new SearchError("The search index was made for another version of this page; reload the page.");
  }
  const { topics, sources, segments } = found;
  const isText = (/** @type {unknown} */ value) => typeof value === "string";
  const isCount = (/** @type {any} */ value, least = 0) => Number.isInteger(value) && value >= least && value < 2 ** 24;
  const isRight =
    sources.every(isText) &&
    topics.every((/** @type {any} */ topic) => topic.length === 2 && topic.every(isText)) &&
    segments.every(
      (/** @type {any} */ one) =>
        isText(one.path) && isCount(one.papers) && isCount(one.shards, 1) && isCount(one.spelling),
    );
  if (!isRight) throw new RangeError("something is missing");
  return { topics, sources, segments };
}
