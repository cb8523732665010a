// @ts-check
/** Answers `client.js` off the page's thread: {base, id, method, args} → {id, value | error}; {cancel: id}. */

import { openSearch } from "./search.js";

const running = new Map(/** @type {[number, AbortController][]} */ ([]));
/** @type {Promise<any> | undefined} */
let opened;

addEventListener("message", async ({ data: { base, id, method, args, cancel } }) => {
  if (cancel !== undefined) return running.get(cancel)?.abort();
  const controller = new AbortController();
  running.set(id, controller);
  try {
    opened ??= openSearch(base);
    opened.catch(() => (opened = undefined));
    postMessage({ id, value: await (await opened)[method](args[0], { ...args[1], signal: controller.signal }) });
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
  running.delete(id);
});
