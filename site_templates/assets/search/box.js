// @ts-check
/**
 * The header's box is a plain form until a reader turns to it; then `suggest.js` comes. And what modules of all
 * pages have in common. Pages load this module and, until then, nothing else of search.
 */

/** The site's own address, on whatever host and below whatever path. */
export const ROOT = new URL("../../", import.meta.url);
/** @type {(name: string, attributes?: Record<string, string>, ...children: (string | Node)[]) => HTMLElement} */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @type {(path: string, ...children: (string | Node)[]) => HTMLElement} */
export const link = (path, ...children) => element("a", { href: new URL(path, ROOT).href }, ...children);

const form = document.querySelector(".box");
const assist = async () => (await import("./suggest.js")).assist(/** @type {Element} */ (form));
if (form?.contains(document.activeElement)) assist();
else if (form) form.addEventListener("focusin", assist, { once: true });
else if (document.querySelector("#search-results")) import("./page.js");
