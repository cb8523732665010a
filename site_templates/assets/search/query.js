// @ts-check
/**
 * What a reader types → Query. The same grammar as `generator/search/query.py`; one table of examples tests both.
 * Nothing is refused: what makes no sense as an operator is searched as text, with a hint. Ids and addresses of papers
 * are those of `generator/identifiers.py`.
 */

/**
 * Words to look for in a field, the empty one being everywhere.
 * @typedef {{ text: string, field: string, isPhrase: boolean, isNegative: boolean }} Term
 *
 * `groups` are alternatives each; `since` is the first day wanted, `until` the first one not; ISO days or empty.
 * @typedef {{ groups: Term[][], ids: string[], since: string, until: string, sort: string, hints: string[] }} Query
 */

/** Characters and words of a query that are read; with more words than `TEXT` it is a text that somebody pasted. */
const [LONGEST, MOST_ITEMS, TEXT] = [500, 80, 16];
const FIELDS = ["title", "author", "org", "topic", "curator", "source", "has"];
const DAYS = ["before", "after", "on", "year"];
const HAS = ["note", "code", "pick"];
const SORTS = ["best", "date", "votes"];
const SCHEMES = ["http", "https", "arxiv", "doi", "url"];
const ITEM = /(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"|([^\s"]+))/gu;
const DAY = /^((?:19|20)[0-9]{2})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?$/;

const NUMBER = "[0-9]{2}(?:0[1-9]|1[0-2])";
const ARXIV = `(${NUMBER}\\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)?(?:\\.[A-Z]{2})?/${NUMBER}[0-9]{3})`;
const VERSION = "(?:v[1-9][0-9]{0,3})?";
const ARXIV_FORMS = [
  `(?:(?:arxiv:\\s*)?|10\\.48550/arxiv\\.)${ARXIV}${VERSION}`,
  `https?://(?:[a-z]+\\.)?arxiv\\.org/(?:abs|pdf|html|format|ps)/${ARXIV}${VERSION}(?:\\.pdf)?(?:[?#/].*)?`,
  `https?://huggingface\\.co/papers/${ARXIV}(?:[?#/].*)?`,
].map((form) => new RegExp(`^${form}$`, "i"));
const DOI_PREFIX = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i;
const DOI = /^10\.[0-9]{4,9}\/[!-~]{1,200}$/;
const HASH = /^(?:url|title):[0-9a-f]{16}$/;
const PERMALINK = /^(?:https?:\/\/\S+\/[0-9]{4}\/[0-9]{2}\/[0-9]{2}\/#)?((?:doi|[tu])-\S+|(?<=#)\S+)$/;
const PREFIXES = /** @type {const} */ ([["doi", "doi-"], ["url", "u-"], ["title", "t-"], ["arxiv", ""]]);

/** Any text → Query; it never fails. @param {string} typed @returns {Query} */
export function parseQuery(typed) {
  /** @type {Query} */
  const query = { groups: [], ids: [], since: "", until: "", sort: "best", hints: [] };
  const items = [...legible(typed, query.hints).matchAll(ITEM)];
  if (items.length > MOST_ITEMS) query.hints.push(`Only the first ${MOST_ITEMS} words were searched.`);
  let joins = false;
  for (const item of items.slice(0, MOST_ITEMS)) {
    const id = paperId(item[0]);
    const term = item[0] === "OR" || id ? null : termOf(query, item);
    const last = query.groups.at(-1);
    if (item[0] === "OR") joins = last !== undefined;
    else if (id) query.ids.push(id);
    if (!term) continue;
    if (items.length > TEXT && !term.field && (term.isPhrase || term.isNegative)) {
      query.hints.push("In a text as long as this, quotation marks and minus signs are passed over.");
      term.isPhrase = term.isNegative = false;
    }
    if (joins && last && !term.isNegative) last.push(term);
    else query.groups.push([term]);
    joins = false;
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

/** Null for what only limits days or says the order. @param {Query} query @param {RegExpMatchArray} item */
function termOf(query, [, minus, name = "", phrase, word]) {
  const value = (phrase ?? word ?? "").trim().split(/\s+/u).join(" ");
  const [isNegative, operator] = [minus === "-", name.toLowerCase()];
  if (FIELDS.includes(operator) && value && (operator !== "has" || HAS.includes(value))) {
    return { text: value, field: operator, isPhrase: false, isNegative };
  }
  if (!isNegative && limits(query, operator, value)) return null;
  if (operator) query.hints.push(...hintsFor(operator, value));
  const text = operator ? `${name} ${value}`.trim() : value;
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  return { text, field: "", isPhrase: phrase !== undefined && /\s/u.test(text), isNegative };
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

/** The first day of a year, month or day, and the one after. @param {string} text */
function boundsOf(text) {
  const found = DAY.exec(text);
  const [year = 0, month = 0, day = 0] = [found?.[1], found?.[2] ?? 1, found?.[3] ?? 1].map(Number);
  const first = new Date(Date.UTC(year, month - 1, day));
  if (!found || first.getUTCMonth() !== month - 1 || first.getUTCDate() !== day) return null;
  const after = found[3] ? [year, month - 1, day + 1] : found[2] ? [year, month, 1] : [year + 1, 0, 1];
  const next = new Date(Date.UTC(after[0] ?? 0, after[1] ?? 0, after[2]));
  return /** @type {const} */ ([first.toISOString().slice(0, 10), next.toISOString().slice(0, 10)]);
}

/** The id of the paper that a text without blanks names; empty when it names none. @param {string} text */
function paperId(text) {
  const permalink = PERMALINK.exec(text)?.[1];
  const named = permalink === undefined ? text : ofAnchor(permalink);
  if (HASH.test(named)) return named;
  const bare = named.replace(DOI_PREFIX, "");
  const arxiv = ARXIV_FORMS.map((form) => form.exec(bare)?.[1]).find(Boolean);
  // Old ids go without their subject class: `math.AG/0601001` is `math/0601001`.
  if (arxiv) return `arxiv:${arxiv.replace(/^([a-z-]+)(?:\.[a-z]+)?(?=\/)/i, (_, group) => group.toLowerCase())}`;
  const doi = bare !== named ? unquoted(bare) : bare;
  return DOI.test(doi) ? `doi:${doi.toLowerCase()}` : "";
}

/** An id's HTML id: `/` becomes `_`, other signs `~` and two hex digits. @param {string} id */
export function anchor(id) {
  const [kind, prefix] = PREFIXES.find(([name]) => id.startsWith(`${name}:`)) ?? ["", ""];
  const hexOf = (/** @type {string} */ sign) => sign.charCodeAt(0).toString(16).padStart(2, "0");
  const others = kind === "arxiv" ? /[^a-z0-9.-]/g : /[^a-z0-9.]/g;
  return prefix + id.slice(kind.length + 1).replace(others, (sign) => (sign === "/" ? "_" : `~${hexOf(sign)}`));
}

/** The inverse of `anchor`. @param {string} name */
function ofAnchor(name) {
  const [kind, prefix] = PREFIXES.find(([, start]) => name.startsWith(start)) ?? ["", ""];
  return `${kind}:${unquoted(name.slice(prefix.length).replaceAll("_", "/").replaceAll("~", "%"))}`;
}

/** As Python's `unquote`: what is no escape stays. @param {string} text */
const unquoted = (text) =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    const bytes = escapes.slice(1).split("%").map((digits) => parseInt(digits, 16));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes));
  });
