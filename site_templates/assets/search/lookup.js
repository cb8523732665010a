// @ts-check
/** Words of a query → stems of the index, with the lists of papers that count for each. */

import { idf } from "./ranking.js";
import { buckets, corrections } from "./spelling.js";

const BUDGET = 30_000;
const CORRECTABLE = /^\p{L}{3,}$/u;

/**
 * @typedef {import("./segment.js").Segment} Segment
 * @typedef {import("./segment.js").Postings} Postings
 *
 * What stands under a key in each segment.
 * @typedef {(import("./segment.js").Entry | null)[]} Entries
 *
 * `words` are those of the query that lead to the stem, each as often as it is there.
 * @typedef {{ key: string, entries: Entries, words: string[], idf: number }} Stem
 *
 * `names` are lists of authors and organisations, each with what it adds to a paper's score.
 * @typedef {{ words: string[], stems: Stem[], names: { word: string, entries: Entries, bonus: number }[],
 *   corrections: { typed: string, meant: string }[] }} Lookup
 */

/** @param {Segment[]} segments @param {string} key @returns {Promise<Entries>} */
export const under = (segments, key) => Promise.all(segments.map((segment) => segment.entry(key)));

/**
 * A word's stem; where only one segment knows the word, the other is asked for the stem's first key.
 *
 * @param {Segment[]} segments @param {string} word
 */
export async function stemOf(segments, word) {
  const entries = await under(segments, word);
  const first = entries.find(Boolean)?.keys[0];
  if (first === undefined || entries.every(Boolean)) return entries;
  const others = await under(segments, first);
  return entries.map((entry, at) => entry ?? others[at] ?? null);
}

/** A query's words in order. @param {Segment[]} segments @param {string[]} typed @returns {Promise<Lookup>} */
export async function lookUp(segments, typed) {
  const papers = segments.reduce((sum, segment) => sum + segment.papers, 0);
  const distinct = [...new Set(typed)];
  const meant = await Promise.all(distinct.map((word) => meantBy(segments, word)));
  const words = typed.map((word) => meant[distinct.indexOf(word)] ?? word);
  /** @type {Map<string, Stem>} */
  const stems = new Map();
  const names = [];
  for (const word of new Set(words)) {
    const { entries, lists } = await knownOf(segments, word);
    const count = countOf(entries);
    const key = entries.find(Boolean)?.keys[0];
    if (key !== undefined) {
      const stem = stems.get(key) ?? { key, entries, words: [], idf: idf(count, papers) };
      stem.words.push(...words.filter((other) => other === word));
      stems.set(key, stem);
    }
    for (const list of lists) names.push({ word, entries: list, bonus: idf(count + countOf(list), papers) / 2 });
  }
  const changed = distinct.map((word, at) => ({ typed: word, meant: meant[at] ?? word }));
  return { words, stems: [...stems.values()], names, corrections: changed.filter((one) => one.typed !== one.meant) };
}

/**
 * The lists that count: those at hand, and files, shortest first, while the budget lasts; of others their best papers.
 *
 * @param {Segment[]} segments @param {Lookup} lookup @param {boolean} everything
 */
export async function fetchLists(segments, { stems, names }, everything) {
  const all = [...names, ...stems].flatMap(({ entries }) => entries.map((entry, at) => ({ entry, segment: segments[at] })));
  const files = all.filter(({ entry }) => entry?.own);
  files.sort((one, other) => (one.entry?.own?.size ?? 0) - (other.entry?.own?.size ?? 0));
  /** @type {Map<import("./segment.js").Entry | null, Postings>} */
  const whole = new Map();
  let spent = 0;
  const some = files.filter(({ entry }) => (spent += entry?.own?.size ?? 0) <= BUDGET || everything);
  await Promise.all(
    some.map(async ({ entry, segment }) => entry && segment && whole.set(entry, await segment.whole(entry))),
  );
  return { isWhole: some.length === files.length, whole };
}

/** @param {Entries} entries */
const countOf = (entries) => entries.reduce((sum, entry) => sum + (entry?.count ?? 0), 0);

/** @param {Segment[]} segments @param {string} word */
async function knownOf(segments, word) {
  const keys = ["author", "org"].map((field) => under(segments, `${field}:${word}`));
  const [entries, ...lists] = await Promise.all([stemOf(segments, word), ...keys]);
  return { entries, lists: lists.filter((list) => list.some(Boolean)) };
}

/** @param {Segment[]} segments @param {string} word */
async function meantBy(segments, word) {
  const { entries, lists } = await knownOf(segments, word);
  const [base] = segments;
  if (!base || lists.length || entries.some(Boolean) || !CORRECTABLE.test(word)) return word;
  const found = await Promise.all(
    buckets(word).map(async (start) => [...(await base.spellings(start))].filter(([other]) => startOf(other) === start)),
  );
  return corrections(word, found.flat(), 1)[0] ?? word;
}

/** @param {string} word */
export const startOf = (word) => [...word].slice(0, 2).join("");
