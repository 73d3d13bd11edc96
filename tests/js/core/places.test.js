import assert from "node:assert/strict";
import { test } from "node:test";

import { SHOWN } from "../../../geo/webmap/js/core/event-table.js";
import { DISTRICT, DOT, PROVINCE, Places, RING } from "../../../geo/webmap/js/core/places.js";
import { PRECISIONS, mercatorX, mercatorY, tableOf } from "../tables.js";

const placesOf = (...rows) => new Places(tableOf(...rows), PRECISIONS);

test("rows with one spot and one manner of drawing share a place", () => {
  const places = placesOf({}, {}, { lon: 70 }, { precision: "near" }, { precision: "admin2" });
  assert.deepEqual([...places.ofRow], [0, 0, 1, 2, 3]);
  assert.deepEqual([...places.kind], [DOT, DOT, DOT, DISTRICT]);
  assert.ok(Math.abs(places.x[1] - mercatorX(70)) < 1e-6);
  assert.ok(Math.abs(places.y[1] - mercatorY(33)) < 1e-6);
});

test("the precision says how a place is drawn; a country is not drawn", () => {
  const { kind, ofRow } = placesOf(...PRECISIONS.map((precision, at) => ({ precision, lon: 60 + at })));
  assert.deepEqual([...kind], [DOT, DOT, RING, DISTRICT, PROVINCE, RING]);
  assert.deepEqual([...ofRow.slice(6)], [-1, -1]);
});

test("an exact place has no reach, any other the widest of its rows", () => {
  const near = { precision: "near", lon: 70 };
  const { km } = placesOf({ km: 1 }, { ...near, km: 5 }, { ...near, km: 25 }, { ...near, km: null });
  assert.deepEqual([...km], [0, 25]);
});

test("what is shown is counted at each place: events, groups, the deadliest", () => {
  const places = placesOf(
    { group: 1, deaths: 3 },
    { group: 1, deaths: null },
    { group: 9, deaths: 7 },
    { lon: 70, deaths: null },
    { lon: 71 },
    { lon: null },
  );
  const placed = places.tally(Uint8Array.of(SHOWN, SHOWN, SHOWN, SHOWN, 0, SHOWN));
  assert.equal(placed, 4);
  assert.deepEqual([...places.active], [0, 1]);
  assert.deepEqual([...places.events], [3, 1, 0]);
  assert.deepEqual([...places.groups.slice(0, 6)], [0, 2, 0, 0, 0, 1]);
  assert.deepEqual([...places.deaths], [7, -1, -1]);
});

test("rows of a place come newest first, and only those shown", () => {
  const places = placesOf({ date: "2021-01-01" }, { date: "2023-01-01" }, { date: "2022-01-01" }, { date: "2024-01-01" });
  const keep = Uint8Array.of(SHOWN, SHOWN, SHOWN, 0);
  assert.deepEqual(places.rowsWhere(keep, () => true), [1, 2, 0]);
});
