import assert from "node:assert/strict";
import { test } from "node:test";

import { DISTRICT, PROVINCE } from "../../../geo/webmap/js/core/places.js";
import { factsOf, wordsFor } from "../../../geo/webmap/js/map/mark-words.js";

const GROUPS = ["Violence", "Border", "Unrest", "Airspace", "Diplomacy", "Other"].map((label) => ({ label }));
const one = { count: 1, deaths: 3, groups: [1, 0, 0, 0, 0, 0], r: 6, reach: 0 };
const many = { count: 1204, deaths: 9, groups: [1000, 200, 3, 1, 0, 0], cell: true };

test("one event: its kind and its deaths", () => {
  assert.deepEqual(factsOf(one, GROUPS, null), ["1 event", "violence", "3 dead"]);
  assert.deepEqual(factsOf({ ...one, deaths: -1 }, GROUPS, null), ["1 event", "violence", "deaths not stated"]);
  assert.equal(wordsFor(factsOf(one, GROUPS, null), one, 1, false), "1 event, violence, 3 dead");
});

test("several: how many and which kinds", () => {
  assert.deepEqual(factsOf(many, GROUPS, null), ["1,204 events here", "1,000 violence, 200 border, 3 unrest, 1 other kinds"]);
  const alike = { ...many, count: 7, groups: [0, 7, 0, 0, 0, 0] };
  assert.deepEqual(factsOf(alike, GROUPS, null), ["7 events here", "all border"]);
});

test("how well a place is known", () => {
  assert.equal(factsOf({ ...one, ring: true }, GROUPS, null).at(-1), "known to a wider area only");
  assert.equal(factsOf({ ...one, outline: 0 }, GROUPS, PROVINCE).at(-1), "known to the province only");
  assert.equal(factsOf({ ...one, outline: 0 }, GROUPS, DISTRICT).at(-1), "known to the district only");
  assert.equal(factsOf({ ...one, reach: 20 }, GROUPS, null).at(-1), "known to within the disc");
});

test("what a click does next", () => {
  const facts = factsOf(many, GROUPS, null);
  assert.ok(wordsFor(facts, many, 0, true).endsWith("\nClick to draw nearer"));
  assert.equal(wordsFor(facts, many, 2, false), "2 of 1,204 here; click again for the next");
});
