// @ts-check
/** The search as pages use it: in a worker where that can start, else on the page's own thread. */

/** @import { Options, Search } from "./search.js" */

/** @param {string} base the index's folder, with a slash @returns {Pick<Search, "find" | "complete" | "similar">} */
export function connect(base) {
  const waiting = new Set(/** @type {(() => void)[]} */ ([]));
  /** @type {Worker | null} */
  let worker = null;
  /** @type {Promise<any> | undefined} */
  let opened;
  try {
    worker = new Worker(new URL("search.js", import.meta.url), { type: "module", name: base });
    worker.onerror = () => {
      worker = null;
      for (const here of waiting) here();
    };
  } catch {} // no workers here

  /** @type {(method: string) => (subject: string, options?: Options) => Promise<any>} */
  const call = (method) => (subject, { signal, ...options } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const here = () => {
        opened ??= import("./search.js").then(({ openSearch }) => openSearch(base));
        opened.catch(() => (opened = undefined));
        opened.then((search) => search[method](subject, { ...options, signal })).then(resolve, reject);
      };
      if (!worker) return here();
      const { port1, port2 } = new MessageChannel();
      waiting.add(here);
      port1.onmessage = ({ data: { value, error } }) => {
        waiting.delete(here);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      };
      signal?.addEventListener("abort", () => {
        waiting.delete(here);
        port1.postMessage("stop");
        reject(signal.reason);
      });
      worker.postMessage({ method, subject, options }, [port2]);
    });

  return { find: call("find"), complete: call("complete"), similar: call("similar") };
}
