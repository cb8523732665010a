// @ts-check
/**
 * The header's box: words and papers as a reader types.
 *
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/.
 */

import { link } from "./box.js";
import { address, newest, PAUSE, remarks, searching, title } from "./showing.js";

/** Help with what is typed into the field of `form`, which may have begun. @param {Element} form */
export function assist(form) {
  const parts = ["input", "[role=status]", "[role=listbox]"].map((selector) => form.querySelector(selector));
  const [input, status, list] = /** @type {[HTMLInputElement, HTMLElement, HTMLElement]} */ (parts);
  const run = newest((words) => show([], words));
  const chosen = () => [...list.children].findIndex((option) => option.ariaSelected === "true");

  /** @type {(options?: HTMLElement[], words?: string) => void} */
  function show(options = [], words = "") {
    options.forEach((option, n) => Object.assign(option, { id: `box-option-${n}`, role: "option", tabIndex: -1 }));
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    status.textContent = words;
    input.ariaExpanded = String(!list.hidden);
    input.removeAttribute("aria-activedescendant");
  }

  /** @param {AbortSignal} signal */
  async function look(signal) {
    const text = input.value.trim();
    if (!text) return show;
    const search = await searching();
    const begun = /[\p{L}\p{N}]{2,}$/u.exec(text)?.[0] ?? "";
    const endings = begun ? await search.complete(begun, { limit: Infinity, signal }) : [];
    const queries = endings.slice(0, 3).map((word) => text.slice(0, text.length - begun.length) + word);
    // A word that is not finished stands for what it will most likely be.
    const meant = endings.includes(begun.toLowerCase()) ? text : (queries[0] ?? text);
    const answer = await search.find(meant, { limit: 5, signal });
    const options = [
      ...queries.filter((query) => query !== text).map((q) => link(`search/${address({ q })}`, q)),
      ...answer.results.map((result) => title(result, answer.highlights)),
      link(`search/${address({ q: text })}`, "All results"),
    ];
    return () => show(options, remarks(answer).join(" "));
  }

  /** @param {number} step */
  function move(step) {
    const now = chosen();
    const next = [...list.children].at((now < 0 && step < 0 ? step : now + step) % list.children.length);
    for (const option of list.children) option.ariaSelected = String(option === next);
    next?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", next?.id ?? "");
  }

  input.addEventListener("input", () => run(look, PAUSE));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = event.key === "Enter" ? list.children[chosen()] : null;
    if (event.isComposing || !(step || option || event.key === "Escape")) return;
    event.preventDefault();
    if (option instanceof HTMLElement) option.click();
    else if (!step) {
      if (list.hidden) input.value = "";
      run(async () => show);
    } else if (list.hidden) run(look);
    else move(step);
  });
  form.addEventListener("focusout", (event) => {
    const { relatedTarget } = /** @type {FocusEvent} */ (event);
    if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) run(async () => show);
  });
  searching();
  if (input.value) run(look, PAUSE);
}
