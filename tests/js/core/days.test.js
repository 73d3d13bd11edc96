import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { dayOf, dayOfIso, dayWords, isoOf, rangeOf, rangeWords } from "../../../geo/webmap/js/core/days.js";
import { SPAN_FORMS } from "../tables.js";

test("days are counted from 1970 without time zones", () => {
  assert.equal(dayOfIso("1970-01-01"), 0);
  assert.equal(isoOf(dayOfIso("2023-02-19")), "2023-02-19");
  assert.equal(dayOf(2023, 1, 19), dayOfIso("2023-02-19"));
  assert.equal(dayWords(dayOfIso("2024-02-29")), "29 Feb 2024");
});

test("an open end of a range is far away", () => {
  const { from, to } = rangeOf({ from: null, to: null });
  assert.equal(from, 0);
  assert.ok(to > dayOfIso("2148-01-01"));
  assert.deepEqual(rangeOf({ from: "1970-01-02", to: "1970-01-03" }), { from: 1, to: 2 });
});

test("days chosen are said as geo/words.py says them", () => {
  const [, ...cases] = readFileSync("tests/cases/ranges.csv", "utf8").trim().split("\n");
  assert.ok(cases.length > 9);
  for (const [first, last, words] of cases.map((line) => line.split(","))) {
    assert.equal(rangeWords(dayOfIso(first), dayOfIso(last), SPAN_FORMS), words);
  }
});
