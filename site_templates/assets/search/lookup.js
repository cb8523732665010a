// @ts-check
/** Words of a query → stems of the index, with the lists of papers that count for each. */

import { idf } from "./ranking.js";
import { buckets, corrections } from "./spelling.js";

/** @import { Entry, Postings, Segment } from "./segment.js" */

/**
 * @typedef {(Entry | null)[]} Entries what stands under a key in each segment
 *
 * `words` are those of the query that lead to the stem, each as often as it is there.
 * @typedef {{ key: string, entries: Entries, words: string[], idf: number }} Stem
 *
 * `names` are lists of authors and organisations, each with what it adds to a paper's score.
 * @typedef {{ words: string[], stems: Stem[], names: { word: string, entries: Entries, bonus: number }[],
 *   corrections: { typed: string, meant: string }[] }} Lookup
 */

const BUDGET = 24_000;
const CORRECTABLE = /^\p{L}{3,}$/u;

/** @param {Segment[]} segments @param {string} key @returns {Promise<Entries>} */
export const under = (segments, key) => Promise.all(segments.map((segment) => segment.entry(key)));

/** A segment that lacks the word is asked for its stem's first key. @param {Segment[]} segments @param {string} word */
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
    const key = entries.find(Boolean)?.keys[0];
    if (key !== undefined) {
      const stem = stems.get(key) ?? { key, entries, words: [], idf: idf(countOf(entries), papers) };
      stem.words.push(...words.filter((other) => other === word));
      stems.set(key, stem);
    }
    for (const list of lists) {
      names.push({ word, entries: list, bonus: idf(countOf(entries) + countOf(list), papers) / 2 });
    }
  }
  const changed = distinct.map((word, at) => ({ typed: word, meant: meant[at] ?? word }));
  return { words, stems: [...stems.values()], names, corrections: changed.filter((one) => one.typed !== one.meant) };
}

/**
 * The lists that are files and count whole: the shortest, while the budget lasts; of others their best papers count.
 * @param {Segment[]} segments @param {Lookup} lookup @param {boolean} everything
 */
export async function fetchLists(segments, { stems, names }, everything) {
  const files = [...names, ...stems].flatMap(({ entries }) =>
    segments.flatMap((segment, at) => {
      const entry = entries[at];
      return entry?.own ? { segment, entry, size: entry.own.size } : [];
    }),
  );
  let spent = 0;
  const some = files.sort((one, other) => one.size - other.size).filter(({ size }) => (spent += size) <= BUDGET || everything);
  /** @type {Map<Entry | null, Postings>} */
  const whole = new Map();
  await Promise.all(some.map(async ({ segment, entry }) => whole.set(entry, await segment.whole(entry))));
  return { isWhole: some.length === files.length, whole };
}

/** df over all segments. @param {Entries} entries */
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
  if (lists.length || entries.some(Boolean) || !CORRECTABLE.test(word)) return word;
  const known = await Promise.all(buckets(word).map(async (start) => (await segments[0]?.spellings(start)) ?? []));
  return corrections(word, known.flat(), 1)[0] ?? word;
}
