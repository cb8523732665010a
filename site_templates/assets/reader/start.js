// @ts-check
/** What readers get on top of the pages: keys and marks everywhere, the rest where a page has a place for it. */

import "./marks.js";
import { choices } from "./shelf.js";

/** The search page's own field, the header's, or where there is no room for that the link. */
function search() {
  const fields = [...document.querySelectorAll("#search-query, .box-query, .box-link")];
  const field = fields.find((each) => each.getClientRects().length);
  if (field instanceof HTMLElement) field.focus();
}

/**
 * What keys do comes with the first of them, but for "/", after which one types at once; without a network they may do
 * nothing. A reader can turn them off (WCAG 2.1.4), and they rest while one types, with other keys held, and in dialogs.
 */
document.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = event;
  if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented || !/^[jkosnp/?]$/.test(key)) return;
  const isTyping = target instanceof Element && target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
  if (isTyping || document.querySelector("dialog[open]") || !choices.get().hasKeys) return;
  event.preventDefault();
  if (key === "/") search();
  else import("./keys.js").then(({ act }) => act(key), () => {});
});

/** Such events do not bubble, so they are caught on their way down. */
document.addEventListener("toggle", ({ target: details }) => {
  if (!(details instanceof HTMLDetailsElement && details.open && details.matches("article.paper .more"))) return;
  import("../followed.js").then(({ showFollowers }) => showFollowers(details), () => {});
}, true);

if (document.querySelector("time[data-newest]")) import("../stale.js");
if (document.querySelector(".strip")) import("./visit.js");
if (document.querySelector(".saved")) import("./saved.js");
