// @ts-check
/**
 * What a reader types → Query. The same grammar as `generator/search/query.py`; one table of examples tests both.
 * Nothing is refused: what makes no sense as an operator is searched as text, with a hint.
 */

import { paperId } from "./identifiers.js";

/**
 * Words to look for in a field, the empty one being everywhere.
 * @typedef {{ text: string, field: string, isPhrase: boolean, isNegative: boolean }} Term
 *
 * `groups` are alternatives each; `since` is the first day wanted, `until` the first one not; ISO days or empty.
 * @typedef {{ groups: Term[][], ids: string[], since: string, until: string, sort: string, hints: string[] }} Query
 */

/** Characters of a query that are read. */
export const LONGEST = 500;
const MOST_ITEMS = 80;
const FIELDS = ["title", "author", "org", "topic", "curator", "source", "has"];
const DAYS = ["before", "after", "on", "year"];
const HAS = ["note", "code", "pick"];
const SORTS = ["best", "date", "votes"];
const SCHEMES = ["http", "https", "arxiv", "doi", "url"];
const ITEM = /(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"|([^\s"]+))/gu;
const DAY = /^((?:19|20)[0-9]{2})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?$/;

/** Any text → Query; it never fails. @param {string} typed @returns {Query} */
export function parseQuery(typed) {
  /** @type {Query} */
  const query = { groups: [], ids: [], since: "", until: "", sort: "best", hints: [] };
  const items = [...legible(typed, query.hints).matchAll(ITEM)];
  if (items.length > MOST_ITEMS) query.hints.push(`Only the first ${MOST_ITEMS} words were searched.`);
  let joins = false;
  for (const item of items.slice(0, MOST_ITEMS)) {
    const id = paperId(item[0]);
    if (item[0] === "OR") joins = query.groups.length > 0;
    else if (id) query.ids.push(id);
    else joins = take(query, item, joins);
  }
  return { ...query, ids: [...new Set(query.ids)], hints: [...new Set(query.hints)] };
}

/** @param {string} typed @param {string[]} hints */
function legible(typed, hints) {
  const characters = [...typed];
  if (characters.length > LONGEST) hints.push(`Only the first ${LONGEST} characters were searched.`);
  const text = characters.slice(0, LONGEST).join("").replace(/[“”„‟«»]/gu, '"');
  if (text.split('"').length % 2) return text;
  hints.push("A quotation mark was not closed, so its words were searched one by one.");
  return text.replace(/"([^"]*)$/u, " $1");
}

/** Whether an OR still waits after it. @param {Query} query @param {RegExpMatchArray} item @param {boolean} joins */
function take(query, item, joins) {
  const [, minus, name = "", phrase, word] = item;
  const value = (phrase ?? word ?? "").trim().split(/\s+/u).join(" ");
  const [isNegative, operator] = [minus === "-", name.toLowerCase()];
  if (FIELDS.includes(operator) && value && (operator !== "has" || HAS.includes(value))) {
    return add(query, { text: value, field: operator, isPhrase: false, isNegative }, joins);
  }
  if (!isNegative && limits(query, operator, value)) return joins;
  if (operator) query.hints.push(...hintsFor(operator, value));
  const text = operator ? `${name} ${value}`.trim() : value;
  if (!/[\p{L}\p{N}]/u.test(text)) return joins;
  return add(query, { text, field: "", isPhrase: phrase !== undefined && /\s/u.test(text), isNegative }, joins);
}

/** Days and order; false when it is neither. @param {Query} query @param {string} name @param {string} value */
function limits(query, name, value) {
  const isSort = name === "sort" && SORTS.includes(value);
  if (isSort) query.sort = value;
  const bounds = DAYS.includes(name) ? boundsOf(value) : null;
  if (!bounds) return isSort;
  const [first, after] = bounds;
  const [since, until] = name === "before" ? ["", first] : [first, name === "after" ? "" : after];
  if (since > query.since) query.since = since;
  if (until && (!query.until || until < query.until)) query.until = until;
  return true;
}

/** @param {string} operator @param {string} value */
function hintsFor(operator, value) {
  if (DAYS.includes(operator)) return [`${operator}: wants a day like 2025, 2025-06 or 2025-06-01.`];
  if (operator === "has") return [`has: knows ${HAS.join(", ")}.`];
  if (operator === "sort") return [`sort: knows ${SORTS.join(", ")}.`];
  if (FIELDS.includes(operator)) return [`${operator}: wants a word behind it.`];
  return SCHEMES.includes(operator) || !value ? [] : [`${operator}: is no operator, so it was searched as text.`];
}

/** @param {Query} query @param {Term} term @param {boolean} joins */
function add(query, term, joins) {
  const last = query.groups[query.groups.length - 1];
  if (joins && last && !term.isNegative) last.push(term);
  else query.groups.push([term]);
  return false;
}

/** The first day of a year, month or day, and the one after. @param {string} text @returns {[string, string] | null} */
function boundsOf(text) {
  const found = DAY.exec(text);
  const [year = 0, month = 0, day = 0] = [found?.[1], found?.[2] ?? 1, found?.[3] ?? 1].map(Number);
  const first = new Date(Date.UTC(year, month - 1, day));
  if (!found || first.getUTCMonth() !== month - 1 || first.getUTCDate() !== day) return null;
  const after = found[3] ? [year, month - 1, day + 1] : found[2] ? [year, month, 1] : [year + 1, 0, 1];
  return [isoDay(first), isoDay(new Date(Date.UTC(after[0] ?? 0, after[1] ?? 0, after[2])))];
}

/** @param {Date} day */
const isoDay = (day) => day.toISOString().slice(0, 10);
