// @ts-check
/**
 * "Followed by" under a paper's "More": papers of later days that are near in meaning, which the page itself cannot
 * know, from the search index. Nothing is loaded before a reader opens it, and nothing is said where there are none.
 */

const MOST = 3;
const WRITTEN = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
/** @type {WeakSet<Element>} */
const asked = new WeakSet();

/** @param {HTMLDetailsElement} details */
async function follow(details) {
  const { element, searching, title } = await import("./search/box.js");
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

/** Such events do not bubble, so they are caught on their way down. @param {Event} event */
function opened({ target: details }) {
  const isMore = details instanceof HTMLDetailsElement && details.open && details.matches("article.paper .more");
  if (!isMore || asked.has(details)) return;
  asked.add(details);
  follow(details).catch(() => asked.delete(details)); // offline, say: the next opening asks again
}

document.addEventListener("toggle", opened, true);
