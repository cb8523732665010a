// @ts-check
/** The page of saved papers: its list, what leads out of it and into it. All text is set as text, whoever wrote it. */

import { element, link } from "../search/box.js";
import "./keeping.js";
import { fragmentOf, jsonOf, papersIn } from "./sharing.js";
import { dayName, pathOf, stars, visit } from "./shelf.js";
import "./suggesting.js";

/** @import { Star } from "./shelf.js" */

/** @type {(selector: string) => any} */
const part = (selector) => document.querySelector(`.saved ${selector}`);
const [list, status, filter, address] = [".saved-list", ".saved-status", ".saved-filter input", ".saved-address"].map(part);
/** @type {Record<string, [type: string, make: (stars: Star[]) => string | Promise<string>]>} */
const FORMS = {
  json: ["application/json", jsonOf],
  bib: ["application/x-bibtex", async (papers) => (await import("./citing.js")).bibtexOf(papers)],
  ris: ["application/x-research-info-systems", async (papers) => (await import("./citing.js")).risOf(papers)],
};

/** @type {(count: number) => string} */
export const papersOf = (count) => `${count.toLocaleString("en")} ${count === 1 ? "paper" : "papers"}`;

/** A paper's title, which leads to it, its day and its authors. @param {Omit<Star, "starred" | "url">} paper @param {...Node} more */
export function line(paper, ...more) {
  const names = paper.authors.length > 4 ? paper.authors.slice(0, 3) : paper.authors;
  const rest = paper.authors.length - names.length + paper.more;
  const authors = names.join(", ") + (rest ? ` and ${rest.toLocaleString("en")} more` : "");
  const title = link(pathOf(paper), element("bdi", {}, paper.title));
  const facts = [dayName(paper.day), authors].filter(Boolean).join(" · ");
  return element("li", { class: "line" }, title, element("span", { class: "line-facts" }, facts), ...more);
}

/** @param {string} words @param {...Node} more */
function say(words, ...more) {
  status.replaceChildren(words, ...more);
}

/** @param {Star} star */
function savedLine(star) {
  const remove = element("button", { type: "button", class: "remove", "aria-label": `Remove “${star.title}”` }, "Remove");
  const item = line(star, remove);
  remove.addEventListener("click", () => {
    const at = [...list.children].indexOf(item);
    stars.change((all) => all.filter(({ anchor }) => anchor !== star.anchor));
    const undo = element("button", { type: "button" }, "Undo");
    undo.addEventListener("click", () => {
      stars.change((all) => [star, ...all]);
      say(`“${star.title}” is back.`);
      filter.focus();
    });
    say(`Removed “${star.title}”. `, undo);
    (list.children[Math.min(at, list.children.length - 1)]?.querySelector("a") ?? undo).focus();
  });
  return item;
}

function show() {
  const all = stars.get();
  const wanted = filter.value.trim().toLowerCase().split(/\s+/u);
  const says = (/** @type {Star} */ { title, authors, day, anchor }) => [title, ...authors, day, anchor].join(" ").toLowerCase();
  const shown = all.filter((/** @type {Star} */ star) => wanted.every((/** @type {string} */ word) => says(star).includes(word)));
  list.replaceChildren(...shown.map(savedLine));
  part(".saved-none").hidden = all.length > 0;
  part(".saved-filter").hidden = all.length === 0;
  for (const button of document.querySelectorAll("[data-export], .saved-link")) {
    /** @type {HTMLButtonElement} */ (button).disabled = all.length === 0;
  }
}

/** Hand a file over to the reader. @param {string} name @param {string} type @param {string} text */
function save(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

for (const button of document.querySelectorAll("[data-export]")) {
  button.addEventListener("click", async () => {
    const form = button.getAttribute("data-export") ?? "json";
    const [type, make] = FORMS[form] ?? ["", jsonOf];
    const all = stars.get();
    save(`saved-papers.${form}`, type, await make(all));
    say(`${papersOf(all.length)} written into saved-papers.${form}.`);
  });
}

part(".saved-link").addEventListener("click", async () => {
  const all = stars.get();
  const href = new URL(fragmentOf(all), location.href.split("#")[0]).href;
  address.hidden = false;
  address.querySelector("input").value = href;
  try {
    await navigator.clipboard.writeText(href);
    say(`A link with ${papersOf(all.length)} is in the clipboard.`);
  } catch {
    address.querySelector("input").select();
    say("This browser does not give the clipboard away: copy the link that stands here.");
  }
});

part(".saved-import input").addEventListener("change", async (/** @type {{ target: any }} */ { target }) => {
  const [file] = target.files ?? [];
  if (!file) return;
  try {
    add(papersIn(await file.text()));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  target.value = "";
});

/** Those that are not there yet. @param {Star[]} papers */
export function add(papers) {
  const had = new Set(stars.get().map(({ anchor }) => anchor));
  const fresh = papers.filter(({ anchor }) => !had.has(anchor));
  stars.change((all) => [...all, ...fresh]);
  const rest = papers.length - fresh.length;
  say(`${papersOf(fresh.length)} added${rest ? `; ${rest.toLocaleString("en")} stood here already` : ""}.`);
}

filter.addEventListener("input", show);
stars.listen(show);
show();
part(".saved-plain").hidden = true;
part(".saved-parts").hidden = false;
visit.change((day) => day);
part(".saved-refused").hidden = visit.isStored();
const offer = async () => location.hash.startsWith("#list=") && (await import("./offer.js")).showOffer();
addEventListener("hashchange", offer);
offer();
