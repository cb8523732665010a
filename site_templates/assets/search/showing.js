// @ts-check
/**
 * What the header's box and the search page have in common: how a search is asked, and how its answer is shown.
 *
 * All text is set as text: what a paper or a reader says never becomes markup.
 */

import { element, link, ROOT } from "./box.js";

/** @import { Found, Result } from "./search.js" */

/** Milliseconds without a key before a search begins. */
export const PAUSE = 120;
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
