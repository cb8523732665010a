// @ts-check
/**
 * What a reader keeps: starred and read papers, followed things, a few choices. It stands in this browser's storage,
 * as JSON with a version, and goes nowhere else. Where storage is refused it lasts as long as the page.
 */

/**
 * A starred paper. `more` authors follow those named; `url` is empty or the address its title led to; `starred` is an
 * instant of this browser's clock.
 * @typedef {{ anchor: string, day: string, title: string, authors: string[], more: number, url: string,
 *   starred: string }} Star
 * @typedef {{ topics: string[], authors: string[], phrases: string[] }} Follows
 * @typedef {{ hidesRead: boolean, hasKeys: boolean }} Choices
 */

export const VERSION = 1;
/** Read papers that are remembered, newest first. */
const MOST_READ = 5000;
const MOST_STARS = 2000;
const MOST_AUTHORS = 20;
const MOST_FOLLOWED = 200;
const LONGEST = 1000;
/** The site's own address; several digests on one host keep apart by its path. */
export const ROOT = new URL("../../", import.meta.url);
/** What could not be stored. @type {Map<string, string>} */
const unstored = new Map();

/** @param {unknown} value @returns {Record<string, unknown>} */
const fieldsOf = (value) => (typeof value === "object" && value ? /** @type {any} */ (value) : {});
/** @param {unknown} value @returns {unknown[]} */
const listOf = (value) => (Array.isArray(value) ? value : []);
/** @param {unknown} value */
const textOf = (value) => (typeof value === "string" ? value.replace(/\s+/gu, " ").trim().slice(0, LONGEST) : "");
/** @param {unknown} value @param {number} most */
const textsOf = (value, most) => listOf(value).map(textOf).filter(Boolean).slice(0, most);

/** As `generator/identifiers.py` makes them. @param {unknown} value @returns {value is string} */
export const isAnchor = (value) => typeof value === "string" && /^[a-z0-9][a-z0-9._~-]{0,299}$/.test(value);

