// @ts-check
/**
 * Starred papers and the papers of the newest 30 days → those that their reader would star next, with the words that
 * speak for them. All of it happens here: only files of the search index are read, as a search reads them.
 */

import { contentWords, home } from "../search/words.js";
import { score, train } from "./model.js";

/** @import { Index, Paper } from "../search/index.js" */
/**
 * What the index says of a paper. @typedef {{ paper: Paper, vector: Float64Array }} Known
 * `like` is the star that is nearest by meaning. @typedef {{ paper: Paper, words: string[], like: Paper | null }} Suggestion
 * @typedef {{ papers: number, sum: number, forms: Map<string, number> }} Said
 */

export const FEWEST = 3;
/** Stars that are looked up, the newest: each that is older than the newest days costs a reader two small files. */
const MOST = 100;

/**
 * The papers of the newest 30 days, and those starred, as far as the index has them.
 * @param {Index} index @param {string[]} anchors newest star first
 */
export async function gather(index, anchors) {
  const latest = /** @type {Known[]} */ (await index.latest());
  const near = new Map(latest.map((known) => [known.paper.anchor, known]));
  const looked = anchors.slice(0, MOST).map(async (anchor) => {
    if (near.has(anchor)) return near.get(anchor);
    const number = await index.numbered(anchor);
    return number === undefined ? undefined : (await index.slots([number]))[0];
  });
  return { latest, starred: (await Promise.all(looked)).flatMap((known) => known ?? []) };
}

/**
 * The best first; `words` are those that count most over all.
 * @param {Known[]} starred @param {Known[]} latest @param {number} limit
 * @returns {{ suggestions: Suggestion[], words: string[] }}
 */
export function suggest(starred, latest, limit) {
  const had = new Set(starred.map(({ paper }) => paper.anchor));
  const others = latest.filter(({ paper }) => !had.has(paper.anchor));
  const weights = train(starred.map(({ vector }) => vector), others.map(({ vector }) => vector));
  const scored = (/** @type {Known[]} */ some) => some.map((known) => ({ ...known, score: score(known.vector, weights) }));
  const ranked = scored(others);
  ranked.sort((one, other) => other.score - one.score || (one.paper.anchor < other.paper.anchor ? -1 : 1));
  const said = wordsOf([...scored(starred), ...ranked]);
  const telling = (/** @type {Iterable<string>} */ stems, /** @type {number} */ most) => {
    const found = [...stems].flatMap((stem) => said.get(stem) ?? []).filter(({ papers, sum }) => papers > 1 && sum > 0);
    return found.sort((one, other) => weight(other) - weight(one)).slice(0, most).map(({ forms }) => mostFrequent(forms));
  };
  const suggestions = ranked.slice(0, limit).map(({ paper, vector }) => ({
    ...{ paper, words: telling(stemsOf(paper.title).keys(), 3) },
    like: nearest(vector, starred)?.paper ?? null,
  }));
  return { suggestions, words: telling(said.keys(), 10) };
}

/** How surely papers with this word in the title stand above the middle. @param {Said} said */
const weight = ({ papers, sum }) => sum / Math.sqrt(papers);

/** By stem: how many titles have it, and how far these stand above the middle. @param {(Known & { score: number })[]} scored */
function wordsOf(scored) {
  const middle = scored.reduce((sum, { score }) => sum + score, 0) / scored.length;
  /** @type {Map<string, Said>} */
  const said = new Map();
  for (const { paper, score } of scored) {
    for (const [stem, word] of stemsOf(paper.title)) {
      const { papers, sum, forms } = said.get(stem) ?? { papers: 0, sum: 0, forms: new Map() };
      forms.set(word, (forms.get(word) ?? 0) + 1);
      said.set(stem, { papers: papers + 1, sum: sum + score - middle, forms });
    }
  }
  return said;
}

/** @param {Map<string, number>} forms */
const mostFrequent = (forms) => [...forms].reduce((best, form) => (form[1] > best[1] ? form : best))[0];

/** @param {Float64Array} vector @param {Known[]} starred */
function nearest(vector, starred) {
  const dot = (/** @type {Known} */ other) => vector.reduce((sum, number, at) => sum + number * (other.vector[at] ?? 0), 0);
  const likes = starred.map((known) => ({ known, worth: dot(known) })).sort((one, other) => other.worth - one.worth);
  return likes[0]?.known;
}

/** A title's words by a rough stem, joined ones by part; digits alone and single letters say nothing. @param {string} title */
function stemsOf(title) {
  const telling = contentWords(title.replace(/[-‐-–/]/gu, " ")).filter((word) => /[^\d.]/.test(word) && [...word].length > 1);
  return new Map(telling.map((word) => [home(word), word]));
}
