// @ts-check
/** A query → papers, best first, step by step as `docs/search-index.md` tells; runs in browsers, workers and Node. */

import { conditionsOf, holds } from "./conditions.js";
import { Files, textOf } from "./files.js";
import { Index, UNKNOWN_VOTES } from "./index.js";
import { anchor, parseQuery } from "./query.js";
import { LOOKED_AT, Scoring, dot, fetchLists, firstOf, lookUp } from "./ranking.js";
import { contentWords, folded, startOf } from "./words.js";

/** @import { Conditions } from "./conditions.js" @import { Paper, Slot } from "./index.js" */
/** @import { Query, Term } from "./query.js" @import { Lookup } from "./ranking.js" */
/** @typedef {import("./ranking.js").Result} Result */

/**
 * `total` is an estimate unless `isExact`; `highlights` are folded words to mark.
 * @typedef {{ results: Result[], total: number, isExact: boolean, hints: string[], highlights: string[],
 *   corrections: Lookup["corrections"], facets: ReturnType<typeof facetsOf>, isOffline: boolean }} Found
 * @typedef {{ offset?: number, limit?: number, signal?: AbortSignal }} Options
 */

/** Papers whose pages are read for a phrase, at most. */
const MOST_PAGES = 30;
const NO_PHRASE = "No paper holds this word for word, so the words between quotation marks were searched one by one.";

/** A SearchError when the index cannot be read. @param {string} base address of its folder, ending in a slash */
export const openSearch = async (base) => new Search(await Index.open(new Files(base)));

export class Search {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
  }

  /** @param {string} text @param {Options} [options] @returns {Promise<Found>} */
  async find(text, options = {}) {
    const query = parseQuery(text);
    const found = await this.#find(query, options).catch(async (error) => {
      if (!this.index.files.misses || options.signal?.aborted) throw error;
      this.index = await Index.open(this.index.files); // the site may have been published anew meanwhile
      return this.#find(query, options);
    });
    if (found.total || !query.groups.flat().some((term) => term.isPhrase && !term.isNegative)) return found;
    const loose = (/** @type {Term} */ term) => ({ ...term, isPhrase: term.isPhrase && term.isNegative });
    const groups = query.groups.map((group) => group.map(loose));
    return this.#find({ ...query, groups, hints: [...query.hints, NO_PHRASE] }, options);
  }

  /** Words that begin so, the most frequent first. @param {string} prefix @param {Options} [options] */
  async complete(prefix, { limit = 5, signal } = {}) {
    const start = folded(prefix.trim());
    const known = start.length > 1 ? await this.index.spellings(startOf(start)) : [];
    signal?.throwIfAborted();
    const found = known.filter(([word]) => word.startsWith(start));
    found.sort(([one, often], [other, seldom]) => seldom - often || (one < other ? -1 : 1));
    return found.slice(0, limit).map(([word]) => word);
  }

  /** The paper known by an anchor, and those nearest to it. @param {string} name @param {Options} [options] */
  async similar(name, { signal } = {}) {
    const [number, { isShown }] = await Promise.all([this.index.numbered(name), this.index.top()]);
    const [slot] = await this.index.slots(number === undefined ? [] : [number]);
    signal?.throwIfAborted();
    const near = await this.index.slots(slot?.near.filter((other) => isShown[other]) ?? []);
    const asResult = (/** @type {Slot} */ { paper }) => ({ ...paper, matched: [], byMeaning: false });
    return { paper: slot ? asResult(slot) : null, results: near.map(asResult) };
  }

  /** @param {Query} query @param {Options} options @returns {Promise<Found>} */
  async #find(query, { offset = 0, limit = 10, signal }) {
    const soft = query.groups.flat().filter((term) => !term.field && !term.isNegative);
    const [lookup, conditions, ids, top] = await Promise.all([
      lookUp(this.index, contentWords(soft.map((term) => term.text).join(" "))),
      conditionsOf(this.index, query),
      Promise.all(query.ids.map((id) => this.index.numbered(anchor(id)))),
      this.index.top(),
    ]);
    signal?.throwIfAborted();
    const named = [...new Set(ids.flatMap((number) => number ?? []))];
    for (const number of named) top.isShown[number] = 0;
    const { phrased } = conditions;
    const wanted = Math.max(offset + limit, phrased.length ? MOST_PAGES : LOOKED_AT);
    const { papers, isWhole, scoring, order, isBest } = await this.#ranked(query.sort, lookup, conditions, top, wanted);
    const slots = await this.index.slots(named);
    for (let start = 0; start < order.length; start += LOOKED_AT) {
      if (slots.length >= (phrased.length ? offset + limit : wanted)) break;
      const some = await this.index.slots(order.slice(start, start + LOOKED_AT));
      const block = isBest ? scoring.finally(some) : some;
      const passing = await Promise.all(block.map((slot) => this.#passes(slot, phrased)));
      signal?.throwIfAborted();
      slots.push(...block.filter((_, at) => passing[at] && (!phrased.length || start + at < MOST_PAGES)));
    }
    const total = named.length + (phrased.length && slots.length === named.length ? 0 : papers);
    const isExact = isWhole && !phrased.length;
    const unknown = query.ids.filter((_, at) => ids[at] === undefined);
    const keys = lookup.stems.flatMap(({ entries }) => entries.flatMap((entry) => entry.keys));
    return {
      results: slots.slice(offset, offset + limit).map((slot) => scoring.result(slot)),
      ...{ total, isExact, corrections: lookup.corrections, isOffline: this.index.files.isOffline },
      hints: [...query.hints, ...unknown.map((id) => `${id} is in no digest here.`)],
      highlights: [...new Set([...lookup.words, ...keys])],
      facets: facetsOf(slots.slice(0, LOOKED_AT).map(({ paper }) => paper), total, isExact && total <= LOOKED_AT),
    };
  }

  /**
   * How many papers are found, and in order those that stand first, at least as many as are `wanted`.
   * @param {string} sort @param {Lookup} lookup @param {Conditions} conditions
   * @param {Awaited<ReturnType<Index["top"]>>} top @param {number} wanted
   */
  async #ranked(sort, lookup, { allowed }, { isShown, clusters, middles }, wanted) {
    const isKnown = lookup.stems.length + lookup.names.length > 0;
    const isBest = isKnown && sort === "best";
    const [{ isWhole, whole }, column] = await Promise.all([
      fetchLists(lookup, !isBest),
      isBest || (!isKnown && !allowed) ? null : this.index.column(sort === "votes" ? "votes" : "days"),
    ]);
    const scoring = new Scoring(this.index.papers, lookup, whole);
    const { found, weight, marks } = scoring;
    const near = middles.map((middle) => dot(middle, scoring.meaning));
    const isJoined = isBest && !allowed && joinNearest(found, isShown, clusters, near);
    if (allowed && !lookup.words.length) found.fill(1);
    const all = /** @type {number[]} */ ([]);
    for (let paper = 0; paper < found.length; paper++) {
      if (found[paper] && isShown[paper] && (!allowed || allowed[paper])) all.push(paper);
    }
    const withAll = isBest ? [] : all.filter((paper) => marks.every((some) => some[paper]));
    const papers = withAll.length ? withAll : all;
    const first = new Float64Array(found.length);
    for (const paper of papers) first[paper] = scoring.ofWords(paper) + weight * (near[clusters[paper] ?? 0] ?? 0);
    const values = column?.map((value) => (sort === "votes" ? (value + 1) & UNKNOWN_VOTES : value));
    const order = firstOf(papers, Math.ceil(wanted / LOOKED_AT) * LOOKED_AT, (one, other) => {
      const byValue = values ? (values[other] ?? 0) - (values[one] ?? 0) : 0;
      return byValue || (first[other] ?? 0) - (first[one] ?? 0) || one - other;
    });
    return { papers: papers.length, order, isWhole: isWhole && !isJoined, isBest, scoring };
  }

  /** @param {Slot} slot @param {Conditions["phrased"]} phrased */
  async #passes({ number, paper }, phrased) {
    const demanded = phrased.filter(({ perhaps }) => perhaps[number]);
    if (!demanded.length) return true;
    const path = `../${paper.day.replaceAll("-", "/")}/`;
    const page = await this.index.files.read(path, textOf, true).catch(() => ""); // what cannot be read holds no phrase
    const isHeld = (/** @type {string[]} */ phrase) => holds(page, paper.anchor, phrase);
    return demanded.every(({ phrases, isNegative }) => phrases.some(isHeld) !== isNegative);
  }
}

