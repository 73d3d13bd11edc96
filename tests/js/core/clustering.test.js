import assert from "node:assert/strict";
import { test } from "node:test";

import { clusterPlaces, standApart } from "../../../geo/webmap/js/core/clustering.js";
import { SHOWN } from "../../../geo/webmap/js/core/event-table.js";
import { centreOf, hexagonAt } from "../../../geo/webmap/js/core/hexagons.js";
import { Places } from "../../../geo/webmap/js/core/places.js";
import { PRECISIONS, mercatorX, mercatorY, tableOf } from "../tables.js";

/** Places of rows, all of them shown, or those where `shown(row)` holds. */
function placesOf(rows, shown = () => true) {
  const places = new Places(tableOf(...rows), PRECISIONS);
  places.tally(Uint8Array.from(rows, (_, row) => (shown(row) ? SHOWN : 0)));
  return places;
}

/** A view of 900 × 600 px around a spot. */
function viewOf(zoom, { lon = 69, lat = 33, right = 0, down = 0 } = {}) {
  const scale = 256 * 2 ** zoom;
  const origin = { x: mercatorX(lon) * scale - 450 + right, y: mercatorY(lat) * scale - 300 + down };
  return { zoom, scale, origin, size: { x: 900, y: 600 } };
}

/** Marks of a view as the layer draws it: points where dots stand apart, else counts. */
function marksOf(places, view, outlines = null) {
  const mode = standApart(places, view.scale) ? "points" : "counts";
  return { mode, ...clusterPlaces(places, view, mode, outlines ?? new Int16Array(places.count).fill(-1)) };
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const cells = ({ marks }) => marks.filter((mark) => mark.cell);

/** Events in a square of 60 km, the same ones every time, and a lone one far off. */
function crowd(count = 600) {
  let seed = 7;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const near = Array.from({ length: count }, () => ({
    lon: 69 - 0.3 + 0.6 * chance(),
    lat: 33 - 0.3 + 0.6 * chance(),
    group: chance() < 0.5 ? 0 : 1,
  }));
  return [...near, { lon: 66.5, lat: 31 }];
}

test("crowded dots become counts that add up to what is shown, by group too", () => {
  const rows = crowd();
  const { mode, marks } = marksOf(placesOf(rows, (row) => row % 3 > 0), viewOf(6));
  assert.equal(mode, "counts");
  assert.ok(marks.some((mark) => mark.cell));
  assert.equal(sum(marks.map((mark) => mark.count)), rows.filter((_, row) => row % 3 > 0).length);
  for (const mark of marks) assert.equal(sum(mark.groups), mark.count);
});

test("a lone event stays a dot among counts", () => {
  const { marks, markOf } = marksOf(placesOf(crowd()), viewOf(6));
  const lone = marks[markOf.at(-1)];
  assert.deepEqual([lone.cell, lone.count, lone.r > 0], [false, 1, true]);
});

test("counts are the same wherever the view is", () => {
  const places = placesOf(crowd());
  const biggest = (view) => Math.max(...cells(marksOf(places, view)).map((mark) => mark.count));
  assert.equal(biggest(viewOf(8)), biggest(viewOf(8, { right: 37, down: 53 })));
  const { marks } = marksOf(places, viewOf(8, { right: 37, down: 53 }));
  assert.equal(sum(marks.map((mark) => mark.count)), 600); // the lone one is out of view
});

test("nearer the crowd parts into dots", () => {
  const places = placesOf(crowd(60));
  assert.equal(marksOf(places, viewOf(6)).mode, "counts");
  const near = marksOf(places, viewOf(10));
  assert.equal(near.mode, "points");
  assert.equal(cells(near).length, 0);
});

test("districts no larger than a hexagon are counted in one, nearer they are areas", () => {
  const near = Array.from({ length: 200 }, (_, n) => ({ lon: 69 + (n % 20) / 100, lat: 33 + Math.floor(n / 20) / 100 }));
  const district = { precision: "admin2", km: 40, group: 2 };
  const places = placesOf([...near, district, district]);
  const outlines = new Int16Array(places.count).fill(-1);
  outlines[places.ofRow[200]] = 0;
  assert.equal(sum(cells(marksOf(places, viewOf(5), outlines)).map((mark) => mark.count)), 202);
  const nearer = marksOf(places, viewOf(7), outlines);
  assert.equal(sum(cells(nearer).map((mark) => mark.count)), 200);
  const areas = nearer.marks.filter((mark) => mark.outline >= 0);
  assert.deepEqual(areas.map((mark) => [mark.outline, mark.count]), [[0, 2]]);
});

test("a province is never counted in a hexagon", () => {
  const province = { precision: "admin1", km: 5 };
  const { marks } = marksOf(placesOf([...crowd(), province]), viewOf(5));
  assert.equal(marks.filter((mark) => mark.ring).length, 1);
});

test("an area without an outline is a ring as wide as it is, in px of its latitude", () => {
  const { marks } = marksOf(placesOf([{ precision: "region", km: 90 }]), viewOf(7));
  const metresPerPx = (156543.03392 * Math.cos((33 * Math.PI) / 180)) / 2 ** 7;
  assert.ok(Math.abs(marks[0].r - 90000 / metresPerPx) < 0.1);
});

test("dots of one spot are one mark that tells the deadliest", () => {
  const { marks } = marksOf(placesOf([{ deaths: 2 }, { deaths: 9 }, { deaths: null }]), viewOf(8));
  assert.deepEqual(marks.map(({ count, deaths, spots }) => [count, deaths, spots]), [[3, 9, 1]]);
});

test("with heat all dots of the view are handed on as a crowd", () => {
  const places = placesOf(crowd());
  const { crowd: handed } = clusterPlaces(places, viewOf(6), "heat", new Int16Array(places.count).fill(-1));
  assert.equal(handed.length, 601);
});

test("a hexagon's middle lies in it, and every point in the nearest one", () => {
  for (let step = 0; step < 500; step += 1) {
    const [x, y] = [1000 + 13.7 * step, 2000 + 7.3 * step];
    const hexagon = hexagonAt(x, y);
    const middle = centreOf(hexagon);
    assert.equal(hexagonAt(middle.x, middle.y), hexagon);
    assert.ok(Math.hypot(middle.x - x, middle.y - y) <= 25.01);
  }
});
