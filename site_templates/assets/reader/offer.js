// @ts-check
/** A link that carries a list → its papers, as their own pages tell of them, for the reader to add or not. */

import { lookUp } from "./looking.js";
import { add, line, papersOf } from "./saved.js";
import { NO_LIST, placesIn } from "./sharing.js";
import { isStarred } from "./shelf.js";

export async function showOffer() {
  /** @type {(selector: string) => any} */
  const part = (selector) => document.querySelector(`.saved-offer ${selector}`);
  const section = /** @type {HTMLElement} */ (document.querySelector(".saved-offer"));
  const [said, list, yes, no] = [".offer-said", "ol", ".offer-add", ".offer-leave"].map(part);
  const places = placesIn(location.hash);
  const close = () => {
    section.hidden = true;
    history.replaceState(null, "", location.pathname);
  };
  list.replaceChildren();
  yes.hidden = true;
  no.textContent = "Close";
  no.onclick = close;
  section.hidden = false;
  said.textContent = places ? `Looking up ${papersOf(places.length)}…` : NO_LIST;
  section.focus();
  if (!places) return;
  const papers = (await lookUp(places)).filter(({ anchor }) => !isStarred(anchor));
  list.replaceChildren(...papers.map((paper) => line(paper)));
  const had = places.filter(({ anchor }) => isStarred(anchor)).length;
  const lost = places.length - papers.length - had;
  said.textContent = [
    `A link brought ${papersOf(places.length)}.`,
    had ? `${had.toLocaleString("en")} of them stood here already.` : "",
    lost ? `${lost.toLocaleString("en")} of them are not on this site.` : "",
  ].filter(Boolean).join(" ");
  if (!papers.length) return;
  yes.hidden = false;
  yes.textContent = `Add ${papersOf(papers.length)}`;
  no.textContent = "No, thanks";
  yes.onclick = () => {
    const starred = new Date().toISOString();
    add(papers.map((paper) => ({ ...paper, starred })));
    close();
    /** @type {HTMLElement | null} */ (document.querySelector(".saved-list a"))?.focus();
  };
}