/** A day of the calendar, `2025-10-01`. @param {unknown} value @returns {value is string} */
export function isDay(value) {
  if (typeof value !== "string" || !/^(?:19|20)\d\d-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** `1 October 2025`. @param {string} day */
export const dayName = (day) =>
  new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** A paper's place below the site's root. @param {{ day: string, anchor: string }} paper */
export const pathOf = ({ day, anchor }) => `${day.replaceAll("-", "/")}/#${anchor}`;

/** What anybody says is a starred paper → one, cut to size; null when it is none. @param {unknown} value @returns {Star | null} */
export function readStar(value) {
  const { anchor, day, title, authors, more, url, starred } = fieldsOf(value);
  if (!isAnchor(anchor) || !isDay(day)) return null;
  const time = typeof starred === "string" ? Date.parse(starred) : NaN;
  return {
    ...{ anchor, day, title: textOf(title) || anchor, authors: textsOf(authors, MOST_AUTHORS) },
    more: Number.isSafeInteger(more) && Number(more) > 0 ? Number(more) : 0,
    url: typeof url === "string" && /^https?:\/\/[!-~]{1,2000}$/.test(url) ? url : "",
    starred: new Date(Number.isNaN(time) ? 0 : time).toISOString(),
  };
}

/** Stars by anchor once each, those that come first winning; newest first. @param {unknown} value */
export function readStars(value) {
  const stars = listOf(value).flatMap((each) => readStar(each) ?? []);
  const had = new Set();
  const once = stars.filter(({ anchor }) => !had.has(anchor) && had.add(anchor));
  once.sort((one, other) => (one.starred < other.starred ? 1 : one.starred > other.starred ? -1 : 0));
  return once.slice(0, MOST_STARS);
}

/** @param {unknown} value @returns {Follows} */
function readFollows(value) {
  const { topics, authors, phrases } = fieldsOf(value);
  const [some, names, words] = [topics, authors, phrases].map((each) => [...new Set(textsOf(each, MOST_FOLLOWED))]);
  return { topics: some ?? [], authors: names ?? [], phrases: words ?? [] };
}

/** @param {unknown} value @returns {Choices} */
function readChoices(value) {
  const { hidesRead, hasKeys } = fieldsOf(value);
  return { hidesRead: hidesRead === true, hasKeys: hasKeys !== false };
}

/**
 * One value under one name. It is read anew for every use and change, so tabs never undo each other's work.
 * @template T @param {string} name @param {(value: unknown) => T} read makes the best of what is there
 */
export function kept(name, read) {
  const key = `${ROOT.pathname}.${name}`;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const text = () => {
    try {
      return unstored.get(key) ?? localStorage.getItem(key);
    } catch {
      return null; // storage is refused
    }
  };
  const stored = () => {
    try {
      return fieldsOf(JSON.parse(text() ?? "{}"));
    } catch {
      return {}; // not ours, or damaged: as if it were not there
    }
  };
  const isNewer = () => Number(stored().version) > VERSION;
  const get = () => read(isNewer() ? undefined : stored().value);
  /** @param {(value: T) => unknown} make */
  const change = (make) => {
    const body = JSON.stringify({ version: VERSION, value: read(make(get())) });
    try {
      if (isNewer()) throw new Error("A newer page of this site wrote it: it is left alone.");
      localStorage.setItem(key, body);
      unstored.delete(key);
    } catch {
      unstored.set(key, body);
    }
    for (const tell of listeners) tell();
  };
  /** Also of other tabs' changes. @param {() => void} tell */
  const listen = (tell) => void listeners.add(tell);
  globalThis.addEventListener?.("storage", (event) => {
    if (event.key === key || event.key === null) for (const tell of listeners) tell();
  });
  return { name: key, get, change, listen, isStored: () => !unstored.has(key) };
}

export const stars = kept("stars", readStars);
/** Anchors. */
export const read = kept("read", (value) => [...new Set(listOf(value).filter(isAnchor))].slice(0, MOST_READ));
export const follows = kept("follows", readFollows);
export const choices = kept("choices", readChoices);
/** The newest day that stood on the first page when this reader last came; empty for who comes first. */
export const visit = kept("visit", (value) => (isDay(value) ? value : ""));
/** In the tab's own storage: the same, as it was when the tab came. */
export const HERE = `${visit.name}.here`;

/** @param {string} anchor */
export const isStarred = (anchor) => stars.get().some((star) => star.anchor === anchor);

/** Star a paper, or take its star away; whether it is starred now. @param {Omit<Star, "starred">} paper */
export function toggleStar(paper) {
  const had = isStarred(paper.anchor);
  const rest = (/** @type {Star[]} */ all) => all.filter(({ anchor }) => anchor !== paper.anchor);
  stars.change((all) => (had ? rest(all) : [{ ...paper, starred: new Date().toISOString() }, ...rest(all)]));
  return !had;
}

/**
 * A paper as a page shows it → what is kept of it; null when the page does not say where it belongs.
 * @param {Element} article @param {string} [address] the page's
 */
export function paperOf(article, address = article.baseURI) {
  const place = /** @type {HTMLAnchorElement | null} */ (article.querySelector("a.permalink"));
  const found = /(\d{4})\/(\d\d)\/(\d\d)\/#([^#]+)$/.exec(place?.getAttribute("href") ?? "");
  const here = /(\d{4})\/(\d\d)\/(\d\d)\/$/.exec(new URL(address).pathname);
  const title = article.querySelector(".paper-title");
  const names = [...article.querySelectorAll(".authors bdi")].map((name) => name.textContent);
  const [, year, month, date] = found ?? here ?? [];
  return readStar({
    ...{ anchor: article.id, day: `${year}-${month}-${date}`, title: title?.textContent, authors: names },
    ...{ more: Math.max(0, names.length - MOST_AUTHORS), url: title?.querySelector("a")?.href },
  });
}
