// @ts-check
/** What a query demands → which papers may be shown. */

import { stemOf, under } from "./lookup.js";
import { dayNumber } from "./segment.js";
import { contentWords, folded, words } from "./words.js";

const IN_TITLE = 4;
const INLINE = /<\/?(?:a|b|bdi|code|em|i|mark|span|strong|sub|sup|time)\b[^>]*>/g;
/** @type {Record<string, string>} */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/**
 * Papers that `perhaps` hold a phrase pass when their page does, or does not where `isNegative`.
 * @typedef {{ perhaps: Uint8Array, phrases: string[][], isNegative: boolean }} Phrased
 *
 * `allowed` are papers by number, null when nothing is demanded.
 * @typedef {{ allowed: Uint8Array | null, phrased: Phrased[] }} Conditions
 *
 * @typedef {import("./search.js").Index} Index
 * @typedef {import("./query.js").Term} Term
 */

/** Of all groups and days. @param {Index} index @param {import("./query.js").Query} query @returns {Promise<Conditions>} */
export async function conditionsOf(index, { groups, since, until }) {
  const demanding = groups.filter((group) => group.some((term) => term.field || term.isPhrase || term.isNegative));
  if (!demanding.length && !since && !until) return { allowed: null, phrased: [] };
  const days = since || until ? await index.column("days") : null;
  const [from, to] = [since ? dayNumber(since) : 0, until ? dayNumber(until) : Infinity];
  const allowed = new Uint8Array(index.papers).map((_, paper) => isBetween(days?.[paper] ?? from, from, to));
  const phrased = [];
  for (const judged of await Promise.all(demanding.map((group) => judge(index, group)))) {
    const { sure, perhaps, phrases, isNegative } = judged;
    for (let paper = 0; paper < allowed.length; paper++) {
      if (sure[paper]) perhaps[paper] = 0;
      if (isNegative ? sure[paper] : !sure[paper] && !perhaps[paper]) allowed[paper] = 0;
    }
    if (phrases.length) phrased.push({ perhaps, phrases, isNegative });
  }
  return { allowed, phrased };
}

/**
 * Does a paper's article on a digest page hold these words one after another?
 *
 * @param {string} page @param {string} anchor @param {string[]} phrase as `words` gives it
 */
export function holds(page, anchor, phrase) {
  const [, after = ""] = page.split(`id="${anchor}"`);
  const article = `<a ${after.split("</article>")[0]}`.replace(INLINE, "").replace(/<[^>]*>/g, " ");
  return `\n${words(unescaped(article)).join("\n")}\n`.includes(`\n${phrase.join("\n")}\n`);
}

/** @param {string} text */
const unescaped = (text) =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : parseInt(hex, 16);
    return name ? (ENTITIES[name] ?? all) : code < 0x110000 ? String.fromCodePoint(code) : all;
  });

/** @param {number} day @param {number} from @param {number} to */
const isBetween = (day, from, to) => (day >= from && day < to ? 1 : 0);

/** @param {Index} index @param {Term[]} group */
async function judge(index, group) {
  const [sure, perhaps] = [new Uint8Array(index.papers), new Uint8Array(index.papers)];
  const matches = await Promise.all(group.map((term) => matched(index, term)));
  const phrases = [];
  for (const [at, { text, isPhrase }] of group.entries()) {
    const phrase = isPhrase ? words(text) : [];
    if (phrase.length > 1) phrases.push(phrase);
    const mask = phrase.length > 1 ? perhaps : sure;
    matches[at]?.forEach((isOne, paper) => (mask[paper] = (mask[paper] ?? 0) | isOne));
  }
  return { sure, perhaps, phrases, isNegative: group[0]?.isNegative ?? false };
}

/** Papers that match a term, a phrase's words anywhere. @param {Index} index @param {Term} term @returns {Promise<Uint8Array>} */
async function matched(index, { field, text }) {
  if (field === "has") return listed(index, [`has:${text}`]);
  if (field === "author" || field === "org") return together(index, words(text).map((word) => listed(index, [`${field}:${word}`])));
  if (field === "topic") {
    const slug = slugOf(text);
    return listed(index, index.topics.filter(([known]) => slug && known.includes(slug)).map(([known]) => `topic:${known}`));
  }
  if (field === "source") {
    const known = index.sources.map(folded).filter((name) => name.includes(folded(text)));
    return listed(index, known.map((name) => `source:${name}`));
  }
  if (field === "curator") {
    const whole = await listed(index, [`curator:${folded(text)}`]);
    return whole.includes(1) ? whole : together(index, words(text).map((word) => listed(index, [`curator:${word}`])));
  }
  const bit = field === "title" ? IN_TITLE : 0;
  return together(index, contentWords(text).map(async (word) => maskOf(index, await stemOf(index.segments, word), bit)));
}

/** Papers under any of these keys. @param {Index} index @param {string[]} keys */
async function listed(index, keys) {
  const entries = await Promise.all(keys.map((key) => under(index.segments, key)));
  const masks = await Promise.all(entries.map((found) => maskOf(index, found)));
  return new Uint8Array(index.papers).map((_, paper) => (masks.some((mask) => mask[paper]) ? 1 : 0));
}

/** Papers in all of the masks, none if there are no masks. @param {Index} index @param {Promise<Uint8Array>[]} promised */
async function together(index, promised) {
  const masks = await Promise.all(promised);
  return new Uint8Array(index.papers).map((_, paper) => (masks.length && masks.every((mask) => mask[paper]) ? 1 : 0));
}

/** Papers of a whole list, with a bit of their marks set. @param {Index} index @param {import("./lookup.js").Entries} entries */
async function maskOf(index, entries, bit = 0) {
  const mask = new Uint8Array(index.papers);
  await Promise.all(
    index.segments.map(async (segment, at) => {
      const entry = entries[at];
      if (!entry) return;
      const { papers, marks } = await segment.whole(entry);
      papers.forEach((paper, row) => (mask[segment.first + paper] = !bit || (marks[row] ?? 0) & bit ? 1 : 0));
    }),
  );
  return mask;
}

/** As `slugify` of the generator has it. @param {string} name */
const slugOf = (name) => (name.normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-");
