// @ts-check
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { gather, suggest } from "../../site_templates/assets/reader/foryou.js";
import { holds, plain } from "../../site_templates/assets/reader/following.js";
import { score, train } from "../../site_templates/assets/reader/model.js";
import { Files } from "../../site_templates/assets/search/files.js";
import { Index } from "../../site_templates/assets/search/index.js";
import { serve } from "./server.js";
import { tinyIndex } from "./tiny_index.js";

const GRAPHS = ["Graph walks", "Fast graph search", "Graphs and walks", "Deep graphs", "Graph cuts"];
const PROTEINS = ["Protein folds", "Folding proteins fast", "Protein maps", "Deep proteins", "Protein design"];
const papers = [...GRAPHS, ...PROTEINS].map((title, n) => ({ anchor: `2510.0000${n}`, day: `2025-10-1${n}`, title, cluster: n < 5 ? 0 : 1 }));
const files = tinyIndex([{ anchor: "2401.00001", day: "2024-01-01", title: "Old graphs", cluster: 0 }, ...papers]);
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  server = await serve((path) => files.get(path));
});
after(() => server.close());

const open = () => Index.open(new Files(server.base));

test("the newest papers and old stars are gathered from the index", async () => {
  const { latest, starred } = await gather(await open(), ["2510.00001", "2401.00001", "none"]);
  assert.deepEqual(latest.map(({ paper }) => paper.anchor), papers.map(({ anchor }) => anchor).reverse());
  assert.deepEqual(starred.map(({ paper }) => paper.anchor), ["2510.00001", "2401.00001"]);
});

test("what is like the stars comes first, without them, and says why", async () => {
  const { latest, starred } = await gather(await open(), ["2510.00000", "2510.00001", "2401.00001"]);
  const { suggestions, words } = suggest(starred, latest, 3);
  assert.deepEqual(suggestions.map(({ paper }) => paper.anchor).sort(), ["2510.00002", "2510.00003", "2510.00004"]);
  assert.equal(words[0], "graph");
  assert.ok(suggestions.every(({ words }) => words.includes("graph")));
  assert.ok(suggestions.every(({ like }) => like && starred.some(({ paper }) => paper === like)));
  assert.deepEqual(suggest(starred, latest, 3), { suggestions, words });
});

test("an index from before there was such a file has no newest papers", async () => {
  const index = await open();
  index.newest = "";
  assert.deepEqual(await index.latest(), []);
});

test("the model parts wanted from others, and few wanted weigh as much", () => {
  const at = (/** @type {number} */ angle) => Float64Array.of(Math.cos(angle), Math.sin(angle));
  const weights = train([at(0), at(0.2)], Array.from({ length: 50 }, (_, n) => at(1.5 + n / 50)));
  assert.ok(score(at(0.1), weights) > 0);
  assert.ok(score(at(2), weights) < 0);
  assert.ok(score(at(0.4), weights) > score(at(1.2), weights));
});

test("one side alone, and nothing at all, give finite weights", () => {
  for (const [wanted, others] of [[[Float64Array.of(1, 0)], []], [[], []]]) {
    const { vector, bias } = train(/** @type {any} */ (wanted), /** @type {any} */ (others));
    assert.ok([...vector, bias].every(Number.isFinite));
  }
});

test("followed phrases match whole words, without case and accents, and a plural", () => {
  const text = plain("Réseaux & Graph-Networks for 量子化 of models");
  const found = ["reseaux", "graph network", "GRAPH NETWORKS", "量子", "model", "odel", "graph net", ""].filter((phrase) => holds(text, plain(phrase)));
  assert.deepEqual(found, ["reseaux", "graph network", "GRAPH NETWORKS", "量子", "model"]);
});
