// @ts-check
/** The search as pages use it: in a worker where that can start, else on the page's own thread. */

import { SearchError } from "./files.js";

/**
 * @typedef {import("./search.js").Search} Search
 * @typedef {import("./search.js").Options} Options
 * @typedef {{ resolve: (value: any) => void, reject: (reason: any) => void, here: () => void }} Call
 */

/** @param {string} base address of the index's folder, ending in a slash @returns {Pick<Search, "find" | "complete" | "similar">} */
export function connect(base) {
  /** @type {Map<number, Call>} */
  const waiting = new Map();
  /** @type {Promise<any> | undefined} */
  let opened;
  let last = 0;
  let worker = started();

  function started() {
    try {
      const made = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
      made.onmessage = ({ data: { id, value, error } }) => {
        const call = waiting.get(id);
        waiting.delete(id);
        if (error === undefined) call?.resolve(value);
        else call?.reject(new SearchError(error));
      };
      made.onerror = () => {
        worker = null;
        for (const call of waiting.values()) call.here();
        waiting.clear();
      };
      return made;
    } catch {
      return null;
    }
  }

  /** @param {string} method @param {string} subject @param {Options} [options] @returns {Promise<any>} */
  const call = (method, subject, { signal, ...options } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = ++last;
      const here = () => {
        opened ??= import("./search.js").then(({ openSearch }) => openSearch(base));
        opened.catch(() => (opened = undefined));
        opened.then((search) => search[method](subject, { ...options, signal })).then(resolve, reject);
      };
      signal?.addEventListener("abort", () => {
        if (waiting.delete(id)) worker?.postMessage({ cancel: id });
        reject(signal.reason);
      });
      if (!worker) return here();
      waiting.set(id, { resolve, reject, here });
      worker.postMessage({ base, id, method, args: [subject, options] });
    });

  return {
    find: (text, options) => call("find", text, options),
    complete: (prefix, options) => call("complete", prefix, options),
    similar: (anchor, options) => call("similar", anchor, options),
  };
}
