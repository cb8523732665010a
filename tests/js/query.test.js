// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { parseQuery } from "../../site_templates/assets/search/query.js";

const TABLE = new URL("../search/queries.json", import.meta.url);

for (const { query, ...expected } of JSON.parse(readFileSync(TABLE, "utf8"))) {
  test(`query ${JSON.stringify(query)}`, () => {
    assert.deepEqual(parseQuery(query), expected);
  });
}

/** @type {[string, string[]][]} */
const IDS = [
  ["https://huggingface.co/papers/2509.12345?x", ["arxiv:2509.12345"]],
  ["https://huggingface.co/papers/2509.12345v2", []],
  ["https://doi.org/10.1000%2F1%", ["doi:10.1000/1%"]],
  ["doi-10.1000_a~3bb~zz", ["doi:10.1000/a;b%zz"]],
];
for (const [text, ids] of IDS) {
  test(`${text} names ${ids.join() || "no paper"}, as in the terminal`, () => {
    assert.deepEqual(parseQuery(text).ids, ids);
  });
}

test("patterns do not run away", () => {
  for (const text of ['"'.repeat(10_001), "-".repeat(10_000), "a:".repeat(5_000), " OR".repeat(5_000)]) {
    assert.ok(parseQuery(text).groups.length <= 80);
  }
});
