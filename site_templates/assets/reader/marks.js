// @ts-check
/**
 * Papers on a page → with a star to press, faded where they were read, and with a word where they match what is
 * followed. Without this module there is no star, and nothing is remembered.
 */

import { element } from "../search/box.js";
import { choices, follows, isStarred, paperOf, read, stars, toggleStar } from "./shelf.js";

const papers = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article.paper")]);
const status = element("p", { class: "visually-hidden", role: "status" });

/** Say it to who cannot see it. @param {string} words */
export const tell = (words) => (status.textContent = words);

/** @param {HTMLElement} article */
function addStar(article) {
  const row = [...article.children].find((child) => child.matches("ul.links"));
  const paper = paperOf(article);
  if (!row || !paper) return;
  const button = element("button", { type: "button", class: "star", "aria-label": `Star “${paper.title}”` });
  const show = () => button.setAttribute("aria-pressed", String(isStarred(paper.anchor)));
  button.addEventListener("click", () => tell(`${toggleStar(paper) ? "Starred" : "Star taken from"} “${paper.title}”.`));
  stars.listen(show);
  show();
  row.prepend(element("li", { class: "star-place" }, button));
}

/** A word among the badges, once for each kind. @param {HTMLElement} article @param {string} kind @param {string} [words] none take it away */
function badge(article, kind, words = "") {
  const old = article.querySelector(`:scope > .badges > .badge-${kind}`);
  if (old?.textContent === words || (!old && !words)) return;
  old?.remove();
  if (!words) return;
  let row = article.querySelector(":scope > .badges");
  if (!row) article.querySelector(":scope > ul.links")?.before((row = element("ul", { class: "badges" })));
  row?.prepend(element("li", { class: `badge badge-${kind}`, dir: "auto" }, words));
}

/** Fade what was read; not while it is being read, but when the page is shown again. */
function showRead() {
  const known = new Set(read.get());
  for (const article of papers) {
    const isRead = known.has(article.id);
    article.classList.toggle("paper-read", isRead);
    badge(article, "read", isRead ? "Read" : "");
  }
  showTools();
}

async function showFollowed() {
  const followed = follows.get();
  if (!Object.values(followed).some((list) => list.length)) return papers.forEach((article) => badge(article, "followed"));
  const { matches } = await import("./following.js");
  for (const article of papers) {
    const found = matches(article, followed);
    badge(article, "followed", found.length ? `Followed: ${found.join(", ")}` : "");
  }
}

/** A line below the days: whether read papers are hidden, on digests of a day. */
const digest = papers.length ? document.querySelector(".digest:not(section)") : null;
const hide = element("button", { type: "button", class: "tool" });
const hidden = element("span", { class: "tools-said" });

function showTools() {
  const { hidesRead } = choices.get();
  const count = papers.filter((article) => article.matches(".paper-read")).length;
  digest?.classList.toggle("hides-read", hidesRead);
  hide.setAttribute("aria-pressed", String(hidesRead));
  hide.textContent = "Hide read";
  hidden.textContent = count ? `${count === papers.length ? "all" : count} of ${papers.length} read` : "";
}

/** @param {Event} event */
function note({ target, type }) {
  if (!(target instanceof Element)) return;
  const article = target.closest("article.paper");
  const isUnfolded = type === "toggle" && target.matches(".unfold[open]");
  const link = type === "toggle" ? null : target.closest(".paper-title a, .paper > .links > li > a:not(.add-note)");
  const isLeft = link instanceof HTMLAnchorElement && /^https?:$/.test(link.protocol) && link.origin !== location.origin;
  if (article && (isUnfolded || isLeft)) read.change((all) => [article.id, ...all]);
}

if (papers.length) {
  document.body.append(status);
  papers.forEach(addStar);
  const navigation = digest?.querySelector(":scope > .turn");
  navigation?.after(element("p", { class: "tools" }, hide, hidden));
  hide.addEventListener("click", () => {
    choices.change((known) => ({ ...known, hidesRead: !known.hidesRead }));
    showRead();
  });
  for (const type of ["click", "auxclick", "toggle"]) document.addEventListener(type, note, true);
  addEventListener("pageshow", showRead);
  choices.listen(showTools);
  follows.listen(showFollowed);
  showRead();
  showFollowed();
}
