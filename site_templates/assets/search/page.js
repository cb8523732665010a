// @ts-check
/**
 * The search page. Its address says what it shows: `?q=` a query, `?like=` a paper's anchor; neither, the last searches.
 */

import { newest, PAUSE } from "./box.js";
import { element, line, link, remarks, ROOT, search, searchLink, title } from "./result.js";

/** @typedef {import("./result.js").Answer} Answer */

const STEP = 10;
const MOST = 8;
const RECENT = `${ROOT.pathname}.searches`;
const ORDERS = { "": "Best first", "sort:date": "Newest first", "sort:votes": "Most votes first" };
/** @type {[keyof Answer["facets"], string][]} */
const FACETS = [["topic", "Topic"], ["year", "Year"], ["source", "Source"], ["curator", "Curator"], ["has", "With"]];
const ITEM = /-?(?:[A-Za-z]+:)?(?:"[^"]*"|[^\s"]+)/gu;
const CONDITION = /^-?(?:title|author|org|topic|curator|source|has|before|after|on|year):/iu;

/** @type {(selector: string) => any} */
const part = (selector) => document.querySelector(`.search ${selector}`);
const [input, results, more] = ["#search-query", "#search-results", ".search-more"].map(part);
const run = newest((words) => show([element("strong", {}, words)]));
const name = document.title;
let settled = location.href;

const query = () => new URLSearchParams(location.search).get("q")?.trim() ?? "";

/**
 * What the address says, found; the way to show it.
 *
 * @param {AbortSignal} signal
 */
async function look(signal) {
  const text = query();
  const anchor = new URLSearchParams(location.search).get("like");
  if (input.value.trim() !== text) input.value = text;
  document.title = text ? `${text} - ${name}` : name;
  if (!results.childElementCount) show(["Searching…"]);
  if (text) return found(text, await search.find(text, { limit: STEP, signal }));
  if (!anchor) return showRecent;
  const { paper, results: alike } = await search.similar(anchor, { signal });
  const said = paper ? ["Papers like ", title(paper)] : [`No paper has the id ${anchor}.`];
  return () => show(said, alike.map((result) => line(result)));
}

/** @type {(said: (string | Node)[], lines?: Node[], conditions?: Node[], facets?: Node[], hasMore?: boolean) => void} */
function show(said, lines = [], conditions = [], facets = [], hasMore = false) {
  part("[role=status]").replaceChildren(...said);
  results.replaceChildren(...lines);
  part("nav").replaceChildren(...conditions);
  part(".search-facets div").replaceChildren(...facets);
  part(".search-facets").hidden = facets.length === 0;
  more.hidden = !hasMore;
}

/** @type {(text: string, answer: Answer) => () => void} */
function found(text, answer) {
  const count = `${answer.isExact ? "" : "About "}${answer.total.toLocaleString("en")} ${answer.total === 1 ? "paper." : "papers."}`;
  const advice = [" Try fewer or other words, take a condition away, or look in the ", link("archive/", "archive"), "."];
  const said = answer.results.length ? [[count, ...remarks(answer)].join(" ")] : [remarks(answer).join(" "), ...advice];
  const lines = answer.results.map((result) => line(result, answer.highlights));
  return () => show(said, lines, conditions(text), facets(text, answer.facets), isCut(answer, 0));
}

/** @type {(answer: Answer, offset: number) => boolean} */
const isCut = ({ results, total, isExact }, offset) =>
  results.length === STEP && !(isExact && offset + STEP >= total);

/** @param {AbortSignal} signal */
async function lookFurther(signal) {
  const offset = results.childElementCount;
  const answer = await search.find(query(), { offset, limit: STEP, signal });
  const lines = answer.results.map((result) => line(result, answer.highlights));
  return () => {
    results.append(...lines);
    more.hidden = !isCut(answer, offset);
    lines[0]?.querySelector("a")?.focus();
  };
}

/** Links to the other orders, and to the query without each of its conditions. @param {string} text */
function conditions(text) {
  const items = text.match(ITEM) ?? [];
  const sort = items.find((item) => item.startsWith("sort:")) ?? "";
  const others = items.filter((item) => !item.startsWith("sort:"));
  const orders = Object.entries(ORDERS).map(([order, label]) => {
    const made = searchLink({ q: [...others, order].join(" ").trim() }, label);
    made.ariaCurrent = String(order === sort);
    return made;
  });
  const chips = others.filter((item) => CONDITION.test(item)).map((item) => {
    const made = searchLink({ q: items.filter((other) => other !== item).join(" ") }, `${item} ×`);
    made.ariaLabel = `Take away ${item}`;
    return made;
  });
  return [...orders, ...chips];
}

/** Links to the query with one more condition each. @type {(text: string, found: Answer["facets"]) => Node[]} */
function facets(text, found) {
  return FACETS.flatMap(([field, name]) => {
    const items = found[field].slice(0, MOST).flatMap(({ value, label, count, isExact }) => {
      const item = `${field}:${/\s/u.test(value) ? `"${value}"` : value}`;
      const number = element("small", {}, `${isExact ? "" : "about "}${count.toLocaleString("en")}`);
      return text.includes(item) ? [] : element("li", {}, searchLink({ q: `${text} ${item}` }, label, " ", number));
    });
    return items.length ? [element("h2", {}, name), element("ul", {}, ...items)] : [];
  });
}

function showRecent() {
  const texts = recent();
  const forget = element("button", { type: "button" }, "Forget them");
  forget.addEventListener("click", () => {
    localStorage.removeItem(RECENT);
    showRecent();
    input.focus();
  });
  const lines = texts.map((q) => element("li", { class: "line" }, searchLink({ q }, q)));
  show(texts.length ? ["Your last searches, kept in this browser only. ", forget] : [], lines);
}

/** The last searches, `text` being the newest; none in a browser that keeps nothing. @returns {string[]} */
function recent(text = "") {
  try {
    const texts = [text, ...JSON.parse(localStorage.getItem(RECENT) ?? "[]")].filter(Boolean).map(String);
    const kept = [...new Set(texts)].slice(0, MOST);
    localStorage.setItem(RECENT, JSON.stringify(kept));
    return kept;
  } catch {
    return [];
  }
}

/** Show a place that the back button leads to. */
function settle() {
  settled = location.href;
  recent(query());
  run(look);
}

/** @param {string} href */
function go(href) {
  if (href !== location.href) history.pushState(null, "", href);
  settle();
}

const typed = () => /** @type {HTMLAnchorElement} */ (searchLink({ q: input.value.trim() })).href;

input.addEventListener("input", () => {
  run(async (signal) => {
    history.replaceState(null, "", typed());
    return look(signal);
  }, PAUSE);
});
part("form").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  history.replaceState(null, "", settled);
  go(typed());
});
part("").addEventListener("click", (/** @type {MouseEvent} */ event) => {
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link) return;
  if (results.contains(link)) recent(query());
  const isSearch = link.search && link.origin + link.pathname === location.origin + location.pathname;
  if (!isSearch || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href);
  part("[role=status]").focus();
});
more.addEventListener("click", () => run(lookFurther));
addEventListener("popstate", settle);

part(".search-plain").hidden = true;
part(".search-facets").open = matchMedia("(min-width: 76.25em)").matches;
if (!location.search) input.focus();
settle();
