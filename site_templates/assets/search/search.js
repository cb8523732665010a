// @ts-check
/** A query → papers, best first, step by step as `docs/search-index.md` tells; runs in browsers, workers and Node. */

import { textOf } from "./bytes.js";
import { conditionsOf, holds } from "./conditions.js";
import { facetsOf } from "./facets.js";
import { anchor } from "./identifiers.js";
import { Index } from "./index.js";
import { fetchLists, lookUp } from "./lookup.js";
import { parseQuery } from "./query.js";
import { LOOKED_AT, Scoring, dot, firstOf } from "./ranking.js";
import { UNKNOWN_VOTES, startOf } from "./segment.js";
import { contentWords, folded } from "./words.js";

/** @import { Conditions } from "./conditions.js" */
/** @import { Lookup } from "./lookup.js" */
/** @import { Query, Term } from "./query.js" */
/** @import { Result } from "./ranking.js" */
/** @import { Slot } from "./segment.js" */

/**
 * `total` is an estimate unless `isExact`; `highlights` are folded words to mark.
 * @typedef {{ results: Result[], total: number, isExact: boolean, hints: string[], highlights: string[],
 *   corrections: Lookup["corrections"], facets: ReturnType<typeof facetsOf>, isOffline: boolean }} Found
 * @typedef {{ papers: number[], order: number[], isWhole: boolean, isBest: boolean, scoring: Scoring }} Ranked
 * @typedef {{ offset?: number, limit?: number, signal?: AbortSignal }} Options
 */

/** Papers whose pages are read for a phrase, at most. */
const MOST_PAGES = 100;
const NO_PHRASE = "No paper holds this word for word, so the words between quotation marks were searched one by one.";

/** A SearchError when the index cannot be read. @param {string} base address of its folder, ending in a slash */
export const openSearch = async (base) => new Search(await Index.open(base));

