/**
 * Lines `{"text", "limit", "isFirstVisit"}` on stdin → lines `{"anchors", "ms"}` on stdout, one after the other: what
 * the browser's own code finds, and how long it takes.
 *
 *     node queries.mjs SEARCH_JS BASE [URL…]
 *
 * BASE is where the index is. A first visit loads the URLs, the client's modules, and begins without any file of the
 * index; other queries share one search with all that it keeps. Nothing is answered before every request has its
 * answer, so that whoever counts them knows which query they belong to.
 */

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [program, base, ...modules] = process.argv.slice(2);
const { openSearch } = await import(pathToFileURL(program).href);

/** @type {Set<Promise<unknown>>} */
const pending = new Set();
const originalFetch = globalThis.fetch;
globalThis.fetch = (...asked) => {
  const answer = originalFetch(...asked);
  const settled = answer.then(() => {}, () => {}).finally(() => pending.delete(settled));
  pending.add(settled);
  return answer;
};

/** @param {string} url */
async function load(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  await answer.arrayBuffer();
}

const shared = openSearch(base);
for await (const line of createInterface({ input: process.stdin })) {
  const { text, limit, isFirstVisit } = JSON.parse(line);
  if (isFirstVisit) await Promise.all(modules.map(load));
  const search = await (isFirstVisit ? openSearch(base) : shared);
  const begin = performance.now();
  const found = await search.find(text, { offset: 0, limit });
  const ms = performance.now() - begin;
  while (pending.size) await Promise.all(pending);
  const anchors = found.results.map((/** @type {{ anchor: string }} */ result) => result.anchor);
  process.stdout.write(`${JSON.stringify({ anchors, ms })}\n`);
}
