// @ts-check
/** What a query demands → which papers may be shown. */

import { dayNumber } from "./index.js";
import { IN_TITLE } from "./ranking.js";
import { contentWords, folded, words } from "./words.js";

/** @import { Entry, Index } from "./index.js" */
/** @import { Query, Term } from "./query.js" */

/**
 * Papers that `perhaps` hold a phrase pass when their page does, or not where `isNegative`; `allowed` null: all are.
 * @typedef {{ perhaps: Uint8Array, phrases: string[][], isNegative: boolean }} Phrased
 * @typedef {{ allowed: Uint8Array | null, phrased: Phrased[] }} Conditions
 */

const INLINE = /<\/?(?:a|b|bdi|code|em|i|mark|span|strong|sub|sup|time)\b[^>]*>/g;
/** @type {Record<string, string>} */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** @param {Index} index @param {Query} query @returns {Promise<Conditions>} */
export async function conditionsOf(index, { groups, since, until }) {
  const demanding = groups.filter((group) => group.some((term) => term.field || term.isPhrase || term.isNegative));
  if (!demanding.length && !since && !until) return { allowed: null, phrased: [] };
  const [from, to] = [since ? dayNumber(since) : 0, until ? dayNumber(until) : Infinity];
  const [days, ...judged] = await Promise.all([
    since || until ? index.column("days") : null,
    ...demanding.map((group) => judge(index, group)),
  ]);
  const allowed = new Uint8Array(index.papers).fill(1);
  days?.forEach((day, paper) => (allowed[paper] = day >= from && day < to ? 1 : 0));
  for (const { sure, perhaps, isNegative } of judged) {
    allowed.forEach((_, paper) => {
      if (isNegative ? sure[paper] : !sure[paper] && !perhaps[paper]) allowed[paper] = 0;
      if (sure[paper]) perhaps[paper] = 0;
    });
  }
  return { allowed, phrased: judged.filter(({ phrases }) => phrases.length) };
}

/** Has an article these words side by side? @param {string} page @param {string} anchor @param {string[]} phrase */
export function holds(page, anchor, phrase) {
  const [, after = ""] = page.split(`id="${anchor}"`);
  const text = `<a ${after.split("</article>")[0]}`.replace(INLINE, "").replace(/<[^>]*>/g, " ");
  const plain = text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (all, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : parseInt(hex, 16);
    return name ? (ENTITIES[name] ?? all) : code < 0x110000 ? String.fromCodePoint(code) : all;
  });
  return ` ${words(plain).join(" ")} `.includes(` ${phrase.join(" ")} `);
}

/** Papers that match one of the terms, perhaps only. @param {Index} index @param {Term[]} group */
async function judge(index, group) {
  const [sure, perhaps] = [new Uint8Array(index.papers), new Uint8Array(index.papers)];
  const phrases = /** @type {string[][]} */ ([]);
  const matches = await Promise.all(group.map((term) => matched(index, term)));
  for (const [at, { text, isPhrase }] of group.entries()) {
    const phrase = isPhrase ? words(text) : [];
    if (phrase.length > 1) phrases.push(phrase);
    const mask = phrase.length > 1 ? perhaps : sure;
    matches[at]?.forEach((isOne, paper) => isOne && (mask[paper] = 1));
  }
  return { sure, perhaps, phrases, isNegative: group[0]?.isNegative ?? false };
}

/** Papers with a phrase's words anywhere. @param {Index} index @param {Term} term @returns {Promise<Uint8Array>} */
async function matched(index, { field, text }) {
  if (!field || field === "title") {
    const stems = contentWords(text).map((word) => index.stem(word));
    return together(index, stems.map(async (stem) => maskOf(index, await stem, field === "title")));
  }
  const under = async (/** @type {string[]} */ names) => {
    const entries = await Promise.all(names.map((name) => index.under(`${field}:${name}`)));
    return maskOf(index, entries.flat());
  };
  const part = field === "topic" ? slugOf(text) : folded(text);
  if (field === "topic" || field === "source") {
    const names = field === "topic" ? index.topics.map(({ slug }) => slug) : index.sources.map(folded);
    return under(names.filter((name) => part && name.includes(part)));
  }
  const whole = field === "curator" || field === "has" ? await under([part]) : null;
  return whole?.includes(1) ? whole : together(index, words(text).map((word) => under([word])));
}

/** Papers in all of some masks, none in none. @param {Index} index @param {Promise<Uint8Array>[]} promised */
async function together(index, promised) {
  const masks = await Promise.all(promised);
  return new Uint8Array(index.papers).map((_, paper) => (masks.length && masks.every((mask) => mask[paper]) ? 1 : 0));
}

/** Papers of any whole list, or those with the word in the title. @param {Index} index @param {Entry[]} entries */
async function maskOf(index, entries, isTitle = false) {
  const mask = new Uint8Array(index.papers);
  const mark = async (/** @type {Entry} */ entry) => {
    const titled = isTitle && entry.size ? await entry.segment.entry(`title:${entry.keys[0]}`) : entry;
    const bit = isTitle && titled === entry ? IN_TITLE : 0;
    const { papers, marks } = titled ? await titled.segment.whole(titled) : { papers: [], marks: [] };
    papers.forEach((paper, row) => (!bit || (marks[row] ?? 0) & bit) && (mask[paper] = 1));
  };
  await Promise.all(entries.map(mark));
  return mask;
}

/** As `slugify` of the generator has it. @param {string} name */
function slugOf(name) {
  const plain = name.normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase();
  return (plain.match(/[a-z0-9]+/g) ?? []).join("-");
}
