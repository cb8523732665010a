// @ts-check
/**
 * "Followed by" under a paper's "More": papers of later days that are near in meaning, which the page itself cannot
 * know, from the search index. Nothing is loaded before a reader opens it, and nothing is said where there are none.
 */

import { element } from "./search/box.js";
import { searching, title } from "./search/showing.js";

const MOST = 3;
const WRITTEN = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
/** @type {WeakSet<Element>} */
const asked = new WeakSet();

/** @param {HTMLDetailsElement} details */
async function follow(details) {
  const { paper, results } = await (await searching()).similar(details.closest("article")?.id ?? "");
  const later = results.filter(({ day }) => paper && day > paper.day).slice(0, MOST);
  if (!later.length) return;
  const lines = later.map((result) => {
    const day = new Date(result.day).toLocaleDateString("en-GB", WRITTEN);
    return element("li", { dir: "auto" }, title(result), `, ${day}`);
  });
  const shown = [element("p", { class: "related-name" }, "Followed by"), element("ul", { class: "related" }, ...lines)];
  const facts = details.querySelector(":scope > .facts");
  if (facts) facts.before(...shown);
  else details.append(...shown);
}

/** Once, for a paper's "More" that was opened. @param {HTMLDetailsElement} details */
export function showFollowers(details) {
  if (asked.has(details)) return;
  asked.add(details);
  follow(details).catch(() => asked.delete(details)); // offline, say: the next opening asks again
}
