// @ts-check
/** A list of papers ↔ the end of a link, and ↔ a file of JSON. What comes in may be anybody's. */

import { isAnchor, isDay, readStars } from "./shelf.js";

/** @import { Star } from "./shelf.js" */
/** @typedef {{ day: string, anchor: string }} Place */

const START = "#list=";
/** Characters of a link that browsers and messengers still carry; papers in it. */
const [LONGEST, MOST] = [30000, 1000];
const LARGEST = 5e6;
const NAME = "broadsheet-saved";
export const NO_LIST = "This link carries no list of papers that can be read. Ask whoever sent it to copy it again.";

/** `#list=20251001:2509.00001,2509.00002;20251002:…`, oldest day first. @param {Place[]} places */
export function fragmentOf(places) {
  /** @type {Map<string, string[]>} */
  const days = new Map();
  for (const { day, anchor } of places) days.set(day, [...(days.get(day) ?? []), anchor]);
  const parts = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  return START + parts.map(([day, anchors]) => `${day.replaceAll("-", "")}:${anchors.join(",")}`).join(";");
}

/** The papers that the end of an address names: none when it is about something else; null when it cannot be read. @param {string} hash @returns {Place[] | null} */
export function placesIn(hash) {
  if (!hash.startsWith(START)) return [];
  if (hash.length > LONGEST) return null;
  /** @type {Map<string, Place>} */
  const places = new Map();
  for (const part of hash.slice(START.length).split(";")) {
    const [, year, month, date, names] = /^(\d{4})(\d\d)(\d\d):([^:]+)$/.exec(part) ?? [];
    const day = `${year}-${month}-${date}`;
    const anchors = names?.split(",") ?? [];
    if (!isDay(day) || !anchors.length || !anchors.every(isAnchor)) return null;
    for (const anchor of anchors) places.set(anchor, { day, anchor });
  }
  return places.size <= MOST ? [...places.values()] : null;
}

/** @param {Star[]} stars */
export const jsonOf = (stars) => `${JSON.stringify({ kind: NAME, version: 1, papers: stars }, null, 1)}\n`;

/** A file that somebody chose → its papers; an Error says what is wrong with it. @param {string} text */
export function papersIn(text) {
  if (text.length > LARGEST) throw new Error("This file is too large to be a list of papers.");
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error("This file holds no JSON. Choose one that “Export JSON” made.");
  }
  const { kind, version, papers } = /** @type {any} */ (typeof found === "object" && found ? found : {});
  if (kind !== NAME || !Array.isArray(papers)) throw new Error("This file holds no list of papers. Choose one that “Export JSON” made.");
  if (version !== 1) throw new Error("This file was made by a newer version of this site than this page is. Reload the page.");
  const stars = readStars(papers);
  if (papers.length && !stars.length) throw new Error("No paper of this file can be read. Choose one that “Export JSON” made.");
  return stars;
}
