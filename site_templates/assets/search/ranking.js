// @ts-check
/** A query's words → stems of the index → scores of papers, by the formulas of `generator/search/ranking.py`. */

import { unit } from "./index.js";
import { buckets, corrections } from "./words.js";

/** @import { Entry, Index, Paper, Postings, Slot } from "./index.js" */

/**
 * `words` are those of the query that lead to the stem, each as often as it is there.
 * @typedef {{ key: string, entries: Entry[], words: string[], idf: number }} Stem
 *
 * `names` are lists of authors and organisations, each with what it adds to a paper's score.
 * @typedef {{ words: string[], stems: Stem[], names: { word: string, entries: Entry[], bonus: number }[],
 *   corrections: { typed: string, meant: string }[] }} Lookup
 *
 * `matched` are words of the query that the paper has; `byMeaning`: they say less than those that it lacks.
 * @typedef {Paper & { matched: string[], byMeaning: boolean }} Result
 */

/** Bytes of long lists that are fetched for one query. */
const BUDGET = 22_000;
const CORRECTABLE = /^\p{L}{3,}$/u;
/** How many papers the second step looks at together. */
export const LOOKED_AT = 10;
const [MEANING, VERBATIM, TITLE, ALIKE] = [3, 6, 12, 12];
/** Parts of the weights that short queries have too. */
const [SHORT, ALIKE_SHORT] = [0.5, 0.25];
const [BEST, DECAY, K1, HIGHEST] = [5, 10, 1.2, 31];
const [OTHER_FORM, MAIN_FORM] = [1, 2];
export const IN_TITLE = 4;

/** Of the df of some lists together. @param {number} papers @param {Entry[]} entries */
function idf(papers, entries) {
  const df = entries.reduce((sum, { count }) => sum + count, 0);
  return Math.log1p((papers - df + 0.5) / (df + 0.5));
}

/** A query's words in order. @param {Index} index @param {string[]} typed @returns {Promise<Lookup>} */
export async function lookUp(index, typed) {
  const found = await Promise.all([...new Set(typed)].map((word) => known(index, word, word)));
  const words = typed.map((word) => found.find((one) => one.typed === word)?.meant ?? word);
  const stems = new Map(/** @type {[string, Stem][]} */ ([]));
  const names = [];
  for (const { meant, entries, lists } of new Map(found.map((one) => [one.meant, one])).values()) {
    const key = entries[0]?.keys[0];
    if (key !== undefined) {
      const stem = stems.get(key) ?? { key, entries, words: [], idf: idf(index.papers, entries) };
      stem.words.push(...words.filter((word) => word === meant));
      stems.set(key, stem);
    }
    const bonusOf = (/** @type {Entry[]} */ list) => idf(index.papers, [...entries, ...list]) / 2;
    names.push(...lists.map((list) => ({ word: meant, entries: list, bonus: bonusOf(list) })));
  }
  const corrections = found.flatMap(({ typed, meant }) => (typed === meant ? [] : { typed, meant }));
  return { words, stems: [...stems.values()], names, corrections };
}

/**
 * @param {Index} index @param {string} typed @param {string} meant
 * @returns {Promise<{ typed: string, meant: string, entries: Entry[], lists: Entry[][] }>}
 */
async function known(index, typed, meant) {
  const keys = [`author:${meant}`, `org:${meant}`].map((key) => index.under(key));
  const [entries = [], ...names] = await Promise.all([index.stem(meant), ...keys]);
  const lists = names.filter((list) => list.length);
  const isKnown = entries.length + lists.length > 0 || typed !== meant || !CORRECTABLE.test(typed);
  const spelt = isKnown ? [] : await Promise.all(buckets(typed).map((start) => index.spellings(start)));
  const [likeliest = meant] = corrections(typed, spelt.flat(), 1);
  return likeliest === meant ? { typed, meant, entries, lists } : known(index, typed, likeliest);
}

/**
 * The lists that are files and count whole: the shortest, while the budget lasts; of others their best papers count.
 * @param {Lookup} lookup @param {boolean} everything
 */
export async function fetchLists({ stems, names }, everything) {
  const files = [...names, ...stems].flatMap(({ entries }) => entries.filter(({ size }) => size));
  let spent = 0;
  files.sort((one, other) => one.size - other.size);
  const some = files.filter(({ size }) => (spent += size) <= BUDGET || everything);
  const lists = await Promise.all(some.map((entry) => entry.segment.whole(entry)));
  return { isWhole: some.length === files.length, whole: new Map(some.map((entry, at) => [entry, lists[at]])) };
}

