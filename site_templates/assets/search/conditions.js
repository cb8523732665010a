// @ts-check
/** What a query demands → which papers may be shown. */

import { stemOf, under } from "./lookup.js";
import { IN_TITLE } from "./ranking.js";
import { dayNumber } from "./segment.js";
import { contentWords, folded, words } from "./words.js";

/** @import { Entries } from "./lookup.js" */
/** @import { Query, Term } from "./query.js" */
/** @import { Index } from "./index.js" */

/**
 * Papers that `perhaps` hold a phrase pass when their page does, or does not where `isNegative`.
 * @typedef {{ perhaps: Uint8Array, phrases: string[][], isNegative: boolean }} Phrased
 *
 * @typedef {{ allowed: Uint8Array | null, phrased: Phrased[] }} Conditions null: all are
 */

const INLINE = /<\/?(?:a|b|bdi|code|em|i|mark|span|strong|sub|sup|time)\b[^>]*>/g;
/** @type {Record<string, string>} */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** @param {Index} index @param {Query} query @returns {Promise<Conditions>} */
export async function conditionsOf(index, { groups, since, until }) {
  const demanding = groups.filter((group) => group.some((term) => term.field || term.isPhrase || term.isNegative));
  if (!demanding.length && !since && !until) return { allowed: null, phrased: [] };
  const [from, to] = [since ? dayNumber(since) : 0, until ? dayNumber(until) : Infinity];
  const days = since || until ? await index.column("days") : null;
  const allowed = masked(index, (paper) => !days || ((days[paper] ?? 0) >= from && (days[paper] ?? 0) < to));
  const phrased = [];
  for (const { sure, perhaps, phrases, isNegative } of await Promise.all(demanding.map((group) => judge(index, group)))) {
    for (let paper = 0; paper < allowed.length; paper++) {
      if (isNegative ? sure[paper] : !sure[paper] && !perhaps[paper]) allowed[paper] = 0;
      if (sure[paper]) perhaps[paper] = 0;
    }
    if (phrases.length) phrased.push({ perhaps, phrases, isNegative });
  }
  return { allowed, phrased };
}

/** Has a paper's article these words side by side? @param {string} page @param {string} anchor @param {string[]} phrase */
export function holds(page, anchor, phrase) {
  const [, after = ""] = page.split(`id="${anchor}"`);
  const text = `<a ${after.split("</article>")[0]}`.replace(INLINE, "").replace(/<[^>]*>/g, " ");
  const plain = text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (all, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : parseInt(hex, 16);
    return name ? (ENTITIES[name] ?? all) : code < 0x110000 ? String.fromCodePoint(code) : all;
  });
  return ` ${words(plain).join(" ")} `.includes(` ${phrase.join(" ")} `);
}

/** @param {Index} index @param {Term[]} group */
async function judge(index, group) {
  const [sure, perhaps] = [new Uint8Array(index.papers), new Uint8Array(index.papers)];
  /** @type {string[][]} */
  const phrases = [];
  const matches = await Promise.all(group.map((term) => matched(index, term)));
  group.forEach(({ text, isPhrase }, at) => {
    const phrase = isPhrase ? words(text) : [];
    if (phrase.length > 1) phrases.push(phrase);
    const mask = phrase.length > 1 ? perhaps : sure;
    matches[at]?.forEach((isOne, paper) => isOne && (mask[paper] = 1));
  });
  return { sure, perhaps, phrases, isNegative: group[0]?.isNegative ?? false };
}

/** Papers with a phrase's words anywhere. @param {Index} index @param {Term} term @returns {Promise<Uint8Array>} */
async function matched(index, { field, text }) {
  const allUnder = (/** @type {string[]} */ some) => together(index, some.map((word) => listed(index, [`${field}:${word}`])));
  if (field === "has") return listed(index, [`has:${text}`]);
  if (field === "author" || field === "org") return allUnder(words(text));
  if (field === "curator") {
    const whole = await listed(index, [`curator:${folded(text)}`]);
    return whole.includes(1) ? whole : allUnder(words(text));
  }
  if (field === "topic" || field === "source") {
    const part = field === "topic" ? slugOf(text) : folded(text);
    const all = field === "topic" ? index.topics.map(({ slug }) => slug) : index.sources.map(folded);
    return listed(index, all.filter((name) => part && name.includes(part)).map((name) => `${field}:${name}`));
  }
  const bit = field === "title" ? IN_TITLE : 0;
  return together(index, contentWords(text).map(async (word) => maskOf(index, await stemOf(index.segments, word), bit)));
}

/** Papers under any of these keys. @param {Index} index @param {string[]} keys */
async function listed(index, keys) {
  const masks = await Promise.all(keys.map(async (key) => maskOf(index, await under(index.segments, key))));
  return masked(index, (paper) => masks.some((mask) => mask[paper]));
}

/** Papers in all of some masks, none in none. @param {Index} index @param {Promise<Uint8Array>[]} promised */
async function together(index, promised) {
  const masks = await Promise.all(promised);
  return masked(index, (paper) => masks.length > 0 && masks.every((mask) => mask[paper]));
}

/** Papers of a whole list with a bit of their marks set. @param {Index} index @param {Entries} entries */
async function maskOf(index, entries, bit = 0) {
  const mask = new Uint8Array(index.papers);
  for (const [at, segment] of index.segments.entries()) {
    const entry = entries[at];
    const isTold = !bit || !entry?.own;
    const meant = isTold ? entry : await segment.entry(`title:${entry.keys[0]}`);
    const { papers, marks } = meant ? await segment.whole(meant) : { papers: [], marks: [] };
    papers.forEach((paper, row) => (mask[segment.first + paper] = !bit || !isTold || (marks[row] ?? 0) & bit ? 1 : 0));
  }
  return mask;
}

/** @param {Index} index @param {(paper: number) => unknown} isOne */
const masked = (index, isOne) => new Uint8Array(index.papers).map((_, paper) => (isOne(paper) ? 1 : 0));

/** As `slugify` of the generator has it. @param {string} name */
const slugOf = (name) => name.normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase().match(/[a-z0-9]+/g)?.join("-") ?? "";
