// @ts-check
/** Evidence about papers → scores, by the formulas of `generator/search/ranking.py` and `scoring.py`. */

import { unit } from "./segment.js";

/** @import { Entries, Lookup, Stem } from "./lookup.js" */
/** @import { Entry, Paper, Postings, Segment, Slot } from "./segment.js" */

/** `matched` are words of the query that the paper has; `byMeaning`: they say less than those that it lacks.
 * @typedef {Paper & { matched: string[], byMeaning: boolean }} Result */

export const LOOKED_AT = 12;
const [MEANING, VERBATIM, TITLE, ALIKE] = [3, 6, 12, 12];
/** Parts of the weights that short queries have too. */
const [SHORT, ALIKE_SHORT] = [0.5, 0.25];
const [BEST, DECAY, K1, HIGHEST] = [5, 10, 1.2, 31];
const [OTHER_FORM, MAIN_FORM] = [1, 2];
export const IN_TITLE = 4;

/** @param {number} count papers with a word @param {number} papers */
export const idf = (count, papers) => Math.log1p((papers - count + 0.5) / (count + 0.5));

/** @param {Float64Array} one @param {Float64Array} other */
export function dot(one, other) {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/** `sum` += `weight` · `vector`. @param {Float64Array} sum @param {number} weight @param {Float64Array} [vector] */
function add(sum, weight, vector) {
  vector?.forEach((number, at) => (sum[at] = (sum[at] ?? 0) + weight * number));
}

/**
 * The first `limit` of many, in order.
 * @param {Iterable<number>} numbers @param {number} limit @param {(one: number, other: number) => number} compare
 */
export function firstOf(numbers, limit, compare) {
  /** @type {number[]} */
  const best = [];
  for (const number of numbers) {
    if (best.length === limit && compare(number, best[limit - 1] ?? 0) >= 0) continue;
    let [low, high] = [0, best.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(number, best[middle] ?? 0) < 0) high = middle;
      else low = middle + 1;
    }
    best.splice(low, 0, number);
    best.length = Math.min(best.length, limit);
  }
  return best;
}

/** What a query's words say of all papers: `bm25`, `found` in any list, and the `marks` of each stem, by paper. */
export class Scoring {
  meaning = new Float64Array(128);
  /** @type {Float64Array | undefined} */ #middle;

  /** @param {Segment[]} segments @param {Lookup} lookup @param {Map<Entry | null, Postings>} whole lists that are files */
  constructor(segments, { stems, names }, whole) {
    const papers = segments.reduce((sum, segment) => sum + segment.papers, 0);
    this.long = Math.min(1, Math.max(0, (stems.length - 4) / 6));
    this.weight = MEANING * (SHORT + (1 - SHORT) * this.long);
    this.stems = stems;
    this.known = this.#sum(() => true);
    this.bm25 = new Float64Array(papers);
    this.found = new Uint8Array(papers);
    const marksOf = (/** @type {Entries} */ entries, /** @type {(mark: number) => number} */ gain) => {
      const marks = new Uint8Array(papers);
      segments.forEach(({ first }, at) => {
        const list = whole.get(entries[at] ?? null) ?? entries[at]?.head;
        list?.papers.forEach((number, row) => {
          const [paper, mark] = [first + number, list.marks[row] ?? 0];
          marks[paper] = mark || 1;
          this.bm25[paper] = (this.bm25[paper] ?? 0) + gain(mark);
          this.found[paper] = 1;
        });
      });
      return marks;
    };
    this.marks = stems.map(({ entries, words, idf }) => {
      add(this.meaning, words.length, entries[0]?.vector ?? undefined);
      return marksOf(entries, (mark) => (words.length * idf * (K1 + 1) * (mark >> 3)) / HIGHEST);
    });
    this.names = names.map(({ word, entries, bonus }) => ({ word, marks: marksOf(entries, () => bonus) }));
  }

  /** A block by final scores; what is alike is judged by the first block. @param {Slot[]} block */
  finally(block) {
    const scores = block.map((slot) => this.#close(slot));
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

  /** All of a final score but for what is alike. @param {Slot} slot */
  #close({ number, titleWeight, vector }) {
    const titled = this.#sum((_, at) => ((this.marks[at]?.[number] ?? 0) & IN_TITLE) > 0);
    const share = titleWeight ? Math.min(1, titled / titleWeight) : 0;
    return this.ofWords(number) + TITLE * this.long * share + this.weight * dot(vector, this.meaning);
  }

  /** What words alone say of a paper: BM25, and how much of the query stands there as typed. @param {number} paper */
  ofWords(paper) {
    const typed = this.#sum((stem, at) => ((this.marks[at]?.[paper] ?? 0) & asTyped(stem)) > 0);
    return (this.bm25[paper] ?? 0) + (this.known ? (VERBATIM * typed) / this.known : 0);
  }

  /** Σ idf of some stems. @param {(stem: Stem, at: number) => boolean} isOne */
  #sum(isOne) {
    return this.stems.reduce((sum, stem, at) => sum + (isOne(stem, at) ? stem.idf : 0), 0);
  }
}

/** Bits of a mark: the word is there as the query has it. @param {Stem} stem */
const asTyped = ({ key, words }) => words.reduce((bits, word) => bits | (word === key ? MAIN_FORM : OTHER_FORM), 0);

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