/** @param {Float64Array} one @param {Float64Array} other */
export function dot(one, other) {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/** @param {Float64Array} sum @param {number} weight @param {Float64Array | null} [vector] what is added, so often */
function add(sum, weight, vector) {
  vector?.forEach((number, at) => (sum[at] = (sum[at] ?? 0) + weight * number));
}

/**
 * The first `limit` of many, in order.
 * @param {Iterable<number>} numbers @param {number} limit @param {(one: number, other: number) => number} compare
 */
export function firstOf(numbers, limit, compare) {
  const best = /** @type {number[]} */ ([]);
  for (const number of numbers) {
    if (best.length === limit && compare(number, best[limit - 1] ?? 0) >= 0) continue;
    best.push(number);
    best.sort(compare);
    best.length = Math.min(best.length, limit);
  }
  return best;
}

/** What a query's words say of all papers: `found` in any list, and the `marks` of each stem, by paper. */
export class Scoring {
  meaning = new Float64Array(128);
  /** @type {Float64Array | undefined} */ #middle;

  /** @param {number} papers @param {Lookup} lookup @param {Map<Entry, Postings | undefined>} whole long lists */
  constructor(papers, { stems, names }, whole) {
    this.long = Math.min(1, Math.max(0, (stems.length - 4) / 6));
    this.weight = MEANING * (SHORT + (1 - SHORT) * this.long);
    this.stems = stems;
    this.known = this.#sum(() => true);
    this.bm25 = new Float64Array(papers);
    this.typed = new Float64Array(papers);
    this.found = new Uint8Array(papers);
    const marksOf = (/** @type {Entry[]} */ entries, /** @type {(paper: number, mark: number) => void} */ score) => {
      const marks = new Uint8Array(papers);
      for (const list of entries.map((entry) => whole.get(entry) ?? entry.head)) {
        list.papers.forEach((paper, row) => {
          const mark = list.marks[row] ?? 0;
          marks[paper] = mark || 1;
          this.found[paper] = 1;
          score(paper, mark);
        });
      }
      return marks;
    };
    const gain = (/** @type {number} */ paper, /** @type {number} */ bonus) =>
      void (this.bm25[paper] = (this.bm25[paper] ?? 0) + bonus);
    this.marks = stems.map(({ key, entries, words, idf }) => {
      const asTyped = words.reduce((bits, word) => bits | (word === key ? MAIN_FORM : OTHER_FORM), 0);
      for (const { vector } of entries) add(this.meaning, words.length, vector);
      return marksOf(entries, (paper, mark) => {
        gain(paper, (words.length * idf * (K1 + 1) * (mark >> 3)) / HIGHEST);
        if (mark & asTyped) this.typed[paper] = (this.typed[paper] ?? 0) + idf;
      });
    });
    this.names = names.map(({ word, entries, bonus }) => {
      return { word, marks: marksOf(entries, (paper) => gain(paper, bonus)) };
    });
  }

  /** What words alone say of a paper: BM25, and how much of the query stands there as typed. @param {number} paper */
  ofWords(paper) {
    return (this.bm25[paper] ?? 0) + (this.known ? (VERBATIM * (this.typed[paper] ?? 0)) / this.known : 0);
  }

  /** A block by final scores; what is alike is judged by the first block. @param {Slot[]} block */
  finally(block) {
    const scores = block.map(({ number, titleWeight, vector }) => {
      const titled = this.#sum((_, at) => ((this.marks[at]?.[number] ?? 0) & IN_TITLE) > 0);
      const share = titleWeight ? Math.min(1, titled / titleWeight) : 0;
      return this.ofWords(number) + TITLE * this.long * share + this.weight * dot(vector, this.meaning);
    });
    const middle = (this.#middle ??= middleOfBest(scores, block));
    const alike = ALIKE * (ALIKE_SHORT + (1 - ALIKE_SHORT) * this.long);
    const scored = block.map((slot, at) => ({ slot, score: (scores[at] ?? 0) + alike * dot(slot.vector, middle) }));
    scored.sort((one, other) => other.score - one.score || one.slot.number - other.slot.number);
    return scored.map(({ slot }) => slot);
  }

  /** @param {Slot} slot @returns {Result} */
  result({ paper, number }) {
    const stems = this.stems.filter((_, at) => this.marks[at]?.[number]).flatMap(({ words }) => words);
    const matched = new Set([...stems, ...this.names.flatMap(({ word, marks }) => (marks[number] ? word : []))]);
    const said = this.#sum(({ words }) => words.some((word) => matched.has(word)));
    return { ...paper, matched: [...matched], byMeaning: said < this.known / 2 };
  }

  /** Σ idf of some stems. @param {(stem: Stem, at: number) => boolean} isOne */
  #sum(isOne) {
    return this.stems.reduce((sum, stem, at) => sum + (isOne(stem, at) ? stem.idf : 0), 0);
  }
}

/** Of the best papers, the best weighing most; or zero. @param {number[]} scores @param {Slot[]} block */
function middleOfBest(scores, block) {
  const middle = new Float64Array(128);
  const scoreOf = (/** @type {number} */ row) => scores[row] ?? 0;
  const best = firstOf(block.keys(), BEST, (one, other) => scoreOf(other) - scoreOf(one) || one - other);
  const highest = scoreOf(best[0] ?? -1);
  if (highest <= 0) return middle;
  for (const row of best) add(middle, Math.exp((DECAY * (scoreOf(row) - highest)) / highest), block[row]?.vector);
  return unit(middle);
}
