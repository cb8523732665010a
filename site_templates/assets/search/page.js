// @ts-check
/**
 * The search page. Its address says what it shows: papers for a query, `?q=`, or like a paper, `?like=`; else the last
 * searches. Its links to itself are followed in place.
 */

import { element, link, ROOT } from "./box.js";
import { address, marked, newest, PAUSE, remarks, searching, title } from "./showing.js";

/** @import { Found, Result } from "./search.js" */

const [STEP, MOST] = [10, 8];
const RECENT = `${ROOT.pathname}.searches`;
const ORDERS = { "": "Best first", "sort:date": "Newest first", "sort:votes": "Most votes first" };
/** @type {Record<keyof Found["facets"], string>} */
const FACETS = { topic: "Topic", year: "Year", source: "Source", curator: "Curator", has: "With" };
const CONDITION = /^-?(?:title|author|org|topic|curator|source|has|before|after|on|year):/iu;

/** @type {(selector: string) => any} */
const part = (selector) => document.querySelector(`.search ${selector}`);
const [input, results, more, status] = ["#search-query", "#search-results", ".search-more", "[role=status]"].map(part);
const run = newest((words) => {
  if (!more.matches(":focus")) show([]);
  status.replaceChildren(element("strong", {}, words));
});
const name = document.title;
let settled = location.href;

const asked = (field = "q") => new URLSearchParams(location.search).get(field)?.trim() ?? "";
const typed = () => address({ q: input.value.trim() });

/** Find what the address says; the way to show it. @param {AbortSignal} signal */
async function look(signal) {
  const [text, anchor] = [asked(), asked("like")];
  if (input.value.trim() !== text) input.value = text;
  document.title = text ? `${text} - ${name}` : name;
  if (!results.childElementCount) show(["Searching…"]);
  if (text) return found(text, 0, signal);
  if (!anchor) return showRecent;
  const { paper, results: alike } = await (await searching()).similar(anchor, { signal });
  const begun = alike.length ? "Papers like " : "No paper is like ";
  const said = paper ? [begun, title(paper)] : [`No paper has the id ${anchor}.`];
  return () => show(said, alike.map((result) => line(result)));
}

/** @type {(said: (string | Node)[], lines?: Node[], conditions?: Node[], facets?: Node[]) => void} */
function show(said, lines = [], conditions = [], facets = []) {
  status.replaceChildren(...said);
  results.replaceChildren(...lines);
  part("nav").replaceChildren(...conditions);
  part(".search-facets div").replaceChildren(...facets);
  part(".search-facets").hidden = facets.length === 0;
  more.hidden = true;
}

/** @type {(text: string, offset: number, signal: AbortSignal) => Promise<() => void>} */
async function found(text, offset, signal) {
  const answer = await (await searching()).find(text, { offset, limit: STEP, signal });
  const lines = answer.results.map((result) => line(result, answer.highlights));
  const total = `${answer.total.toLocaleString("en")} ${answer.total === 1 ? "paper" : "papers"}.`;
  const said = lines.length
    ? [`${answer.isExact ? "" : "About "}${total}`, ...remarks(answer)]
    : [...remarks(answer), "Try other words or fewer conditions; the", link("archive/", "archive"), "has every paper."];
  return () => {
    if (offset) results.append(...lines);
    else show(said.flatMap((each) => [each, " "]), lines, conditions(text), facets(text, answer.facets));
    if (offset) lines[0]?.querySelector("a")?.focus();
    more.hidden = lines.length < STEP || (answer.isExact && offset + STEP >= answer.total);
  };
}

