import assert from "node:assert/strict";
import { test } from "node:test";

import { Filter, fill } from "../../../geo/webmap/js/standalone/filter.js";

const field = (key, written, rest, more = {}) => ({ key, written, rest, ...more });
const days = {
  kind: "days",
  fields: [field("from", "day", null), field("to", "day", null), field("undated", "flag", false)],
  ...{ forms: { all: "all dates", from: "from {}", until: "until {}", unknown: "{} or undated", day: "{day} {month} {year}" } },
  ...{ months: ["Jan", "Feb", "Mar"], weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] },
};
const colour = {
  kind: "one",
  closed: true,
  fields: [field("colour", "list", [], { separator: "," })],
  choices: [["red", "Red", "red"], ["blue", "Blue", "blue"], ["warm", "Warm", "warm"]],
  groups: [["warm", ["red"]]],
  ...{ each: "{}", said: "{}", of: ["red", "blue"], at: [0, 1, 0] },
};
const size = {
  kind: "limit",
  way: "most",
  fields: [field("most", "number", null), field("unknown", "flag", false)],
  numbers: [5, 20, null],
  ...{ said: "at most {:,}", anySaid: "any size", unknownSaid: "{} or not known" },
};
const text = { kind: "contains", fields: [field("q", "text", "")], said: "with “{}”" };
const book = {
  rows: 3,
  texts: () => ["a red thing", "a blue thing", "something else"],
  dimensions: [
    { name: "dates", joined: ", ", conditions: [days] },
    { name: "colour", joined: ", ", conditions: [colour] },
    { name: "size", joined: ", ", conditions: [size] },
    { name: "text", joined: ", ", conditions: [text] },
  ],
};

/** A filter read from an address's fragment, and the rows that pass it. */
function filtered(fragment) {
  const filter = new Filter(book);
  filter.read(fragment);
  const [bits] = filter.bits();
  return { filter, rows: [0, 1, 2].filter((row) => (bits >> row) & 1) };
}

test("each kind of condition keeps its rows", () => {
  assert.deepEqual(filtered("").rows, [0, 1, 2]);
  assert.deepEqual(filtered("colour=blue").rows, [1]);
  assert.deepEqual(filtered("colour=warm").rows, [0, 2]);
  assert.deepEqual(filtered("most=10").rows, [0]);
  assert.deepEqual(filtered("most=10&unknown=yes").rows, [0, 2]);
  assert.deepEqual(filtered("q=THING+red").rows, [0]);
  assert.deepEqual(filtered("colour=red&q=else").rows, [2]);
});

test("dates are the layer's, in their order, and set no bits", () => {
  const { filter, rows } = filtered("from=2023-03-02&to=2023-02-01");
  assert.deepEqual(rows, [0, 1, 2]);
  assert.deepEqual(filter.dates, { from: "2023-02-01", to: "2023-03-02", undated: false });
  filter.setDates(null);
  assert.equal(filter.write().toString(), "");
});

test("what makes no sense in an address is ignored; what is read is written back", () => {
  const { filter } = filtered("colour=red,green&most=-3&from=yesterday&unknown=perhaps&strange=1&q=a++b");
  assert.equal(filter.write().toString(), "colour=red&q=a+b");
  assert.deepEqual(filter.active, ["colour", "text"]);
  filter.clear("colour");
  assert.deepEqual(filter.active, ["text"]);
});

test("a filter says itself in words", () => {
  assert.equal(filtered("").filter.describe(), "all events");
  const { filter } = filtered("colour=red,blue&most=1200&unknown=yes&q=x");
  assert.equal(filter.describe(), "red or blue, at most 1,200 or not known, with “x”");
  assert.equal(filter.describe("text"), "red or blue, at most 1,200 or not known");
  assert.equal(filtered("from=2023-03-02&undated=yes").filter.words("dates"), "from 2 Mar 2023 or undated");
});

test("templates of Python's are filled", () => {
  assert.equal(fill("{:,} km", 1204.5), "1,204.5 km");
  assert.equal(fill("{:g} km", 25), "25 km");
  assert.equal(fill("{} of it", "half"), "half of it");
});
