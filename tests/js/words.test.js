// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { contentWords, fnv1a, home, words } from "../../site_templates/assets/search/words.js";

const TABLE = JSON.parse(readFileSync(new URL("../search/words.json", import.meta.url), "utf8"));

for (const example of TABLE.words) {
  test(`words of ${JSON.stringify(example.text)}`, () => assert.deepEqual(words(example.text), example.words));
}

for (const example of TABLE.homes) {
  test(`home of ${JSON.stringify(example.value)}`, () => assert.equal(home(example.value), example.home));
}

test("stop words are left out unless there are no others", () => {
  assert.deepEqual(contentWords("the attention of a model"), ["attention", "model"]);
  assert.deepEqual(contentWords("to be or not to be"), ["to", "be", "or", "not", "to", "be"]);
});

test("the hash is FNV-1a of 32 bits", () => {
  assert.equal(fnv1a(""), 0x811c9dc5);
  assert.equal(fnv1a("foobar"), 0xbf9cf968);
});

test("endings that could be read in many ways are found at once", () => {
  assert.equal(home(`${"aly".repeat(160)}b`), `${"aly".repeat(160)}b`);
});
