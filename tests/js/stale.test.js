// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { daysOld, showStaleness, staleness } from "../../site_templates/assets/stale.js";

const NOON = Date.parse("2025-10-10T12:00:00Z");

test("age counts whole UTC days", () => {
  assert.equal(daysOld("2025-10-09", NOON), 1);
  assert.equal(daysOld("2025-10-10", NOON), 0);
});

test("three days old is not stale, four is", () => {
  assert.equal(staleness("2025-10-07", NOON), "");
  assert.match(staleness("2025-10-06", NOON), /^That is 4 days ago/);
});

test("a date in the future or a broken date says nothing", () => {
  assert.equal(staleness("2025-10-12", NOON), "");
  assert.equal(staleness("soon", NOON), "");
});

test("the words land beside the date they speak of", () => {
  const place = { textContent: "" };
  const time = {
    getAttribute: () => "2025-09-01",
    closest: () => ({ querySelector: () => place }),
  };
  showStaleness(/** @type {any} */ ({ querySelectorAll: () => [time] }), NOON);
  assert.match(place.textContent, /39 days ago/);
});
