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

test("patterns do not run away", () => {
  for (const text of ['"'.repeat(10_001), "-".repeat(10_000), "a:".repeat(5_000), " OR".repeat(5_000)]) {
    assert.ok(parseQuery(text).groups.length <= 80);
  }
});
