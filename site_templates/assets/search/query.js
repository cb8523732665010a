// @ts-check
/**
 * What a reader types → Query. The same grammar as `generator/search/query.py`; one table of examples tests both.
 *
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

const QUOTES = /[“”„‟«»]/gu;
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
    if (item[0] === "OR") {
      joins = query.groups.length > 0;
      continue;
    }
    const id = paperId(item[0]);
    if (id) query.ids.push(id);
    else joins = take(query, item, joins);
  }
  query.ids = [...new Set(query.ids)];
  query.hints = [...new Set(query.hints)];
  return query;
}

/** @param {string} typed @param {string[]} hints */
function legible(typed, hints) {
  let text = typed;
  const characters = [...text];
  if (characters.length > LONGEST) {
    text = characters.slice(0, LONGEST).join("");
    hints.push(`Only the first ${LONGEST} characters were searched.`);
  }
  text = text.replace(QUOTES, '"');
  if (text.split('"').length % 2 === 0) {
    const last = text.lastIndexOf('"');
    text = `${text.slice(0, last)} ${text.slice(last + 1)}`;
    hints.push("A quotation mark was not closed, so its words were searched one by one.");
  }
  return text;
}

/**
 * One item of the query; whether an OR still waits for its right side.
 *
 * @param {Query} query
 * @param {RegExpMatchArray} item
 * @param {boolean} joins
 */
function take(query, item, joins) {
  const [, minus, name = "", phrase, word] = item;
  const value = (phrase ?? word ?? "").trim().split(/\s+/u).join(" ");
  const isNegative = minus === "-";
  const operator = name.toLowerCase();
  if (operator && (FIELDS.includes(operator) ? isFieldValue(operator, value) : false)) {
    return add(query, { text: value, field: operator, isPhrase: false, isNegative }, joins);
  }
  if (operator && !isNegative && limit(query, operator, value)) return joins;
  if (operator) hint(query, operator, value);
  const text = operator ? `${name} ${value}`.trim() : value;
  if (!/[\p{L}\p{N}]/u.test(text)) return joins;
  return add(query, { text, field: "", isPhrase: phrase !== undefined && /\s/u.test(text.trim()), isNegative }, joins);
}

/** @param {string} field @param {string} value */
function isFieldValue(field, value) {
  return value !== "" && (field !== "has" || HAS.includes(value));
}

/**
 * Days and order; false when the operator is neither, or its value makes no sense.
 *
 * @param {Query} query
 * @param {string} name
 * @param {string} value
 */
function limit(query, name, value) {
  if (name === "sort" && SORTS.includes(value)) {
    query.sort = value;
    return true;
  }
  const bounds = DAYS.includes(name) ? boundsOf(value) : null;
  if (!bounds) return false;
  const [first, after] = bounds;
  const since = name === "before" ? "" : first;
  const until = name === "before" ? first : name === "after" ? "" : after;
  if (since > query.since) query.since = since;
  if (until && (!query.until || until < query.until)) query.until = until;
  return true;
}

/** @param {Query} query @param {string} name @param {string} value */
function hint(query, name, value) {
  if (DAYS.includes(name)) query.hints.push(`${name}: wants a day like 2025, 2025-06 or 2025-06-01.`);
  else if (name === "has") query.hints.push(`has: knows ${HAS.join(", ")}.`);
  else if (name === "sort") query.hints.push(`sort: knows ${SORTS.join(", ")}.`);
  else if (FIELDS.includes(name)) query.hints.push(`${name}: wants a word behind it.`);
  else if (!SCHEMES.includes(name) && value) {
    query.hints.push(`${name}: is no operator, so it was searched as text.`);
  }
}

/** @param {Query} query @param {Term} term @param {boolean} joins */
function add(query, term, joins) {
  const last = query.groups[query.groups.length - 1];
  if (joins && last && !term.isNegative) last.push(term);
  else query.groups.push([term]);
  return false;
}

/**
 * The first day of a year, month or day, and the first day after it; null when there is no such day.
 *
 * @param {string} text
 * @returns {[string, string] | null}
 */
function boundsOf(text) {
  const found = DAY.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  const first = new Date(Date.UTC(year, month - 1, day));
  if (first.getUTCMonth() !== month - 1 || first.getUTCDate() !== day) return null;
  const after = found[3]
    ? Date.UTC(year, month - 1, day + 1)
    : found[2]
      ? Date.UTC(year, month, 1)
      : Date.UTC(year + 1, 0, 1);
  return [isoDay(first), isoDay(new Date(after))];
}

/** @param {Date} day */
function isoDay(day) {
  return day.toISOString().slice(0, 10);
}
