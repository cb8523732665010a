// @ts-check
/**
 * What single keys do: next and previous paper, open, star, days, help. start.js says when they are heeded.
 */

const STOPS = "article.paper, li.line";

/** Where the focus goes in a paper or a line. @param {Element} stop */
const headOf = (stop) =>
  /** @type {HTMLElement | null} */ (stop.querySelector(".paper-title a, :scope > a") ?? stop.querySelector(".paper-title"));

/** @param {number} step */
function move(step) {
  const stops = [...document.querySelectorAll(STOPS)].filter((stop) => stop.getClientRects().length && headOf(stop));
  const now = stops.findIndex((stop) => stop.contains(document.activeElement));
  const below = stops.findIndex((stop) => stop.getBoundingClientRect().bottom > innerHeight / 4);
  const first = below < 0 ? stops.length : below;
  const next = stops[now < 0 ? (step > 0 ? first : first - 1) : now + step];
  const head = next && headOf(next);
  if (!next || !head) return;
  if (!head.matches("a")) head.tabIndex = -1;
  head.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

/** @param {string} selector */
function press(selector) {
  const stop = document.activeElement?.closest(STOPS);
  /** @type {HTMLElement | null | undefined} */ (stop?.querySelector(selector))?.click();
}

/** @param {string} rel */
const follow = (rel) => /** @type {HTMLElement | null} */ (document.querySelector(`.turn a[rel=${rel}]`))?.click();

/** @type {Record<string, () => unknown>} */
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => press(".paper-title a, :scope > a"),
  s: () => press(".star"),
  n: () => follow("next"),
  p: () => follow("prev"),
  "?": async () => (await import("./help.js")).showHelp(),
};

/** @param {string} key one that start.js lets through */
export const act = (key) => KEYS[key]?.();
