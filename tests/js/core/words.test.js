import assert from "node:assert/strict";
import { test } from "node:test";

import { capitalise, eventsWords, formatNumber, groupWords, roundTo, shortNumber } from "../../../geo/webmap/js/core/words.js";

const GROUPS = ["Violence", "Border", "Diplomacy", "Other"].map((label) => ({ label }));

test("numbers wear commas, and long ones on marks are cut", () => {
  assert.equal(formatNumber(1204), "1,204");
  assert.deepEqual([7, 1204, 9999, 10000, 34499].map(shortNumber), ["7", "1,204", "9,999", "10k", "34k"]);
  assert.equal(roundTo(33.04999, 1), 33);
});

test("one event is not events", () => {
  assert.deepEqual([0, 1, 1204].map(eventsWords), ["0 events", "1 event", "1,204 events"]);
});

test("kinds are told most first, the rest summed up", () => {
  assert.equal(groupWords([3, 12, 0, 1], GROUPS), "12 border, 3 violence, 1 other");
  assert.equal(groupWords([3, 12, 2, 1], GROUPS, 2), "12 border, 3 violence, 3 other kinds");
  assert.equal(groupWords([0, 0, 0, 0], GROUPS), "");
});

test("the first letter is made large", () => {
  assert.equal(capitalise("armed attack"), "Armed attack");
  assert.equal(capitalise(""), "");
});
