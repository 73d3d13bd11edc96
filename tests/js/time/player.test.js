import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Calendar } from "../../../geo/webmap/js/core/calendar.js";
import { Player } from "../../../geo/webmap/js/time/player.js";
import { tableOf } from "../tables.js";

let calm = false;
let shown;
let player;

beforeEach(() => {
  calm = false;
  shown = [];
  globalThis.window = { matchMedia: () => ({ matches: calm }) };
  mock.timers.enable({ apis: ["setTimeout"] });
  const months = Array.from({ length: 12 }, (_, at) => ({ date: `2023-${`${at + 1}`.padStart(2, "0")}-15` }));
  const calendar = new Calendar(tableOf(...months));
  calendar.divide(12);
  player = new Player(calendar, (range, done) => shown.push({ bins: player.binsOf(range), done }), () => {});
});

afterEach(() => {
  mock.timers.reset();
  delete globalThis.window;
});

/** Let `count` steps at speed 1 pass; a timer set in a step is only seen by the next tick. */
function steps(count) {
  for (let n = 0; n < count; n += 1) mock.timers.tick(420);
}

const bins = () => shown.map((one) => one.bins);

test("a window moves by a bin a step and keeps its length", () => {
  player.play(player.rangeOf(2, 4));
  steps(2);
  assert.deepEqual(bins(), [[2, 4], [3, 5], [4, 6]]);
  assert.ok(shown.every(({ done }) => !done));
});

test("stopping tells where it is, once", () => {
  player.play(player.rangeOf(2, 4));
  player.pause();
  player.pause();
  assert.deepEqual(shown.map(({ done }) => done), [false, true]);
  assert.equal(player.playing, false);
});

test("adding up keeps its first day", () => {
  player.cumulative = true;
  player.play(null);
  steps(2);
  assert.deepEqual(bins(), [[0, 0], [0, 1], [0, 2]]);
});

test("at the end it stops; played again it starts anew with the same length", () => {
  player.play(player.rangeOf(9, 10));
  steps(2);
  assert.equal(player.playing, false);
  assert.deepEqual(shown.at(-1), { bins: [10, 11], done: true });
  player.play(player.rangeOf(10, 11));
  assert.deepEqual(bins().at(-1), [0, 1]);
});

test("speed shortens a step, little motion never lets it fall below its own pace", () => {
  player.speed = 4;
  player.play(player.rangeOf(0, 0));
  mock.timers.tick(105);
  assert.equal(shown.length, 2);
  player.drop();
  calm = true;
  player.play(player.rangeOf(0, 0));
  mock.timers.tick(1199);
  assert.equal(shown.length, 3);
  mock.timers.tick(1);
  assert.equal(shown.length, 4);
});

test("a range moved by keys keeps its length and stays on the axis", () => {
  const moved = (range, by) => player.binsOf(player.moved(range, by));
  assert.deepEqual(moved(player.rangeOf(2, 4), 3), [5, 7]);
  assert.deepEqual(moved(player.rangeOf(2, 4), 99), [9, 11]);
  assert.deepEqual(moved(player.rangeOf(2, 4), -99), [0, 2]);
  assert.deepEqual(moved(null, 1), [0, 0]); // the usual window enters from the left
});
