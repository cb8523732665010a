// @ts-check
/**
 * Keeps what is read for when there is no network, by the worker at the site's root.
 *
 * Not on a machine's own addresses: previews of many sites take turns there, and each would show what another left.
 */

const OWN_ADDRESS = /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/;

/** @param {string} host as in `location.hostname` */
export const isOwnAddress = (host) => OWN_ADDRESS.test(host);

/** Tell a worker that came after this page what the page is made of. @param {ServiceWorkerContainer} workers */
async function start(workers) {
  const isFirst = !workers.controller;
  await workers.register(new URL("../sw.js", import.meta.url));
  if (!isFirst) return;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  (await workers.ready).active?.postMessage([location.href, ...loaded]);
}

if (typeof document !== "undefined" && navigator.serviceWorker && !isOwnAddress(location.hostname)) {
  const begin = () => start(navigator.serviceWorker).catch(() => {}); // private windows refuse: then nothing is kept
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
