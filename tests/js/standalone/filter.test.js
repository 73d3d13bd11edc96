import assert from "node:assert/strict";
import { test } from "node:test";

import { Filter, fill } from "../../../geo/webmap/js/standalone/filter.js";
import { SPAN_FORMS } from "../tables.js";

const DAY_WORDS = { from: "from {}", until: "until {}", all: "all dates", unknown: "{} or undated" };

const field = (key, rest, written, separator = "") => ({ key, rest, written, separator });
const dimension = (name, ...conditions) => ({ name, rest: `Any ${name}`, joined: ", ", conditions });

/** Three rows and a dimension of each kind; the names say nothing to the filter. */
const book = () => ({
  rows: 3,
  texts: () => ["gate shut", "gate open", "a fair"],
  dimensions: [
    dimension("first", {
      kind: "days",
      fields: [field("from", null, "day"), field("to", null, "day"), field("undated", false, "flag")],
      forms: { ...SPAN_FORMS, ...DAY_WORDS },
    }),
    dimension("second", {
      kind: "one",
      fields: [field("sort", [], "list", ",")],
      choices: [["loud", "Loud ones", "loud"], ["bang", "Bang", "bang"], ["song", "Song", "song"]],
      ...{ groups: [["loud", ["bang"]]], closed: true, each: "{}", said: "all {}" },
      ...{ of: ["bang", ["song", "hum"]], at: [0, 1, 1] },
    }),
    dimension("third", {
      kind: "limit",
      fields: [field("size", null, "number"), field("anysize", false, "flag")],
      ...{ way: "most", said: "within {:g} m", anySaid: "any size", unknownSaid: "{} or not known" },
      numbers: [1.5, 1200, null],
    }),
    dimension("fourth", {
      kind: "limit",
      fields: [field("count", 0, "count"), field("anycount", true, "flag")],
      ...{ way: "least", said: "{:,} or more", anySaid: "counted", unknownSaid: "{} or not stated" },
      numbers: [2000, 3, null],
    }),
    dimension("fifth", { kind: "contains", fields: [field("q", "", "text")], said: "with “{}”" }),
  ],
});

const asked = (fragment) => {
  const filter = new Filter(book());
  filter.read(fragment);
  return filter;
};
const rowsOf = (fragment) => [0, 1, 2].filter((row) => asked(fragment).bits()[0] & (1 << row));

test("a filter made of data lets everything through at rest", () => {
  assert.deepEqual(rowsOf(""), [0, 1, 2]);
  assert.equal(asked("").describe(), "all events");
  assert.equal(asked("").write().toString(), "");
});

test("a filter tests codes, those a group stands for, and rows that have several", () => {
  assert.deepEqual(rowsOf("sort=loud"), [0]);
  assert.deepEqual(rowsOf("sort=song"), [1, 2]);
  assert.equal(asked("sort=loud,song").describe(), "all loud or song");
});

test("a filter tests numbers; what is not known is a choice", () => {
  assert.deepEqual(rowsOf("size=2"), [0]);
  assert.deepEqual(rowsOf("size=2&anysize=yes"), [0, 2]);
  assert.deepEqual(rowsOf("count=100"), [0, 2]);
  assert.deepEqual(rowsOf("count=100&anycount=no"), [0]);
  assert.deepEqual(rowsOf("anycount=no"), [0, 1]);
  assert.deepEqual(rowsOf("anysize=yes"), [0, 1, 2]);
  assert.equal(asked("size=12.50&anysize=yes").describe(), "within 12.5 m or not known");
  assert.equal(asked("count=1000").describe(), "1,000 or more or not stated");
  assert.equal(asked("anycount=no").describe(), "counted");
});

test("a filter looks for every word", () => {
  assert.deepEqual(rowsOf("q=GATE open"), [1]);
  assert.equal(asked("q= a   fair ").describe(), "with “a fair”");
});

test("a filter leaves dates to the layer, the right way round", () => {
  const filter = asked("from=2023-03-05&to=2023-03-01&undated=yes");
  assert.deepEqual(rowsOf("from=2023-03-01"), [0, 1, 2]);
  assert.deepEqual(filter.dates, { from: "2023-03-01", to: "2023-03-05", undated: true });
  assert.equal(filter.describe(), "1–5 Mar 2023 or undated");
  assert.equal(filter.describe(filter.dated), "all events");
  filter.setDates(null);
  assert.equal(filter.describe(), "all dates or undated");
});

test("a filter survives the address, nonsense left out", () => {
  const said = "from=2023-03-01&sort=loud%2Csong&size=2&count=7&anycount=no&q=a+b";
  assert.equal(asked(said).write().toString(), said);
  for (const bad of ["from=soon", "from=2023-13-45", "size=-1", "size=1e999", "count=1.5", "anycount=maybe", "sort=loudest", "strange=1"]) {
    assert.equal(asked(bad).write().toString(), "", bad);
  }
});

test("a filter clears one dimension and no other", () => {
  const filter = asked("size=2&count=7&q=a");
  assert.deepEqual(filter.active, ["third", "fourth", "fifth"]);
  filter.clear("fourth");
  assert.equal(filter.write().toString(), "size=2&q=a");
});

test("dates are said with both ends, one end or none", () => {
  const said = (fragment) => asked(fragment).describe();
  assert.equal(said("from=2023-02-19&to=2023-02-22"), "19–22 Feb 2023");
  assert.equal(said("from=2023-02-01&to=2023-02-28"), "Feb 2023");
  assert.equal(said("from=1970-01-01"), "from 1 Jan 1970");
  assert.equal(said("to=2023-02-19&undated=yes"), "until 19 Feb 2023 or undated");
  assert.equal(said("undated=yes"), "all dates or undated");
});

test("templates are filled and dollars left alone", () => {
  assert.equal(fill("with “{}”", "$& {:g}"), "with “$& {:g}”");
  assert.equal(fill("{:g} km", 50), "50 km");
  assert.equal(fill("{:,} or more", 1234567), "1,234,567 or more");
});
