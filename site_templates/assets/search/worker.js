// @ts-check
/** Answers what `client.js` asks, off the page's thread: {base, id, method, args} → {id, value | error}; {cancel: id}. */

import { openSearch } from "./search.js";

/** @type {Map<number, AbortController>} */
const running = new Map();
/** @type {ReturnType<typeof openSearch> | undefined} */
let opened;

addEventListener("message", async ({ data: { base, id, method, args, cancel } }) => {
  if (cancel !== undefined) return running.get(cancel)?.abort();
  const controller = new AbortController();
  running.set(id, controller);
  try {
    opened ??= openSearch(base);
    const search = /** @type {any} */ (await opened.catch((error) => ((opened = undefined), Promise.reject(error))));
    postMessage({ id, value: await search[method](args[0], { ...args[1], signal: controller.signal }) });
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
  running.delete(id);
});
