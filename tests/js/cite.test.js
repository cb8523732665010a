// @ts-check
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { FORMATS, collect } from "../../site_templates/assets/citations.js";
import { citedBy } from "../../site_templates/assets/cite.js";
import { serve } from "./server.js";

const [BIBTEX, RIS, CSL] = /** @type {[typeof FORMATS[0], typeof FORMATS[0], typeof FORMATS[0]]} */ (FORMATS);

/** @param {[string, string][]} papers keys and anchors */
const day = (papers) => ({
  "cite.bib": papers.map(([key]) => `@misc{${key},\n  title = {About ${key}}\n}\n`).join("\n"),
  "cite.ris": papers.map(([key]) => `TY  - UNPB\r\nID  - ${key}\r\nTI  - About ${key}\r\nER  - \r\n`).join("\r\n"),
  "cite.json": JSON.stringify(papers.map(([id, anchor]) => ({ id, title: `About ${id}`, custom: { anchor } }))),
});

/** @type {Map<string, Uint8Array>} */
const FILES = new Map();
/** @type {[string, [string, string][]][]} */
const DAYS = [
  ["2025/10/01/", [["ada2025one", "2509.1"], ["bo2025two", "2509.2"]]],
  ["2025/10/02/", [["ada2025one", "2510.3"]]],
  ["2025/10/03/", []],
];
for (const [path, papers] of DAYS)
  for (const [name, text] of Object.entries(day(papers))) FILES.set(path + name, new TextEncoder().encode(text));
const server = await serve((path) => FILES.get(path));
after(() => server.close());

/** @param {string} path @param {string} anchor */
const cited = (path, anchor) => ({ day: new URL(`../${path}`, server.base).href, anchor });

test("one paper is its entry, as the build wrote it", async () => {
  const second = [cited("2025/10/01/", "2509.2")];
  assert.equal(await collect(second, BIBTEX), "@misc{bo2025two,\n  title = {About bo2025two}\n}\n");
  assert.equal(await collect(second, RIS), "TY  - UNPB\r\nID  - bo2025two\r\nTI  - About bo2025two\r\nER  - \r\n");
  assert.deepEqual(JSON.parse(await collect(second, CSL)).map((/** @type {any} */ item) => item.id), ["bo2025two"]);
});

test("papers of several days come in their order, each under a key of its own", async () => {
  const papers = [cited("2025/10/02/", "2510.3"), cited("2025/10/01/", "2509.1")];
  assert.deepEqual((await collect(papers, BIBTEX)).match(/@misc\{[^,]*/g), ["@misc{ada2025one", "@misc{ada2025one-2"]);
  assert.deepEqual((await collect(papers, RIS)).match(/ID {2}- .*/g), ["ID  - ada2025one", "ID  - ada2025one-2"]);
  const items = JSON.parse(await collect(papers, CSL));
  assert.deepEqual(items.map((/** @type {any} */ item) => item.id), ["ada2025one", "ada2025one-2"]);
});

test("all papers of a day give its file again", async () => {
  const papers = [cited("2025/10/01/", "2509.1"), cited("2025/10/01/", "2509.2")];
  for (const format of [BIBTEX, RIS])
    assert.equal(await collect(papers, format), new TextDecoder().decode(FILES.get(`2025/10/01/${format.file}`)));
});

test("a paper that its digest no longer holds is left out", async () => {
  assert.equal(await collect([cited("2025/10/03/", "2509.9")], CSL), "[]\n");
});

test("a day that is not there is an error", async () => {
  await assert.rejects(collect([cited("2024/01/01/", "x")], BIBTEX), /404/);
});

test("links to papers say where they are", () => {
  assert.deepEqual(citedBy([{ href: "https://sheet.example/2025/10/01/#hep-th_9901001" }]), [
    { day: "https://sheet.example/2025/10/01/", anchor: "hep-th_9901001" },
  ]);
});
