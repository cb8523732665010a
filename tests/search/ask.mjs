/**
 * Lines `{"text", "limit", "offset"}` on stdin → lines on stdout, one after the other: what the browser's code finds.
 *
 *     node ask.mjs SEARCH_JS BASE
 *
 * BASE is the address of the index's folder.
 */

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [program = "", base = ""] = process.argv.slice(2);
const { openSearch } = await import(pathToFileURL(program).href);
const search = await openSearch(base);

for await (const line of createInterface({ input: process.stdin })) {
  const { text, limit, offset } = JSON.parse(line);
  const { results, total, isExact, hints, corrections } = await search.find(text, { limit, offset });
  const anchors = results.map((/** @type {{ anchor: string }} */ result) => result.anchor);
  process.stdout.write(`${JSON.stringify({ anchors, total, isExact, hints, corrections })}\n`);
}
