/**
 * Lines `{"text", "limit", "from"}` on stdin → lines `{"anchors", "ms"}` on stdout, one after the other: what the
 * browser's own code finds, and how long it takes.
 *
 *     node queries.mjs SEARCH_JS BASE [URL…]
 *
 * BASE is where the index is. `from` says who asks: `FIRST_VISIT` loads the URLs, which are what a page loads for search, and
 * has nothing of the index yet; `SECOND_QUERY` has what every query needs, after one without words; `LONG_SESSION`
 * has all that such queries fetched before. Nothing is answered before every request has its answer, so that whoever
 * counts them knows which query they belong to.
 */

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [program, base, ...assets] = process.argv.slice(2);
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

const searches = {
  FIRST_VISIT: async () => {
    await Promise.all(assets.map(load));
    return openSearch(base);
  },
  SECOND_QUERY: async () => {
    const search = await openSearch(base);
    await search.find("", { offset: 0, limit: 1 });
    return search;
  },
  LONG_SESSION: () => (session ??= openSearch(base)),
};
/** @type {ReturnType<typeof openSearch> | undefined} */
let session;

for await (const line of createInterface({ input: process.stdin })) {
  const { text, limit, from } = JSON.parse(line);
  const search = await searches[/** @type {keyof typeof searches} */ (from)]();
  const begin = performance.now();
  const found = await search.find(text, { offset: 0, limit });
  const ms = performance.now() - begin;
  while (pending.size) await Promise.all(pending);
  const anchors = found.results.map((/** @type {{ anchor: string }} */ result) => result.anchor);
  process.stdout.write(`${JSON.stringify({ anchors, ms })}\n`);
}
