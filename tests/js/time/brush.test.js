import assert from "node:assert/strict";
import { test } from "node:test";

import { Calendar } from "../../../geo/webmap/js/core/calendar.js";
import { dragged, endMoved, holdAt } from "../../../geo/webmap/js/time/brush.js";
import { Player } from "../../../geo/webmap/js/time/player.js";
import { tableOf } from "../tables.js";

globalThis.HTMLElement ??= class {}; // what is pressed in these tests is none

/** A timeline of twelve months, ten px a month, with the bins `from` to `to` chosen, or none. */
function timeOf(from, to) {
  const months = Array.from({ length: 12 }, (_, at) => ({ date: `2023-${`${at + 1}`.padStart(2, "0")}-15` }));
  const calendar = new Calendar(tableOf(...months));
  calendar.divide(12);
  const player = new Player(calendar, () => {}, () => {});
  const range = from === undefined ? null : player.rangeOf(from, to);
  const ends = (days) => {
    const [first, last] = player.binsOf(days);
    return [10 * first, 10 * (last + 1)];
  };
  return { calendar, player, layer: { range }, ends };
}

const bins = (time, range) => time.player.binsOf(range);

test("a press takes hold of an end, of the range between, or of nothing", () => {
  const time = timeOf(2, 4); // 20 to 50 px
  assert.deepEqual([14, 26, 35, 44, 56, 80].map((x) => holdAt(time, x, 6, null)), ["from", "from", "range", "to", "to", "new"]);
  assert.equal(holdAt(timeOf(), 30, 6, null), "new");
});

test("a new range spans the bins between where it began and where it is", () => {
  const time = timeOf();
  const drag = { hold: "new", start: 3, bins: [0, 11] };
  assert.deepEqual(bins(time, dragged(time, drag, 6)), [3, 5]);
  assert.deepEqual(bins(time, dragged(time, drag, 1)), [1, 2]);
  assert.deepEqual(bins(time, dragged(time, drag, 3)), [3, 3]);
});

test("a range dragged keeps its length and stays on the axis; an end may pass the other", () => {
  const time = timeOf(2, 4);
  assert.deepEqual(bins(time, dragged(time, { hold: "range", start: 3, bins: [2, 4] }, 5)), [4, 6]);
  assert.deepEqual(bins(time, dragged(time, { hold: "range", start: 3, bins: [2, 4] }, 99)), [9, 11]);
  assert.deepEqual(bins(time, dragged(time, { hold: "to", start: 5, bins: [2, 4] }, 8)), [2, 7]);
  assert.deepEqual(bins(time, dragged(time, { hold: "from", start: 2, bins: [2, 4] }, 7)), [5, 6]);
});

test("keys move one end, never past the other or the axis", () => {
  const time = timeOf(2, 4);
  assert.deepEqual(bins(time, endMoved(time, "from", 1)), [3, 4]);
  assert.deepEqual(bins(time, endMoved(time, "from", 99)), [4, 4]);
  assert.deepEqual(bins(time, endMoved(time, "to", 99)), [2, 11]);
  assert.deepEqual(bins(time, endMoved(time, "to", -99)), [2, 2]);
});
