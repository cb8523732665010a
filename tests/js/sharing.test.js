// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { fragmentOf, jsonOf, papersIn, placesIn } from "../../site_templates/assets/reader/sharing.js";
import { readStars } from "../../site_templates/assets/reader/shelf.js";

const PLACES = [
  { day: "2025-10-02", anchor: "2510.00002" },
  { day: "2025-10-01", anchor: "hep-th_9901001" },
  { day: "2025-10-02", anchor: "doi-10.1000_a~28b~29" },
  { day: "2025-10-01", anchor: "t-0123456789abcdef" },
];

test("a link carries anchors by day and gives them back", () => {
  const hash = fragmentOf(PLACES);
  assert.equal(hash, "#list=20251001:hep-th_9901001,t-0123456789abcdef;20251002:2510.00002,doi-10.1000_a~28b~29");
  assert.equal(new URL(hash, "https://sheet.example/saved/").hash, hash);
  const sorted = [...PLACES].sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  assert.deepEqual(placesIn(hash), sorted);
});

test("an address about something else carries no list", () => {
  for (const hash of ["", "#papers", "#listed", "#LIST=20251001:2510.00002"]) assert.deepEqual(placesIn(hash), []);
});

test("a list that is not wholly well formed is no list", () => {
  const bad = ["", ";", "20251001", "20251001:", "20251301:a", "20250229:a", "20251001:a,", "20251001:A", "20251001:a/b", "20251001:a:b",
    "20251001:<img>", "20251001:%3Cimg%3E", "20251001:a;", "20251001:..", `20251001:${"a".repeat(301)}`, "20251001:a\n", "٢٠٢٥١٠٠١:a",
    `20251001:${Array.from({ length: 1001 }, (_, n) => n).join(",")}`, `20251001:${"a,".repeat(20000)}a`];
  for (const list of bad) assert.equal(placesIn(`#list=${list}`), null, list.slice(0, 50));
});

test("whatever is thrown at it, only anchors and days come out", () => {
  let seed = 7;
  const any = (/** @type {number} */ below) => (seed = (seed * 48271) % 2147483647) % below;
  const parts = ["20251001:", "2510.00002", ",", ";", ":", "<script>", "%00", "__proto__", "javascript:", "\u202e", "~", "..", "/", "20251301:"];
  for (let round = 0; round < 5000; round++) {
    const list = Array.from({ length: any(8) }, () => parts[any(parts.length)]).join("");
    for (const { day, anchor } of placesIn(`#list=${list}`) ?? []) {
      assert.match(day, /^\d{4}-\d\d-\d\d$/);
      assert.match(anchor, /^[a-z0-9][a-z0-9._~-]*$/);
    }
  }
});

test("a file gives back the papers that went into it", () => {
  const stars = readStars(PLACES.map((place) => ({ ...place, title: "<b>&", authors: ["Ada"], more: 3, starred: "2025-10-03T00:00:00Z" })));
  assert.deepEqual(papersIn(jsonOf(stars)), stars);
});

test("a file that is no list says so in one sentence", () => {
  for (const text of ["", "{", "null", "7", "[]", '"x"', '{"papers": []}', '{"kind": "broadsheet-saved", "version": 1}']) {
    assert.throws(() => papersIn(text), /^Error: This file holds no/);
  }
  assert.throws(() => papersIn('{"kind": "broadsheet-saved", "version": 2, "papers": []}'), /newer version/);
  assert.throws(() => papersIn('{"kind": "broadsheet-saved", "version": 1, "papers": [{"anchor": "<b>"}]}'), /No paper/);
  assert.throws(() => papersIn(" ".repeat(5_000_001)), /too large/);
});
