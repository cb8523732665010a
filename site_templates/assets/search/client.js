// @ts-check
/** The search as pages use it: in a worker where that can start, else on the page's own thread. */

/** @typedef {import("./search.js").Search} Search @typedef {import("./search.js").Options} Options */
/** @typedef {{ resolve: (value: any) => void, reject: (reason: any) => void, here: () => void }} Call */

/** @param {string} base the index's folder, with a slash @returns {Pick<Search, "find" | "complete" | "similar">} */
export function connect(base) {
  const waiting = new Map(/** @type {[number, Call][]} */ ([]));
  /** @type {Worker | null} */
  let worker = null;
  let last = 0;
  /** @type {Promise<any> | undefined} */
  let opened;

  try {
    worker = new Worker(new URL("search.js", import.meta.url), { type: "module", name: base });
    worker.onmessage = ({ data: { id, value, error } }) => {
      if (error === undefined) waiting.get(id)?.resolve(value);
      else waiting.get(id)?.reject(new Error(error));
      waiting.delete(id);
    };
    worker.onerror = () => {
      worker = null;
      for (const call of waiting.values()) call.here();
      waiting.clear();
    };
  } catch {} // no workers here

  /** @type {(method: string) => (subject: string, options?: Options) => Promise<any>} */
  const call = (method) => (subject, { signal, ...options } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = ++last;
      const here = () => {
        opened ??= import("./search.js").then(({ openSearch }) => openSearch(base));
        opened.catch(() => (opened = undefined));
        opened.then((search) => search[method](subject, { ...options, signal })).then(resolve, reject);
      };
      signal?.addEventListener("abort", () => {
        if (waiting.delete(id)) worker?.postMessage({ id });
        reject(signal.reason);
      });
      if (!worker) return here();
      waiting.set(id, { resolve, reject, here });
      worker.postMessage({ id, method, subject, options });
    });

  return { find: call("find"), complete: call("complete"), similar: call("similar") };
}