/** @param {Result} result @param {string[]} [highlights] */
function line(result, highlights = []) {
  const written = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const day = new Date(result.day).toLocaleDateString("en-GB", written);
  const facts = [day, result.authors, result.organization].filter(Boolean).join(" · ");
  const has = result.matched.length ? [`Has: ${result.matched.join(", ")}`] : [];
  const why = [...has, ...(result.byMeaning ? ["Close in meaning"] : [])].join(". ");
  const alike = linkTo({ like: result.anchor }, "Papers like this one");
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

/** @param {Result} result */
function badges({ isPick, isWithdrawn, hasNote, hasCode, curators, votes, topics }) {
  const all = [
    ["pick", isPick && "Pick"],
    ["withdrawn", isWithdrawn && "Withdrawn"],
    ["note", hasNote && `Note${curators.length ? " by " : ""}${curators.join(", ")}`],
    ["code", hasCode && "Code"],
    ["votes", votes && (votes === 1 ? "1 vote" : `${votes.toLocaleString("en")} votes`)],
    ...topics.map(({ slug, name }) => /** @type {const} */ (["topic", link(`topics/${slug}/`, name)])),
  ];
  return all.flatMap(([kind, content]) => (content ? element("li", { class: `badge badge-${kind}` }, content) : []));
}

/** Another search. @type {(where: Parameters<typeof address>[0], ...children: (string | Node)[]) => HTMLElement} */
const linkTo = (where, ...children) => element("a", { href: address(where) }, ...children);

/** @type {(text: string) => string[]} */
const termsOf = (text) => text.match(/-?(?:[A-Za-z]+:)?(?:"[^"]*"|[^\s"]+)/gu) ?? [];

/** Links to the other orders, and to the query without each of its conditions. @param {string} text */
function conditions(text) {
  const items = termsOf(text);
  const isSort = (/** @type {string} */ item) => item.startsWith("sort:");
  const others = items.filter((item) => !isSort(item));
  const orders = Object.entries(ORDERS).map(([order, label]) => {
    const ariaCurrent = String(order === (items.find(isSort) ?? ""));
    return Object.assign(linkTo({ q: [...others, order].join(" ").trim() }, label), { ariaCurrent });
  });
  const chips = others.filter((item) => CONDITION.test(item)).map((item) => {
    const q = items.filter((other) => other !== item).join(" ");
    return Object.assign(linkTo({ q }, `${item} ×`), { ariaLabel: `Take away ${item}` });
  });
  return [...orders, ...chips];
}

/** Links to the query with one more condition each. @type {(text: string, found: Found["facets"]) => Node[]} */
function facets(text, found) {
  return Object.entries(FACETS).flatMap(([field, name]) => {
    const items = found[/** @type {keyof Found["facets"]} */ (field)].slice(0, MOST).flatMap((facet) => {
      const item = `${field}:${/\s/u.test(facet.value) ? `"${facet.value}"` : facet.value}`;
      const count = element("small", {}, `${facet.isExact ? "" : "about "}${facet.count.toLocaleString("en")}`);
      const made = linkTo({ q: `${text} ${item}` }, facet.label, " ", count);
      return termsOf(text).includes(item) ? [] : element("li", {}, made);
    });
    return items.length ? [element("h2", {}, name), element("ul", {}, ...items)] : [];
  });
}

function showRecent() {
  const forget = element("button", { type: "button" }, "Forget them");
  forget.addEventListener("click", () => {
    localStorage.removeItem(RECENT);
    showRecent();
    input.focus();
  });
  const lines = recent().map((q) => element("li", { class: "line" }, linkTo({ q }, q)));
  show(lines.length ? ["Your last searches, kept in this browser only. ", forget] : [], lines);
}

/** The last searches, `text` being the newest; none in a browser that keeps nothing. @returns {string[]} */
function recent(text = "") {
  try {
    const texts = [text, ...JSON.parse(localStorage.getItem(RECENT) ?? "[]")].filter(Boolean).map(String);
    const kept = [...new Set(texts)].slice(0, MOST);
    if (text) localStorage.setItem(RECENT, JSON.stringify(kept));
    return kept;
  } catch {
    return [];
  }
}

/** Show a place that the back button leads to. */
function settle() {
  settled = location.href;
  recent(asked());
  run(look);
}

/** @param {string} href */
function go(href) {
  if (new URL(href, location.href).href !== location.href) history.pushState(null, "", href);
  settle();
}

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
  if (results.contains(link)) recent(asked());
  const isSearch = link.search && link.origin + link.pathname === location.origin + location.pathname;
  if (!isSearch || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href);
  status.focus();
});
more.addEventListener("click", () => run((signal) => found(asked(), results.childElementCount, signal)));
addEventListener("popstate", settle);

part(".search-plain").hidden = true;
part(".search-facets").open = matchMedia("(min-width: 76.25em)").matches;
if (!location.search && input.value) history.replaceState(null, "", typed()); // typed before this module came
else if (!location.search) input.focus();
settle();
