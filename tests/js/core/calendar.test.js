import assert from "node:assert/strict";
import { test } from "node:test";

import { Calendar } from "../../../geo/webmap/js/core/calendar.js";
import { dayOfIso, isoOf } from "../../../geo/webmap/js/core/days.js";
import { GROUPS, LISTED } from "../../../geo/webmap/js/core/event-table.js";
import { tableOf } from "../tables.js";

const YEAR = Array.from({ length: 12 }, (_, at) => `2023-${`${at + 1}`.padStart(2, "0")}-15`);

/** Unit, events by bin, and what `shares` says besides, for rows of which all or some are listed. */
function bars(rows, most = 160, listed = rows.map(() => true)) {
  const calendar = new Calendar(tableOf(...rows));
  calendar.divide(most);
  const keep = Uint8Array.from(listed, (one) => (one ? LISTED : 0));
  const { sure, spread, spans, undated } = calendar.shares(keep);
  const heights = new Array(calendar.bins).fill(0);
  sure.forEach((n, at) => (heights[Math.floor(at / GROUPS)] += n + spread[at]));
  return { calendar, unit: calendar.unit, heights, sure, spans, undated };
}

test("bars add up to what is listed, and undated rows are counted apart", () => {
  const rows = [...YEAR, null].map((date) => ({ date }));
  const { heights, undated } = bars(rows, 160, rows.map((_, at) => at < 10 || at === 12));
  assert.equal(heights.reduce((a, b) => a + b), 10);
  assert.equal(undated, 1);
});

test("an event over n days counts one nth on each", () => {
  const { unit, heights, spans } = bars([{ date: "2023-01-01", until: "2023-01-04" }, { date: "2023-01-10" }]);
  assert.equal(unit, "day");
  assert.deepEqual(heights, [0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(spans, [0]);
});

test("a span shares itself among months by days", () => {
  const { unit, heights } = bars([{ date: "2013-01-01" }, { date: "2023-01-30", until: "2023-02-02" }]);
  assert.equal(unit, "month");
  assert.deepEqual(heights.slice(-2), [0.5, 0.5]);
  assert.equal(heights[0], 1);
});

test("a span within one bin is sure, not spread", () => {
  const { heights, spans } = bars([{ date: "2013-01-01" }, { date: "2023-01-03", until: "2023-01-20" }]);
  assert.equal(heights.at(-1), 1);
  assert.deepEqual(spans, []);
});

test("bars are stacked by group; a group beyond the sixth counts with it", () => {
  const { sure } = bars([{ group: 0 }, { group: 2 }, { group: 9 }]);
  assert.deepEqual([...sure.slice(0, GROUPS)], [1, 0, 1, 0, 0, 1]);
});

test("the finest unit that fits is taken, weeks start on Mondays", () => {
  const rows = [{ date: "2023-01-05" }, { date: "2023-03-05" }];
  assert.equal(bars(rows, 60).unit, "day");
  const { unit, calendar } = bars(rows, 59);
  assert.equal(unit, "week");
  assert.deepEqual(calendar.edges.slice(0, 2).map(isoOf), ["2023-01-02", "2023-01-09"]);
  assert.equal(isoOf(calendar.end), "2023-03-06");
  assert.equal(bars(rows, 8).unit, "month");
  assert.equal(bars(rows, 1).unit, "quarter");
  assert.equal(bars([{ date: "1990-06-01" }, { date: "2023-06-01" }], 40).unit, "year");
});

test("a day beyond the axis falls into its first or last bin", () => {
  const { calendar } = bars(YEAR.map((date) => ({ date })), 12);
  assert.deepEqual([calendar.bin(0), calendar.bin(60000)], [0, calendar.bins - 1]);
  assert.equal(calendar.bin(dayOfIso("2023-02-01")), 1);
});

test("a table without dates is empty", () => {
  assert.equal(new Calendar(tableOf({ date: null })).empty, true);
});

test("labels of the axis stand apart and name years where there are many", () => {
  const { calendar } = bars([{ date: "2010-03-01" }, { date: "2023-06-01" }]);
  const texts = calendar.ticks(900, 46).map(({ text }) => text);
  assert.deepEqual(texts.slice(0, 3), ["2011", "2012", "2013"]);
  const short = bars([{ date: "2023-01-05" }, { date: "2023-01-07" }]).calendar;
  assert.deepEqual(short.ticks(900, 46), [{ day: dayOfIso("2023-01-05"), text: "5 Jan 2023" }]);
});
