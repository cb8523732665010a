// @ts-check
/** Evidence about papers → scores, by the formulas of `generator/search/ranking.py` and `scoring.py`. */

/** @typedef {import("./segment.js").Slot} Slot */

export const LOOKED_AT = 30;
const MEANING = 3;
const SHORT = 0.5;
const VERBATIM = 6;
const TITLE = 12;
const ALIKE = 12;
const ALIKE_SHORT = 0.25;
const BEST = 5;
const DECAY = 10;
const K1 = 1.2;
const HIGHEST = 31;
const [OTHER_FORM, MAIN_FORM, IN_TITLE] = [1, 2, 4];

/** @param {number} count papers with a word @param {number} papers */
export const idf = (count, papers) => Math.log1p((papers - count + 0.5) / (count + 0.5));

/** 0 for a query of at most four stems, 1 from ten on. @param {number} stems */
const longness = (stems) => Math.min(1, Math.max(0, (stems - 4) / 6));

/** @param {Float64Array} one @param {Float64Array} other */
export function dot(one, other) {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/**
 * The first `limit` of many, in order.
 *
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
    if (best.length > limit) best.pop();
  }
  return best;
}

/** What a query's words say of all papers; `marks` of each stem by paper, and whether a paper is `found` at all. */
export class Scoring {
  /**
   * @param {import("./lookup.js").Segment[]} segments
   * @param {import("./lookup.js").Lookup} lookup
   * @param {Map<import("./segment.js").Entry | null, import("./segment.js").Postings>} whole lists that are files
   */
  constructor(segments, { stems, names }, whole) {
    const papers = segments.reduce((sum, segment) => sum + segment.papers, 0);
    const long = longness(stems.length);
    this.long = long;
    this.weight = MEANING * (SHORT + (1 - SHORT) * long);
    this.stems = stems;
    this.bm25 = new Float64Array(papers);
    this.found = new Uint8Array(papers);
    this.meaning = new Float64Array(128);
    /** @type {Float64Array | undefined} */ this.middle = undefined;
    /** @param {import("./lookup.js").Entries} entries @param {(mark: number) => number} gain */
    const marksOf = (entries, gain) => {
      const marks = new Uint8Array(papers);
      for (const [at, entry] of entries.entries()) {
        const list = whole.get(entry) ?? entry?.head;
        const first = segments[at]?.first ?? 0;
        for (let row = 0; list && row < list.papers.length; row++) {
          const [paper, mark] = [first + (list.papers[row] ?? 0), list.marks[row] ?? 0];
          marks[paper] = mark || 1;
          this.bm25[paper] = (this.bm25[paper] ?? 0) + gain(mark);
          this.found[paper] = 1;
        }
      }
      return marks;
    };
    this.marks = stems.map((stem) => {
      const weight = stem.words.length * stem.idf * (K1 + 1);
      stem.entries[0]?.vector?.forEach((number, at) => {
        this.meaning[at] = (this.meaning[at] ?? 0) + stem.words.length * number;
      });
      return marksOf(stem.entries, (mark) => (weight * (mark >> 3)) / HIGHEST);
    });
    this.names = names.map(({ word, entries, bonus }) => ({ word, marks: marksOf(entries, () => bonus) }));
  }

  /** The final scores of a block's papers; what is alike is judged by the first block. @param {Slot[]} block */
  final(block) {
    const scores = block.map((slot) => this.#close(slot));
    const middle = (this.middle ??= middleOfBest(scores, block));
    const alike = ALIKE * (ALIKE_SHORT + (1 - ALIKE_SHORT) * this.long);
    return block.map(({ vector }, at) => (scores[at] ?? 0) + alike * dot(vector, middle));
  }

  /** Words of the query that a paper has, and whether they say less than the others. @param {number} paper */
  matched(paper) {
    const words = new Set(this.names.filter(({ marks }) => marks[paper]).map(({ word }) => word));
    for (const [at, stem] of this.stems.entries()) if (this.marks[at]?.[paper]) stem.words.forEach((word) => words.add(word));
    const said = this.#sum(({ words: some }) => some.some((word) => words.has(word)));
    return { matched: [...words], byMeaning: said < this.#sum(() => true) / 2 };
  }

  /** All of a final score but for what is alike. @param {Slot} slot */
  #close({ number, titleWeight, vector }) {
    const known = this.#sum(() => true);
    const verbatim = this.#sum((stem, at) => ((this.marks[at]?.[number] ?? 0) & asTyped(stem)) > 0);
    const titled = this.#sum((_, at) => ((this.marks[at]?.[number] ?? 0) & IN_TITLE) > 0);
    const score = (this.bm25[number] ?? 0) + this.weight * dot(vector, this.meaning);
    const share = titleWeight ? Math.min(1, titled / titleWeight) : 0;
    return score + (known ? (VERBATIM * verbatim) / known : 0) + TITLE * this.long * share;
  }

  /** Σ idf of some stems. @param {(stem: import("./lookup.js").Stem, at: number) => boolean} isOne */
  #sum(isOne) {
    return this.stems.reduce((sum, stem, at) => sum + (isOne(stem, at) ? stem.idf : 0), 0);
  }
}

/** Bits of a mark that say that the word is there as the query has it. @param {import("./lookup.js").Stem} stem */
const asTyped = ({ key, words }) => words.reduce((bits, word) => bits | (word === key ? MAIN_FORM : OTHER_FORM), 0);

/** @param {number[]} scores @param {Slot[]} block */
function middleOfBest(scores, block) {
  const middle = new Float64Array(128);
  const scoreOf = (/** @type {number} */ row) => scores[row] ?? 0;
  const best = firstOf(scores.keys(), BEST, (one, other) => scoreOf(other) - scoreOf(one) || one - other);
  const highest = scoreOf(best[0] ?? -1);
  if (highest <= 0) return middle;
  for (const row of best) {
    const weight = Math.exp((DECAY * (scoreOf(row) - highest)) / highest);
    block[row]?.vector.forEach((number, at) => (middle[at] = (middle[at] ?? 0) + weight * number));
  }
  const length = Math.sqrt(dot(middle, middle));
  return length ? middle.map((number) => number / length) : middle;
}
