import assert from "node:assert/strict";
import { test } from "node:test";

import { SLICES, depthOf, dotRadius, radiusOf, slicesOf, soleGroup } from "../../../geo/webmap/js/core/mark-style.js";

test("area grows with deaths, up to a bound; not stated has a size of its own", () => {
  assert.equal(radiusOf(0), 4);
  assert.equal(radiusOf(-1), 4.5);
  assert.ok(radiusOf(1) > radiusOf(0) && radiusOf(100) > radiusOf(10));
  assert.equal(radiusOf(100000), 24);
  assert.equal(dotRadius({ deaths: 0, count: 2 }), 5);
});

test("a mixed circle is cut into eighths, and no group is lost", () => {
  for (const groups of [[1, 1, 0, 0, 0, 0], [1000, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1], [5, 3, 0, 0, 0, 1]]) {
    const slices = slicesOf(groups);
    assert.equal(slices.reduce((a, b) => a + b), SLICES);
    assert.deepEqual(slices.map((n) => n > 0), groups.map((n) => n > 0));
  }
  assert.deepEqual(slicesOf([3, 1, 0, 0, 0, 0]), [6, 2, 0, 0, 0, 0]);
});

test("one group alone is known as such", () => {
  assert.equal(soleGroup([0, 0, 4, 0, 0, 0]), 2);
  assert.equal(soleGroup([1, 0, 4, 0, 0, 0]), -1);
});

test("a tint deepens with the count but never hides the land", () => {
  assert.ok(depthOf(30) > depthOf(1));
  assert.equal(depthOf(1e6), 0.3);
});
