// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { spelt } from "../../site_templates/assets/search/index.js";
import { buckets, corrections, distance } from "../../site_templates/assets/search/words.js";

/** @type {[string, string, number][]} */
const PAIRS = [
  ["graph", "graph", 0],
  ["graph", "grpah", 1],
  ["graph", "graphs", 1],
  ["graph", "raph", 1],
  ["graph", "glaph", 1],
  ["graph", "garhp", 2],
  ["graph", "protein", 3],
  ["", "ab", 2],
  ["naïve", "naive", 1],
];
for (const [one, other, edits] of PAIRS) {
  test(`${one} and ${other} are ${edits} edits apart`, () => {
    assert.equal(distance([...one], [...other]), edits);
    assert.equal(distance([...other], [...one]), edits);
  });
}

test("buckets name what the first two letters may have been", () => {
  assert.deepEqual(buckets("grpah"), ["gr", "rg", "rp", "gp"]);
  assert.deepEqual(buckets("aab"), ["aa", "ab"]);
});

test("the nearest word wins, of equally near ones the more frequent", () => {
  /** @type {[string, number][]} */
  const known = [["graph", 60], ["graphs", 90], ["grape", 90], ["gripe", 100]];
  assert.deepEqual(corrections("grpah", known), ["graph", "grape", "graphs"]);
  assert.deepEqual(corrections("grpah", known, 1), ["graph"]);
  assert.deepEqual(corrections("xyzzy", known), []);
});

test("short words may differ in one letter only", () => {
  assert.deepEqual(corrections("cat", [["car", 40], ["cue", 90]]), ["car"]);
});

test("another first letter costs as much as a good deal of fame", () => {
  assert.deepEqual(corrections("grain", [["brain", 40], ["gain", 20]], 1), ["gain"]);
});

test("words of a file share their beginnings", () => {
  const bytes = new Uint8Array([0, 2, 97, 98, 11, 1, 2, 99, 100, 22, 1, 2, 0xc3, 0xa9, 33]);
  assert.deepEqual(spelt(bytes), [["ab", 11], ["acd", 22], ["aé", 33]]);
});
