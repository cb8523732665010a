// @ts-check
/**
 * What search found → elements, for the header's box and for the search page.
 *
 * All text is set as text: what a paper or a reader says never becomes markup.
 */

import { connect } from "./client.js";

/** @typedef {Awaited<ReturnType<typeof search.find>>} Answer @typedef {Answer["results"][number]} Result */

/** The site's own address, on whatever host and below whatever path. */
export const ROOT = new URL("../../", import.meta.url);
export const search = connect(new URL("search/", ROOT).href);

/** @type {(name: string, attributes?: Record<string, string>, ...children: (string | Node)[]) => HTMLElement} */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @type {(path: string, ...children: (string | Node)[]) => HTMLElement} */
export const link = (path, ...children) => element("a", { href: new URL(path, ROOT).href }, ...children);

/**
 * The search page's address without its path: `q` is a query, `like` a paper's anchor.
 *
 * @param {Record<string, string>} parameters
 */
export const address = (parameters) => `?${new URLSearchParams(parameters)}`;

/**
 * For the header's box: what the last word may become, the first papers, the way to all.
 *
 * @param {string} text
 * @param {AbortSignal} signal
 */
export async function offers(text, signal) {
  const begun = /[\p{L}\p{N}]{2,}$/u.exec(text)?.[0] ?? "";
  const [answer, endings] = await Promise.all([
    search.find(text, { limit: 5, signal }),
    begun ? search.complete(begun, { limit: 3, signal }) : [],
  ]);
  const queries = endings.map((word) => text.slice(0, text.length - begun.length) + word);
  const options = [
    ...queries.filter((query) => query !== text).map((q) => link(`search/${address({ q })}`, q)),
    ...answer.results.map((result) => title(result, answer.highlights)),
    link(`search/${address({ q: text })}`, "All results"),
  ];
  return { options, words: remarks(answer).join(" ") };
}

/** What a reader should know of an answer, in sentences. @param {Answer} answer */
export function remarks({ results, corrections, hints, isOffline }) {
  return [
    ...(results.length ? [] : ["No paper was found."]),
    ...corrections.map(({ typed, meant }) => `No paper has “${typed}”, so “${meant}” was searched.`),
    ...hints,
    ...(isOffline ? ["You are offline: only what this browser has kept was searched."] : []),
  ];
}

/** One result of the search page. @param {Result} result @param {string[]} [highlights] */
export function line(result, highlights = []) {
  const written = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const day = new Date(result.day).toLocaleDateString("en-GB", /** @type {Intl.DateTimeFormatOptions} */ (written));
  const facts = [day, result.authors, result.organization].filter(Boolean).join(" · ");
  const has = result.matched.length ? [`Has: ${result.matched.join(", ")}`] : [];
  const why = [...has, ...(result.byMeaning ? ["Close in meaning"] : [])].join(". ");
  const alike = element("a", { href: address({ like: result.anchor }) }, "Papers like this one");
  return element(
    "li",
    { class: result.isWithdrawn ? "line paper-withdrawn" : "line" },
    title(result, highlights),
    element("span", { class: "line-facts" }, facts),
    element("p", { class: "found-text", dir: "auto" }, ...marked(result.snippet, highlights)),
    element("ul", { class: "badges" }, ...badges(result)),
    element("p", { class: "found-why" }, element("span", {}, why), alike),
  );
}

/** @type {(result: Result, highlights?: string[]) => HTMLElement} */
export const title = (result, highlights = []) =>
  link(result.url, element("bdi", {}, ...marked(result.title, highlights)));

/** @param {Result} result */
function badges({ isPick, isWithdrawn, hasNote, hasCode, curators, votes, topics }) {
  const facts = {
    pick: isPick && "Pick",
    withdrawn: isWithdrawn && "Withdrawn",
    note: hasNote && `Note${curators.length ? " by " : ""}${curators.join(", ")}`,
    code: hasCode && "Code",
    votes: votes && (votes === 1 ? "1 vote" : `${votes.toLocaleString("en")} votes`),
  };
  const links = topics.map(({ slug, name }) => link(`topics/${slug}/`, name));
  return [...Object.entries(facts), ...links.map((each) => /** @type {const} */ (["topic", each]))].flatMap(
    ([kind, content]) => (content ? element("li", { class: `badge badge-${kind}` }, content) : []),
  );
}

/**
 * `text` with those words marked whose folded form is among `highlights`.
 *
 * @type {(text: string, highlights: string[]) => (string | Node)[]}
 */
function marked(text, highlights) {
  const fold = (/** @type {string} */ word) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  return parts.map((part) => (highlights.includes(fold(part)) ? element("mark", {}, part) : part));
}
