// @ts-check
/** Places of papers → the papers, as the pages of their days show them. */

import { ROOT, paperOf, readStar } from "./shelf.js";

/** @import { Place } from "./sharing.js" @import { Star } from "./shelf.js" */

/** Pages that are read for titles; papers of further days are named by their ids. */
const MOST_PAGES = 40;

/** The papers of a day, as far as its page has them. @param {string} day @param {string[]} anchors @returns {Promise<Star[]>} */
async function papersOn(day, anchors) {
  const page = new URL(`${day.replaceAll("-", "/")}/`, ROOT).href;
  const answer = await fetch(page).catch(() => null);
  if (!answer) return plain(day, anchors); // offline
  if (!answer.ok) return [];
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  return anchors.flatMap((anchor) => {
    const article = found.getElementById(anchor)?.closest("article.paper");
    return (article && paperOf(article, page)) ?? [];
  });
}

/** @param {string} day @param {string[]} anchors */
const plain = (day, anchors) => anchors.flatMap((anchor) => readStar({ day, anchor }) ?? []);

/** Those that there are. @param {Place[]} places */
export async function lookUp(places) {
  const days = [...new Set(places.map(({ day }) => day))];
  const read = days.map((day, at) => {
    const anchors = places.filter((place) => place.day === day).map(({ anchor }) => anchor);
    return at < MOST_PAGES ? papersOn(day, anchors) : plain(day, anchors);
  });
  return (await Promise.all(read)).flat();
}