export class Search {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
  }

  /** @param {string} text @param {Options} [options] @returns {Promise<Found>} */
  async find(text, options = {}) {
    const query = parseQuery(text);
    const found = await this.#find(query, options);
    const isPhrase = (/** @type {Term} */ term) => term.isPhrase && !term.isNegative;
    if (found.total || !query.groups.flat().some(isPhrase)) return found;
    const loose = (/** @type {Term} */ term) => ({ ...term, isPhrase: term.isPhrase && term.isNegative });
    const groups = query.groups.map((group) => group.map(loose));
    return this.#find({ ...query, groups, hints: [...query.hints, NO_PHRASE] }, options);
  }

  /** Words that begin so, the most frequent first. @param {string} prefix @param {Options} [options] */
  async complete(prefix, { limit = 5, signal } = {}) {
    const start = folded(prefix.trim());
    const known = start.length > 1 ? await this.index.segments[0]?.spellings(startOf(start)) : [];
    signal?.throwIfAborted();
    const found = known?.filter(([word]) => word.startsWith(start)) ?? [];
    found.sort(([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1));
    return found.slice(0, limit).map(([word]) => word);
  }

  /** The paper known by an anchor, and those nearest to it. @param {string} name @param {Options} [options] */
  async similar(name, { signal } = {}) {
    const [number, { isShown }] = await Promise.all([this.index.numbered(name), this.index.top()]);
    const [slot] = await this.index.slots(number === undefined ? [] : [number]);
    signal?.throwIfAborted();
    const near = await this.index.slots(slot?.near.filter((other) => isShown[other]) ?? []);
    const [paper = null, ...results] = [...(slot ? [slot] : []), ...near].map(asResult);
    return { paper, results };
  }

  /** @param {Query} query @param {Options} options @returns {Promise<Found>} */
  async #find(query, { offset = 0, limit = 10, signal }) {
    const soft = query.groups.flat().filter((term) => !term.field && !term.isNegative);
    const [lookup, conditions, numbers, top] = await Promise.all([
      lookUp(this.index.segments, contentWords(soft.map((term) => term.text).join(" "))),
      conditionsOf(this.index, query),
      Promise.all(query.ids.map((id) => this.index.numbered(anchor(id)))),
      this.index.top(),
    ]);
    signal?.throwIfAborted();
    const named = [...new Set(numbers.flatMap((number) => number ?? []))];
    const wanted = Math.max(LOOKED_AT, offset + limit);
    const ranked = await this.#ranked(query.sort, lookup, conditions, top, wanted, named);
    const { phrased } = conditions;
    const slots = await this.index.slots(named);
    for await (const slot of this.#passing(ranked, phrased, signal)) {
      slots.push(slot);
      if (slots.length >= (phrased.length ? offset + limit : wanted)) break;
    }
    const others = ranked.papers.length;
    const total = named.length + (phrased.length && slots.length === named.length ? 0 : others);
    const isExact = ranked.isWhole && !phrased.length;
    const unknown = query.ids.filter((_, at) => numbers[at] === undefined);
    const keys = lookup.stems.flatMap(({ entries }) => entries.flatMap((entry) => entry?.keys ?? []));
    return {
      results: slots.slice(offset, offset + limit).map((slot) => ranked.scoring.result(slot)),
      ...{ total, isExact, corrections: lookup.corrections, isOffline: this.index.files.isOffline },
      hints: [...query.hints, ...unknown.map((id) => `${id} is in no digest here.`)],
      highlights: [...new Set([...lookup.words, ...keys])],
      facets: facetsOf(slots.slice(0, LOOKED_AT).map(({ paper }) => paper), total, isExact && total <= LOOKED_AT),
    };
  }

  /**
   * All papers found, and in order those that stand first, at least as many as are `wanted`.
   * @param {string} sort @param {Lookup} lookup @param {Conditions} conditions
   * @param {Awaited<ReturnType<Index["top"]>>} top @param {number} wanted @param {number[]} named @returns {Promise<Ranked>}
   */
  async #ranked(sort, lookup, { allowed, phrased }, { isShown, clusters, middles }, wanted, named) {
    const isKnown = lookup.stems.length + lookup.names.length > 0;
    const isBest = isKnown && sort === "best";
    const [{ isWhole, whole }, column] = await Promise.all([
      fetchLists(this.index.segments, lookup, !isBest),
      isBest || (!isKnown && !allowed) ? null : this.index.column(sort === "votes" ? "votes" : "days"),
    ]);
    const scoring = new Scoring(this.index.segments, lookup, whole);
    const { found, weight, marks } = scoring;
    const near = middles.map((middle) => dot(middle, scoring.meaning));
    const isJoined = isBest && !allowed && joinNearest(found, isShown, clusters, near);
    if (allowed && !lookup.words.length) found.fill(1);
    /** @type {number[]} */
    let papers = [];
    for (let paper = 0; paper < found.length; paper++) {
      if (found[paper] && isShown[paper] && (!allowed || allowed[paper]) && !named.includes(paper)) papers.push(paper);
    }
    const withAll = isBest ? [] : papers.filter((paper) => marks.every((some) => some[paper]));
    if (withAll.length) papers = withAll;
    const first = new Float64Array(found.length);
    for (const paper of papers) first[paper] = scoring.ofWords(paper) + weight * (near[clusters[paper] ?? 0] ?? 0);
    const values = column && Int32Array.from(column, (value) => (sort === "votes" && value === UNKNOWN_VOTES ? -1 : value));
    const most = Math.ceil((phrased.length ? Math.max(wanted, MOST_PAGES) : wanted) / LOOKED_AT) * LOOKED_AT;
    const order = firstOf(papers, most, (one, other) => {
      const byValue = values ? (values[other] ?? 0) - (values[one] ?? 0) : 0;
      return byValue || (first[other] ?? 0) - (first[one] ?? 0) || one - other;
    });
    return { papers, order, isWhole: isWhole && !isJoined, isBest, scoring };
  }

  /**
   * Slots in their final order, of which the pages hold what phrases demand.
   * @param {Ranked} ranked @param {Conditions["phrased"]} phrased @param {AbortSignal} [signal]
   */
  async *#passing({ order, isBest, scoring }, phrased, signal) {
    const tried = phrased.length ? order.slice(0, MOST_PAGES) : order;
    for (let start = 0; start < tried.length; start += LOOKED_AT) {
      const some = await this.index.slots(order.slice(start, start + LOOKED_AT));
      const block = isBest ? scoring.finally(some) : some;
      const passes = await Promise.all(block.map((slot) => this.#passes(slot, phrased)));
      signal?.throwIfAborted();
      yield* block.filter((_, row) => start + row < tried.length && passes[row]);
    }
  }

  /** @param {Slot} slot @param {Conditions["phrased"]} phrased */
  async #passes({ number, paper }, phrased) {
    const demanded = phrased.filter(({ perhaps }) => perhaps[number]);
    if (!demanded.length) return true;
    const path = `../${paper.day.replaceAll("-", "/")}/`;
    const page = await this.index.files.read(path, textOf, true).catch(() => ""); // what cannot be read holds no phrase
    return demanded.every(({ phrases, isNegative }) => phrases.some((some) => holds(page, paper.anchor, some)) !== isNegative);
  }
}

/** A paper that nobody asked for by words. @param {Slot} slot @returns {Result} */
const asResult = ({ paper }) => ({ ...paper, matched: [], byMeaning: false });

/**
 * Adds the papers of the clusters that mean most what the query means, while few are found; true if any.
 * @param {Uint8Array} found @param {Uint8Array} isShown @param {Uint16Array} clusters @param {number[]} near
 */
function joinNearest(found, isShown, clusters, near) {
  let count = found.reduce((sum, isOne, paper) => sum + (isOne & (isShown[paper] ?? 0)), 0);
  const nearOf = (/** @type {number} */ cluster) => near[cluster] ?? 0;
  const order = firstOf(near.keys(), near.length, (one, other) => nearOf(other) - nearOf(one) || one - other);
  let isJoined = false;
  for (const cluster of order) {
    if (count >= LOOKED_AT || nearOf(cluster) <= 0) break;
    isJoined = true;
    for (let paper = 0; paper < found.length; paper++) {
      if (clusters[paper] !== cluster || found[paper]) continue;
      found[paper] = 1;
      count += isShown[paper] ?? 0;
    }
  }
  return isJoined;
}
