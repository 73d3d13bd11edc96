import assert from "node:assert/strict";
import { test } from "node:test";

import { linesOf, outlineOf } from "../../../geo/webmap/js/core/outline.js";
import { mercatorX, mercatorY } from "../tables.js";

const square = (west, south, east, north) => [[west, south], [east, south], [east, north], [west, north], [west, south]];
const holds = (outline, lon, lat) => outline.contains(mercatorX(lon), mercatorY(lat));

test("a polygon holds what is inside it, but not its hole", () => {
  const outline = outlineOf({ type: "Polygon", coordinates: [square(66, 30, 74, 36), square(69, 32, 71, 34)] });
  assert.equal(holds(outline, 67, 31), true);
  assert.equal(holds(outline, 70, 33), false);
  assert.equal(holds(outline, 75, 33), false);
});

test("every part of a multipolygon counts", () => {
  const outline = outlineOf({ type: "MultiPolygon", coordinates: [[square(60, 30, 62, 32)], [square(70, 30, 72, 32)]] });
  assert.deepEqual([61, 66, 71].map((lon) => holds(outline, lon, 31)), [true, false, true]);
});

test("a view meets an outline, or lies within it", () => {
  const outline = outlineOf({ type: "Polygon", coordinates: [square(66, 30, 74, 36)] });
  const scale = 256 * 2 ** 8;
  const view = (lon) => ({ scale, origin: { x: mercatorX(lon) * scale, y: mercatorY(34) * scale }, size: { x: 300, y: 300 } });
  assert.deepEqual([outline.meets(view(70)), outline.surrounds(view(70))], [true, true]);
  assert.deepEqual([outline.meets(view(73)), outline.surrounds(view(73))], [true, false]);
  assert.equal(outline.meets(view(75)), false);
});

test("lines are read from features and from bare geometries", () => {
  const line = { type: "LineString", coordinates: [[70, 30], [70, 36]] };
  const lines = { type: "MultiLineString", coordinates: [line.coordinates, line.coordinates] };
  assert.equal(linesOf({ type: "FeatureCollection", features: [{ geometry: line }, { geometry: lines }] }).length, 3);
  const [flat] = linesOf(line);
  assert.deepEqual([...flat].map((part) => part.toFixed(6)), [70, 30, 70, 36].map((part, at) => (at % 2 ? mercatorY(part) : mercatorX(part)).toFixed(6)));
});
