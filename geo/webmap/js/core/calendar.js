/* The time axis: bins of days and what falls into them. An event known to a span of n days counts 1/n
 * on each of them. */

import { MONTHS, dateOf, dayOf, dayWords } from "./days.js";
import { GROUPS, LISTED } from "./event-table.js";

/** @type {Record<string, number>} */
const MONTHS_IN = { month: 1, quarter: 3, year: 12 };
/** @type {Record<string, number>} on average */
const DAYS_IN = { day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365 };

/** First days of the units that cover `first`..`last`, and the day after the last unit.
 * @param {string} unit
 * @param {number} first
 * @param {number} last
 */
function edgesOf(unit, first, last) {
  const edges = [];
  if (unit === "day") {
    for (let day = first; day <= last + 1; day += 1) edges.push(day);
  } else if (unit === "week") {
    const monday = first - ((first + 3) % 7); // 1970-01-01 was a Thursday
    for (let day = monday; edges.length < 2 || edges[edges.length - 1] <= last; day += 7) {
      edges.push(day);
    }
  } else {
    const step = MONTHS_IN[unit];
    const start = dateOf(first);
    let month = start.getUTCMonth() - (start.getUTCMonth() % step);
    do {
      edges.push(dayOf(start.getUTCFullYear(), month));
      month += step;
    } while (edges.length < 2 || edges[edges.length - 1] <= last);
  }
  return edges;
}

/** The time axis of a table: every day from its first to its last. */
export class Calendar {
  /** @type {number[]} first days of the bins, and the day after the last bin; see `divide` */
  edges = [];
  unit = "day";
  bins = 0;
  start = 0;
  end = 0; // the day after
  binOf = new Uint16Array(0); // the bin of each day

  /** @param {EventTable} table */
  constructor(table) {
    this.table = table;
    let [first, last] = [Infinity, 0];
    for (let row = 0; row < table.rows; row += 1) {
      const day = table.day[row];
      if (!day) continue;
      first = Math.min(first, day);
      last = Math.max(last, day + table.span[row]);
    }
    this.empty = first === Infinity;
    this.first = this.empty ? 0 : first;
    this.last = this.empty ? 0 : last;
  }

  /** Choose the finest unit of which at most `most` fit; gives `unit`, `edges` and `bins`.
   * @param {number} most
   */
  divide(most) {
    for (const unit of Object.keys(DAYS_IN)) {
      const days = DAYS_IN[unit];
      if ((this.last - this.first + 1) / days <= most || unit === "year") {
        this.unit = unit;
        this.edges = edgesOf(unit, this.first, this.last);
        break;
      }
    }
    this.bins = this.edges.length - 1;
    this.start = this.edges[0];
    this.end = this.edges[this.bins];
    this.binOf = new Uint16Array(this.end - this.start);
    for (let bin = 0; bin < this.bins; bin += 1) {
      this.binOf.fill(bin, this.edges[bin] - this.start, this.edges[bin + 1] - this.start);
    }
  }

  /** Bin of a day, moved into the axis when it lies outside.
   * @param {number} day
   */
  bin(day) {
    return this.binOf[Math.min(Math.max(day, this.start), this.end - 1) - this.start];
  }

  /**
   * Count the listed rows by bin and group: `sure` those whose span stays within a bin, `spread`
   * the shares of the others, `spans` their rows, `undated` those without a day.

   * @param {Uint8Array} keep
   */
  shares(keep) {
    const { table, edges } = this;
    const sure = new Float64Array(this.bins * GROUPS);
    const spread = new Float64Array(this.bins * GROUPS);
    const spans = [];
    let undated = 0;
    for (let row = 0; row < table.rows; row += 1) {
      if (!(keep[row] & LISTED)) continue;
      const day = table.day[row];
      if (!day) {
        undated += 1;
        continue;
      }
      const group = Math.min(table.group[row], GROUPS - 1);
      const from = this.bin(day);
      const last = day + table.span[row];
      const to = table.span[row] ? this.bin(last) : from;
      if (from === to) {
        sure[from * GROUPS + group] += 1;
        continue;
      }
      spans.push(row);
      const length = last - day + 1;
      for (let bin = from; bin <= to; bin += 1) {
        const inside = Math.min(last + 1, edges[bin + 1]) - Math.max(day, edges[bin]);
        spread[bin * GROUPS + group] += inside / length;
      }
    }
    return { sure, spread, spans, undated };
  }

  /** Labels for the axis: `{day, text}`, at least `least` px apart.
   * @param {number} width
   * @param {number} least
   */
  ticks(width, least) {
    const perDay = width / (this.end - this.start);
    const months = [1, 3, 6, 12, 24, 60, 120].find((n) => n * 30.4 * perDay >= least) || 240;
    const start = dateOf(this.start);
    const found = [];
    let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
    month -= month % months;
    for (; ; month += months) {
      const day = dayOf(Math.floor(month / 12), month % 12);
      if (day >= this.end) break;
      if (day < this.start) continue;
      const year = `${Math.floor(month / 12)}`;
      const plain = months >= 12 || month % 12 === 0;
      found.push({ day, text: plain ? year : MONTHS[month % 12] });
    }
    if (found.length) return found;
    return [{ day: this.start, text: dayWords(this.start) }];
  }
}
