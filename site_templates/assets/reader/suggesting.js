// @ts-check
/** “For you” on the page of saved papers: asked for by a button, made in this browser. */

import { element, link } from "../search/box.js";
import { lookUp } from "./looking.js";
import { ROOT, dayName, isStarred, pathOf, stars, toggleStar } from "./shelf.js";

/** @import { Suggestion } from "./foryou.js" */

const SHOWN = 20;
/** @type {(selector: string) => any} */
const part = (selector) => document.querySelector(`.saved ${selector}`);
const [button, status, list] = [".suggest", ".suggest-status", ".suggest-list"].map(part);

async function run() {
  const [{ FEWEST, gather, suggest }, { Index }, { Files }] = await Promise.all([
    import("./foryou.js"),
    import("../search/index.js"),
    import("../search/files.js"),
  ]);
  const anchors = stars.get().map(({ anchor }) => anchor);
  if (anchors.length < FEWEST) throw new Error(`Star ${FEWEST} papers at least: from fewer nothing can be learnt.`);
  const index = await Index.open(new Files(new URL("search/", ROOT).href));
  const { latest, starred } = await gather(index, anchors);
  if (starred.length < FEWEST) throw new Error(`Of your stars, fewer than ${FEWEST} are papers of this site.`);
  const { suggestions, words } = suggest(starred, latest, SHOWN);
  list.replaceChildren(...suggestions.map(line));
  const driven = words.length ? ` Words that count: ${words.join(", ")}.` : "";
  status.textContent = suggestions.length
    ? `The best ${suggestions.length} of ${latest.length.toLocaleString("en")} papers, by ${starred.length} stars.${driven}`
    : "There are no papers of the newest 30 days but those you have starred.";
}

/** @param {Suggestion} suggestion */
function line({ paper, words, like }) {
  const star = element("button", { type: "button", class: "star", "aria-label": `Star “${paper.title}”` });
  const show = () => star.setAttribute("aria-pressed", String(isStarred(paper.anchor)));
  star.addEventListener("click", async () => {
    // The index names three authors, the paper's page all.
    const [whole] = isStarred(paper.anchor) ? [] : await lookUp([paper]);
    toggleStar(whole ?? { ...paper, authors: [], more: 0, url: "" });
  });
  stars.listen(show);
  show();
  const because = [words.length ? `Because of ${words.join(", ")}` : "", like ? "close to" : ""].filter(Boolean).join("; ");
  const near = like ? [" ", link(pathOf(like), element("bdi", {}, like.title))] : [];
  return element(
    "li",
    { class: "line" },
    star,
    link(pathOf(paper), element("bdi", {}, paper.title)),
    element("span", { class: "line-facts" }, [dayName(paper.day), paper.authors].filter(Boolean).join(" · ")),
    element("span", { class: "line-facts because" }, because, ...near),
  );
}

button.addEventListener("click", async () => {
  status.textContent = "Ranking…";
  list.replaceChildren();
  button.disabled = true;
  await run().catch((error) => (status.textContent = error instanceof Error ? error.message : String(error)));
  button.disabled = false;
});
