/* Playing through time: a window of fixed length, or everything up to a moving end. One step is one
 * bin of the histogram. Knows the calendar and a function to call; not the map, not the page. */

import { wantsLittleMotion } from "../core/elements.js";

const STEP = 420; // ms at speed 1
const CALM_STEP = 1200; // at least, for readers who asked for little motion
const WINDOWS = 12; // a window takes this part of the time axis when none is chosen

export class Player {
  /** @type {ReturnType<typeof setTimeout> | null} */
  timer = null;
  /** @type {[number, number]} first and last bin shown while it plays */
  at = [0, 0];

  /** `show(range, done)` is called for every step; `changed()` when playing starts or stops.
   * @param {Calendar} calendar
   * @param {(range: DayRange, done: boolean) => void} show
   * @param {() => void} changed
   */
  constructor(calendar, show, changed) {
    this.calendar = calendar;
    this.show = show;
    this.changed = changed;
    this.speed = 1;
    this.cumulative = false;
  }

  get playing() {
    return this.timer !== null;
  }

  /** First and last bin of a range of days, or the whole axis.
   * @param {DayRange | null} range
   */
  binsOf(range) {
    const { calendar } = this;
    return range ? [calendar.bin(range.from), calendar.bin(range.to)] : [0, calendar.bins - 1];
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  rangeOf(from, to) {
    const { edges } = this.calendar;
    return { from: edges[from], to: edges[to + 1] - 1 };
  }

  /** Bins of a usual window. */
  get usual() {
    return Math.max(1, Math.round(this.calendar.bins / WINDOWS));
  }

  /** @param {DayRange | null} range */
  toggle(range) {
    if (this.playing) this.pause();
    else this.play(range);
  }

  /** @param {DayRange | null} range */
  play(range) {
    const last = this.calendar.bins - 1;
    let [from, to] = range ? this.binsOf(range) : [0, this.cumulative ? 0 : this.usual - 1];
    if (to >= last) {
      // at the end: once more from the start, with the same length
      [from, to] = this.cumulative ? [from, from] : [0, Math.min(last, to - from)];
      if (!this.cumulative && to >= last) to = this.usual - 1;
    }
    this.at = [from, to];
    this.show(this.rangeOf(from, to), false);
    this.wait();
    this.changed();
  }

  wait() {
    const pace = STEP / this.speed;
    this.timer = setTimeout(() => this.step(), wantsLittleMotion() ? Math.max(CALM_STEP, pace) : pace);
  }

  step() {
    const [from, to] = this.at;
    if (to >= this.calendar.bins - 1) {
      this.pause();
      return;
    }
    this.at = [this.cumulative ? from : from + 1, to + 1];
    this.show(this.rangeOf(...this.at), false);
    this.wait();
  }

  /** Stop where it is; what is shown then goes to Python. */
  pause() {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.show(this.rangeOf(...this.at), true);
    this.changed();
  }

  /** Stop without a word: something else sets the dates now. */
  drop() {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.changed();
  }

  /** The range moved by `steps` bins, its length kept.
   * @param {DayRange | null} range
   * @param {number} steps
   */
  moved(range, steps) {
    const [from, to] = range ? this.binsOf(range) : [-1, this.usual - 2];
    const length = to - from;
    const start = Math.min(Math.max(from + steps, 0), this.calendar.bins - 1 - length);
    return this.rangeOf(start, start + length);
  }
}