/**
 * Adds the papers of the clusters that mean most what the query means, while few are found; true if any.
 * @type {(found: Uint8Array, isShown: Uint8Array, clusters: Uint16Array, near: number[]) => boolean}
 */
function joinNearest(found, isShown, clusters, near) {
  const nearOf = (/** @type {number} */ cluster) => near[cluster] ?? 0;
  const order = [...near.keys()].sort((one, other) => nearOf(other) - nearOf(one) || one - other);
  for (const [at, cluster] of order.entries()) {
    const count = found.reduce((sum, isOne, paper) => sum + (isOne & (isShown[paper] ?? 0)), 0);
    if (count >= LOOKED_AT || nearOf(cluster) <= 0) return at > 0;
    clusters.forEach((own, paper) => own === cluster && (found[paper] = 1));
  }
  return order.length > 0;
}

/**
 * Papers → what they have in common, by the values that stand after operators, counted over some of `total`.
 * @param {Paper[]} papers @param {number} total @param {boolean} isExact
 */
function facetsOf(papers, total, isExact) {
  const counted = (/** @type {(paper: Paper) => (string | false | { slug: string, name: string })[]} */ valuesOf) => {
    const facets = new Map(/** @type {[string, { value: string, label: string, count: number }][]} */ ([]));
    for (const found of papers.flatMap(valuesOf)) {
      if (!found) continue;
      const [value, label] = typeof found === "string" ? [found, found] : [found.slug, found.name];
      facets.set(value, { value, label, count: (facets.get(value)?.count ?? 0) + 1 });
    }
    const share = isExact ? 1 : total / papers.length;
    const all = [...facets.values()].map((facet) => ({ ...facet, count: Math.round(facet.count * share), isExact }));
    return all.sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
  };
  return {
    topic: counted(({ topics }) => topics),
    year: counted(({ day }) => [day.slice(0, 4)]),
    source: counted(({ sources }) => sources),
    curator: counted(({ curators }) => curators),
    has: counted((paper) => [paper.hasNote && "note", paper.hasCode && "code", paper.isPick && "pick"]),
  };
}

/** In a worker, answers `client.js`: {method, subject, options} → {value | error}, by a port that also stops it. */
function answer() {
  /** @type {Promise<any> | undefined} */
  let opened;
  const open = () => {
    opened ??= openSearch(self.name);
    opened.catch(() => (opened = undefined));
    return opened;
  };
  addEventListener("message", async ({ data: { method, subject, options }, ports: [port] }) => {
    const controller = new AbortController();
    if (port) port.onmessage = () => controller.abort();
    try {
      port?.postMessage({ value: await (await open())[method](subject, { ...options, signal: controller.signal }) });
    } catch (error) {
      port?.postMessage({ error: error instanceof Error ? error.message : String(error) });
    }
  });
  open();
}

if ("WorkerGlobalScope" in globalThis) answer();
