// @ts-check
/**
 * The header's box: words and papers as a reader types; without this module it is a plain form. And what it has in
 * common with the search page. Pages load this module and, until a reader turns to the box, nothing else of search.
 *
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. All text is set as text: what a paper or a reader says
 * never becomes markup.
 */

/** @import { Found, Result } from "./search.js" */

/** Milliseconds without a key before a search begins. */
export const PAUSE = 120;
/** The site's own address, on whatever host and below whatever path. */
export const ROOT = new URL("../../", import.meta.url);
/** @type {ReturnType<typeof import("./client.js")["connect"]> | undefined} */
let connected;

/** The search, which begins to load when this is called first. */
export async function searching() {
  const { connect } = await import("./client.js");
  return (connected ??= connect(new URL("search/", ROOT).href));
}

/**
 * A place for work of which only the newest counts: it cancels the one before, and gives back what shows its outcome.
 * @param {(words: string) => void} fail
 * @returns {(work: (signal: AbortSignal) => Promise<() => void>, pause?: number) => void}
 */
export function newest(fail) {
  let control = new AbortController();
  return (work, pause = 0) => {
    control.abort();
    const { signal } = (control = new AbortController());
    const begin = async () => {
      const show = await work(signal).catch((error) => () => fail(String(error?.message ?? error)));
      if (!signal.aborted) show();
    };
    setTimeout(() => signal.aborted || begin(), pause);
  };
}

/** @type {(name: string, attributes?: Record<string, string>, ...children: (string | Node)[]) => HTMLElement} */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @type {(path: string, ...children: (string | Node)[]) => HTMLElement} */
export const link = (path, ...children) => element("a", { href: new URL(path, ROOT).href }, ...children);

/** The search page's address without its path. @param {{ q: string } | { like: string }} parameters query, or anchor */
export const address = (parameters) => `?${new URLSearchParams(parameters)}`;

/** What a reader should know of an answer, in sentences. @param {Found} answer */
export function remarks({ results, corrections, hints, isOffline }) {
  return [
    ...(results.length ? [] : ["No paper was found."]),
    ...corrections.map(({ typed, meant }) => `No paper has “${typed}”, so “${meant}” was searched.`),
    ...hints,
    ...(isOffline ? ["You are offline: only what this browser has kept was searched."] : []),
  ];
}

/** @type {(result: Result, highlights?: string[]) => HTMLElement} */
export const title = ({ url, title }, highlights = []) => link(url, element("bdi", {}, ...marked(title, highlights)));

/** Words are marked whose folded form is among `highlights`. @param {string} text @param {string[]} highlights */
export function marked(text, highlights) {
  const fold = (/** @type {string} */ word) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  return parts.map((part) => (highlights.includes(fold(part)) ? element("mark", {}, part) : part));
}

/** @param {Element} form */
function assist(form) {
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

  input.addEventListener("focus", searching, { once: true });
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
}

const form = document.querySelector(".box");
if (form) assist(form);
else if (document.querySelector("#search-results")) import("./page.js");
