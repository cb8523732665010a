// @ts-check
/**
 * The home page's date of the newest papers → a plain word when that is too long ago.
 *
 * Pages hold no clock, so only the reader's browser can tell. Without JavaScript the date stands there alone.
 */

/** Days without papers that weekends and holidays explain. */
export const PATIENCE = 3;

const DAY = 24 * 60 * 60 * 1000;

/**
 * Whole UTC days from `newest` to `now`; NaN when `newest` is no ISO date.
 *
 * @param {string} newest a day such as 2025-10-01
 * @param {number} now milliseconds since the epoch
 * @returns {number}
 */
export function daysOld(newest, now) {
  return Math.floor((now - Date.parse(`${newest}T00:00:00Z`)) / DAY);
}

/**
 * What a reader should know about the age of the newest papers; empty when there is nothing to say.
 *
 * @param {string} newest
 * @param {number} now
 * @returns {string}
 */
export function staleness(newest, now) {
  const days = daysOld(newest, now);
  return days > PATIENCE ? `That is ${days.toLocaleString("en")} days ago: this site may have stopped being updated.` : "";
}

/**
 * Write the staleness of every marked date into the `.stale` element that follows it.
 *
 * @param {ParentNode} root
 * @param {number} now
 */
export function showStaleness(root, now) {
  for (const time of root.querySelectorAll("time[data-newest]")) {
    const place = time.closest("p")?.querySelector(".stale");
    if (place) place.textContent = staleness(time.getAttribute("data-newest") ?? "", now);
  }
}

if (typeof document !== "undefined") showStaleness(document, Date.now());
