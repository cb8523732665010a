// @ts-check
/**
 * Single keys: next and previous paper, open, star, search, days, help.
 *
 * A reader can turn them off (WCAG 2.1.4), and they rest while one types, with other keys held, and in dialogs.
 */

import { choices } from "./shelf.js";

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

/** The search page's own field, the header's, or where there is no room for that the link. */
function search() {
  const fields = [...document.querySelectorAll("#search-query, .box-query, .box-link")];
  const field = fields.find((each) => each.getClientRects().length);
  if (field instanceof HTMLElement) field.focus();
}

/** @type {Record<string, () => unknown>} */
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => press(".paper-title a, :scope > a"),
  s: () => press(".star"),
  "/": search,
  n: () => follow("next"),
  p: () => follow("prev"),
  "?": async () => (await import("./help.js")).showHelp(),
};

document.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = event;
  if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented || !Object.hasOwn(KEYS, key)) return;
  const isTyping = target instanceof Element && target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
  if (isTyping || document.querySelector("dialog[open]") || !choices.get().hasKeys) return;
  event.preventDefault();
  KEYS[key]?.();
});
