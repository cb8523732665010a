// @ts-check
/**
 * The first page's strip of days → which of them are new since this reader's last visit, kept in this browser only.
 *
 * A visit is a day's papers seen, not a moment: what counts is the newest day that stood here last time. It lasts as
 * long as the tab, so that coming back from a paper does not make everything old.
 */

import { element } from "../search/box.js";
import { HERE, isDay, visit } from "./shelf.js";

/** The newest day seen before this visit; empty for who comes first. @param {string} newest what stands here now */
function before(newest) {
  try {
    const known = sessionStorage.getItem(HERE) ?? visit.get();
    sessionStorage.setItem(HERE, known);
    return known;
  } catch {
    return visit.get();
  } finally {
    visit.change((day) => (day > newest ? day : newest));
  }
}

/** @type {(count: number, word: string) => string} */
const counted = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

const strip = /** @type {HTMLElement} */ (document.querySelector(".strip"));
const days = [...strip.querySelectorAll(".strip-day")].map((place) => ({
  place,
  day: place.querySelector("time")?.dateTime ?? "",
  papers: Number.parseInt(place.querySelector("small")?.textContent ?? "", 10) || 0,
}));
const newest = document.querySelector("[data-newest]")?.getAttribute("data-newest") ?? "";
const seen = isDay(newest) ? before(newest) : "";
const fresh = days.filter(({ day, papers }) => seen && day > seen && papers);
const all = fresh.reduce((sum, { papers }) => sum + papers, 0);
for (const { place } of fresh) {
  place.classList.add("strip-new");
  place.querySelector("time")?.append(element("span", { class: "visually-hidden" }, ", new since your last visit"));
}
if (seen) {
  const words = all
    ? `${counted(all, "paper")} on ${counted(fresh.length, "day")} since your last visit`
    : "Nothing new since your last visit";
  const more = fresh.length === days.length && all ? ", or more" : "";
  strip.after(element("p", { class: "since" }, `${words}${more}.`));
}
