import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { LISTED, SHOWN, decode, decodeBits, selectRows } from "../../../geo/webmap/js/core/event-table.js";
import { dayOfIso } from "../../../geo/webmap/js/core/days.js";
import { tableOf } from "../tables.js";

const all = { bits: null, range: null, undated: false, km: 0 };

function select(table, asked) {
  const keep = new Uint8Array(table.rows);
  return { keep: [...keep], ...selectRows(table, keep, { ...all, ...asked }), passes: [...keep] };
}

/** A file of two rows: columns of bytes, the low byte of all rows first. */
function fileOf(planes) {
  const head = new ArrayBuffer(40);
  const view = new DataView(head);
  [..."EVT2"].forEach((letter, at) => view.setUint8(at, letter.charCodeAt(0)));
  view.setUint32(4, 2, true);
  [0.5, 0.25, 0.125, 0.0625].forEach((number, at) => view.setFloat64(8 + 8 * at, number, true));
  const body = deflateSync(Uint8Array.from(planes.flat()));
  return Uint8Array.from([...new Uint8Array(head), ...body]).buffer;
}

test("columns are put together from their bytes", async () => {
  const table = await decode(
    fileOf([
      ...[[1, 2], [3, 0], [0, 1]], // x
      ...[[9, 8], [0, 0], [0, 0]], // y
      ...[[255, 4], [255, 1]], // deaths
      ...[[20, 0], [0, 0]], // tenths of a km
      ...[[0, 1], [0, 2]], // day
      ...[[0, 5], [0, 0]], // span
      ...[[0, 5], [1, 7]], // group, precision
    ]),
  );
  assert.deepEqual([table.rows, table.west, table.north, table.stepX, table.stepY], [2, 0.5, 0.25, 0.125, 0.0625]);
  assert.deepEqual([...table.x], [1 + 3 * 256, 2 + 65536]);
  assert.deepEqual([...table.deaths], [0xffff, 260]);
  assert.deepEqual([...table.day], [0, 513]);
  assert.deepEqual([[...table.group], [...table.precision]], [[0, 5], [1, 7]]);
});

test("what is no event file is refused", async () => {
  await assert.rejects(decode(new ArrayBuffer(64)), /not an event file/);
});

test("bits come lowest first", () => {
  assert.deepEqual([...decodeBits("BQA=")], [5, 0]);
});

test("only rows whose bit is set are listed", () => {
  const { passes, listed, shown } = select(tableOf({}, {}, {}), { bits: Uint8Array.of(5) });
  assert.deepEqual(passes, [LISTED | SHOWN, 0, LISTED | SHOWN]);
  assert.deepEqual([listed, shown], [2, 2]);
});

test("dates leave rows listed but not shown; a span passes when any of its days does", () => {
  const table = tableOf({ date: "2023-01-01", until: "2023-01-04" }, { date: "2023-01-05" }, { date: "2023-01-01" });
  const range = { from: dayOfIso("2023-01-04"), to: dayOfIso("2023-01-04") };
  const { passes, listed, shown } = select(table, { range });
  assert.deepEqual(passes, [LISTED | SHOWN, LISTED, LISTED]);
  assert.deepEqual([listed, shown], [3, 1]);
});

test("undated rows pass dates only when asked for", () => {
  const table = tableOf({ date: null }, { date: "2023-01-01" });
  const range = { from: dayOfIso("2022-01-01"), to: dayOfIso("2024-01-01") };
  assert.equal(select(table, { range, undated: false }).shown, 1);
  assert.equal(select(table, { range, undated: true }).shown, 2);
  assert.equal(select(table, {}).shown, 2); // without dates all are shown
});

test("what is not known to so many km is counted as vague, unless the dates leave it out", () => {
  const table = tableOf(
    { km: 25 },
    { km: 25.1 },
    { km: null },
    { lon: null, km: 2 },
    { km: 40, date: "2020-01-01" },
  );
  const range = { from: dayOfIso("2023-01-01"), to: dayOfIso("2023-12-31") };
  const { listed, shown, vague } = select(table, { km: 25, range });
  assert.deepEqual([listed, shown, vague], [1, 1, 3]);
});
