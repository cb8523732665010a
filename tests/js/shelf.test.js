// @ts-check
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { held, storage } from "./played_storage.js";
import { choices, follows, isDay, isStarred, kept, read, readStar, readStars, stars, toggleStar } from "../../site_templates/assets/reader/shelf.js";

const PAPER = { anchor: "2509.00001", day: "2025-10-01", title: "On graphs", authors: ["Ada"], more: 0, url: "https://arxiv.org/abs/2509.00001" };

beforeEach(() => {
  storage.isRefused = false;
  held.clear();
});

test("a star is put on and taken away, and stands in storage with a version", () => {
  assert.equal(toggleStar(PAPER), true);
  assert.ok(isStarred(PAPER.anchor));
  assert.deepEqual([...held.values()].map((text) => JSON.parse(text).version), [1]);
  assert.equal(toggleStar(PAPER), false);
  assert.deepEqual(stars.get(), []);
});

test("what another tab stored meanwhile stays", () => {
  toggleStar(PAPER);
  const [key = "", text = ""] = [...held][0] ?? [];
  const other = { ...PAPER, anchor: "2509.00002", starred: "2030-01-01T00:00:00.000Z" };
  const stored = JSON.parse(text);
  held.set(key, JSON.stringify({ ...stored, value: [other, ...stored.value] }));
  toggleStar({ ...PAPER, anchor: "2509.00003" });
  assert.deepEqual(stars.get().map(({ anchor }) => anchor).sort(), ["2509.00001", "2509.00002", "2509.00003"]);
});

test("refused storage lasts as long as the page, and storage is used again when it is given", () => {
  storage.isRefused = true;
  toggleStar(PAPER);
  assert.ok(isStarred(PAPER.anchor));
  assert.equal(stars.isStored(), false);
  storage.isRefused = false;
  stars.change((all) => all);
  assert.ok(stars.isStored());
  assert.equal(held.size, 1);
});

test("what is damaged counts as nothing, and what a newer page wrote is left alone", () => {
  toggleStar(PAPER);
  const [key = ""] = [...held.keys()];
  for (const text of ["", "{", "null", "[]", "7", '{"version":1,"value":{"0":1}}', '{"version":1,"value":[null,7,{}]}']) {
    held.set(key, text);
    assert.deepEqual(stars.get(), []);
  }
  const newer = JSON.stringify({ version: 2, value: "?" });
  held.set(key, newer);
  toggleStar(PAPER);
  assert.equal(held.get(key), newer);
  assert.ok(isStarred(PAPER.anchor), "for this page");
  held.clear();
  stars.change(() => []);
});

test("a listener hears of every change", () => {
  const some = kept("some", String);
  let heard = 0;
  some.listen(() => heard++);
  some.change(() => "a");
  some.change(() => "b");
  assert.equal(heard, 2);
});

test("read papers are anchors, once each, the newest 5,000", () => {
  read.change(() => ["2509.00001", "2509.00001", "no anchor", ...Array.from({ length: 6000 }, (_, n) => `x${n}`)]);
  assert.equal(read.get().length, 5000);
  assert.deepEqual(read.get().slice(0, 2), ["2509.00001", "x0"]);
});

test("follows are lines without blanks around them, choices have defaults", () => {
  follows.change(() => ({ topics: [" Graphs ", "Graphs", ""], authors: "no list", phrases: [7, "a  b"] }));
  assert.deepEqual(follows.get(), { topics: ["Graphs"], authors: [], phrases: ["a b"] });
  assert.deepEqual(choices.get(), { hidesRead: false, hasKeys: true });
});

test("only what can be a paper becomes a star", () => {
  for (const bad of [null, 7, "x", {}, { ...PAPER, anchor: "<b>" }, { ...PAPER, anchor: "../a" }, { ...PAPER, day: "2025-13-01" }]) {
    assert.equal(readStar(bad), null);
  }
  const star = readStar({ ...PAPER, title: 7, authors: "x", more: -1, url: "javascript:alert(1)", starred: "soon" });
  assert.deepEqual(star, { ...PAPER, title: PAPER.anchor, authors: [], url: "", starred: "1970-01-01T00:00:00.000Z" });
  assert.equal(readStars([star, star]).length, 1);
});

test("days are days of the calendar", () => {
  assert.deepEqual(["2025-02-28", "2025-02-29", "2025-2-1", "", undefined].map(isDay), [true, false, false, false, false]);
});
