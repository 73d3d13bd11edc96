/* Days, bins of days and what falls into them. An event known to a span of n days counts 1/n on each
 * of them. Days are whole numbers since 1970-01-01, as in the event file; no time zones. */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const DAY = 86400000; // ms
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const MONTHS_IN = { month: 1, quarter: 3, year: 12 };

  const dateOf = (day) => new Date(day * DAY);
  const dayOf = (year, month, date = 1) => Math.round(Date.UTC(year, month, date) / DAY);

  BM.isoOf = (day) => dateOf(day).toISOString().slice(0, 10);

  /** Dates from Python, ISO or null at either end, as days; an open end is far away. */
  BM.rangeOf = ({ from, to }) => ({
    from: from === null ? 0 : Math.round(Date.parse(from) / DAY),
    to: to === null ? 0xffff * 2 : Math.round(Date.parse(to) / DAY),
  });

  const { format } = new Intl.NumberFormat("en");
  BM.number = (value) => format(value);
  BM.round = (value, digits) => Number(value.toFixed(digits));
  BM.calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** "19 Feb 2023". */
  BM.dayWords = (day) => {
    const date = dateOf(day);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  };

  /** "12 violence, 3 diplomacy", most first; at most `most` of them, the rest summed up. */
  BM.groupWords = (counts, groups, most = 6) => {
    const named = counts.map((n, at) => [n, groups[at].label.toLowerCase()]).filter(([n]) => n > 0);
    named.sort((a, b) => b[0] - a[0]);
    const words = named.slice(0, most).map(([n, label]) => `${BM.number(Math.round(n))} ${label}`);
    const rest = named.slice(most).reduce((sum, [n]) => sum + n, 0);
    return words.concat(rest ? [`${BM.number(Math.round(rest))} other kinds`] : []).join(", ");
  };

  /** First days of the units that cover `first`..`last`, and the day after the last unit. */
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
  class Calendar {
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

    /** Choose the finest unit of which at most `most` fit; gives `unit`, `edges` and `bins`. */
    divide(most) {
      for (const unit of ["day", "week", "month", "quarter", "year"]) {
        const days = { day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365 }[unit];
        if ((this.last - this.first + 1) / days <= most || unit === "year") {
          this.unit = unit;
          this.edges = edgesOf(unit, this.first, this.last);
          break;
        }
      }
      this.bins = this.edges.length - 1;
      this.start = this.edges[0];
      this.end = this.edges[this.bins]; // the day after
      this.binOf = new Uint16Array(this.end - this.start);
      for (let bin = 0; bin < this.bins; bin += 1) {
        this.binOf.fill(bin, this.edges[bin] - this.start, this.edges[bin + 1] - this.start);
      }
    }

    /** Bin of a day, moved into the axis when it lies outside. */
    bin(day) {
      return this.binOf[Math.min(Math.max(day, this.start), this.end - 1) - this.start];
    }

    /**
     * Count the listed rows by bin and group: `sure` those whose span stays within a bin, `spread`
     * the shares of the others, `spans` their rows, `undated` those without a day.
     */
    shares(keep) {
      const { table, edges } = this;
      const sure = new Float64Array(this.bins * BM.GROUPS);
      const spread = new Float64Array(this.bins * BM.GROUPS);
      const spans = [];
      let undated = 0;
      for (let row = 0; row < table.rows; row += 1) {
        if (!(keep[row] & BM.LISTED)) continue;
        const day = table.day[row];
        if (!day) {
          undated += 1;
          continue;
        }
        const group = Math.min(table.group[row], BM.GROUPS - 1);
        const from = this.bin(day);
        const last = day + table.span[row];
        const to = table.span[row] ? this.bin(last) : from;
        if (from === to) {
          sure[from * BM.GROUPS + group] += 1;
          continue;
        }
        spans.push(row);
        const length = last - day + 1;
        for (let bin = from; bin <= to; bin += 1) {
          const inside = Math.min(last + 1, edges[bin + 1]) - Math.max(day, edges[bin]);
          spread[bin * BM.GROUPS + group] += inside / length;
        }
      }
      return { sure, spread, spans, undated };
    }

    /** Labels for the axis: `{day, text}`, at least `least` px apart. */
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
      return [{ day: this.start, text: BM.dayWords(this.start) }];
    }
  }

  BM.Calendar = Calendar;
})();
