/* The strip under the map: a histogram stacked by group, a brush for the dates, and playback. It
 * shows every event that passes the filter apart from the dates; what lies outside them is faint.
 * It is painted by time-painter.js; brush.js gives it hands. */

import { Calendar } from "../core/calendar.js";
import { dayWords, rangeWords } from "../core/days.js";
import { el, inkOf } from "../core/elements.js";
import { GROUPS, SHOWN } from "../core/event-table.js";
import { eventsWords, formatNumber, groupWords } from "../core/words.js";
import { addBrush } from "./brush.js";
import { Player } from "./player.js";
import { EDGE, paintTimeline } from "./time-painter.js";

const NARROW = 640;
const HEIGHT = { wide: 118, narrow: 158 }; // px of the strip, also in map.css
const BAR = 5; // least px of a bar and its gap
const SAY_AFTER = 900; // ms of rest before a screen reader hears of it
const SAY_EVERY = 5000; // ms between two words while it plays
const TELL_AFTER = 350; // ms of rest before Python hears of a key press

/**
 * @param {string} label
 * @param {[string, string][]} options
 */
function choice(label, options) {
  const items = options.map(([value, text]) => el("option", { value }, text));
  return el("select", { "aria-label": label }, items);
}

export class Timeline {
  /** @type {Calendar} not there before the events are, nor is what follows */
  calendar;
  /** @type {Player} none without dates: see `ready` */
  player;
  /** @type {Shares} what the bars hold */
  shares;
  /** @type {number} px from the first day to the last */
  width = 50;
  /** @type {number} px from the chart's top to its axis */
  base = 0;
  /** @type {Uint8Array | null} the filter that the bars were counted for */
  bits = null;
  known = false; // and whether only what is well known was counted
  /** @type {number | undefined} timers, and when something was said last */
  saying;
  /** @type {number | undefined} */
  telling;
  saidAt = -Infinity;

  box = el("section", { class: "border-map-time", "aria-label": "Events over time" });
  button = el("button", { class: "border-map-play", type: "button" }, "▶ Play");
  mode = choice("How to play", [["window", "a moving window"], ["sum", "adding up"]]);
  speed = choice("Speed", [["0.5", "½ ×"], ["1", "1 ×"], ["2", "2 ×"], ["4", "4 ×"]]);
  words = el("span", { class: "border-map-time-words" });
  clear = el("button", { type: "button" }, "All dates");
  chart = el("div", {
    ...{ class: "border-map-time-chart", tabindex: "0", role: "group" },
    "aria-label":
      "Dates shown. Space plays, arrows move the dates, with Shift they lengthen them, " +
      "Home and End go to the first and last, Escape shows all",
  });
  canvas = el("canvas", { role: "img", "aria-label": "Events over time" });
  handles = ["from", "to"].map((end) =>
    el("div", {
      ...{ class: "border-map-handle", role: "slider", tabindex: "0", "data-end": end },
      "aria-label": end === "from" ? "First day shown" : "Last day shown",
    }),
  );
  said = el("p", { class: "border-map-unseen", "aria-live": "polite", role: "status" });

  /**
   * @param {L.Map} map
   * @param {EventLayer} layer
   */
  constructor(map, layer) {
    const { groups, dark, timeHost } = layer.settings;
    this.map = map;
    this.layer = layer;
    this.groups = groups;
    this.dark = dark;
    this.host = timeHost ? document.getElementById(timeHost) : null;
    this.top = 0; // events in the highest bar
    this.stale = false; // whether the bars must be counted anew
    this.box.classList.add(dark ? "dark" : "light");
    this.build();
    this.makeRoom();
    window.addEventListener("resize", () => this.resized());
    new ResizeObserver(() => layer.schedule()).observe(this.chart); // words above it may wrap
    layer.on("table", () => this.setTable());
    layer.on("counted", () => this.counted());
    layer.on("drawn", () => this.draw());
    layer.on("play", () => this.ready && this.player.toggle(layer.range));
  }

  build() {
    const bar = el("div", { class: "border-map-time-bar" });
    this.speed.value = "1";
    this.clear.hidden = true;
    bar.append(this.button, this.mode, this.speed, this.words, this.clear);
    this.chart.append(this.canvas, ...this.handles);
    this.box.append(bar, this.chart, this.said);
    (this.host || document.body).append(this.box);
  }

  /** The map gets what the strip leaves of the frame; in a host, the page shares out the room. */
  makeRoom() {
    if (this.host) return;
    const height = window.innerWidth < NARROW ? HEIGHT.narrow : HEIGHT.wide;
    this.box.style.height = `${height}px`;
    const { style } = this.map.getContainer();
    style.setProperty("height", `calc(100vh - ${height}px)`, "important");
  }

  setTable() {
    this.calendar = new Calendar(this.layer.table);
    if (this.calendar.empty) {
      this.words.textContent = "No event has a date.";
      this.button.disabled = true;
      return;
    }
    this.player = new Player(
      this.calendar,
      (range, done) => this.layer.setRange(range, done),
      () => this.playChanged(),
    );
    this.divide();
    this.listen();
  }

  get ready() {
    return Boolean(this.player);
  }

  divide() {
    this.width = Math.max(50, this.chart.clientWidth - EDGE.left - EDGE.right);
    this.calendar.divide(Math.max(12, Math.floor(this.width / BAR)));
  }

  resized() {
    this.makeRoom();
    if (!this.ready) return;
    this.player.drop();
    this.divide();
    this.stale = true;
    this.draw();
  }

  /** The filter changed; bars only need counting when it was more than the dates. */
  counted() {
    if (!this.ready) return;
    const { filter, onlyKnown } = this.layer;
    if (this.bits !== filter.bits || this.known !== onlyKnown) this.stale = true;
    [this.bits, this.known] = [filter.bits, onlyKnown];
    this.sayLater();
  }

  /* ---- days and pixels ---- */

  /** @param {number} day */
  x(day) {
    const { start, end } = this.calendar;
    return EDGE.left + (this.width * (day - start)) / (end - start);
  }

  /** @param {number} x */
  dayAt(x) {
    const { start, end } = this.calendar;
    return start + ((x - EDGE.left) / this.width) * (end - start);
  }

  /** The edge of a bin nearest to a spot.
   * @param {number} x
   */
  edgeAt(x) {
    const { edges, bins } = this.calendar;
    const day = this.dayAt(x);
    const bin = this.calendar.bin(Math.floor(day));
    const at = day - edges[bin] < edges[bin + 1] - day ? bin : bin + 1;
    return Math.min(bins, Math.max(0, at));
  }

  /* ---- drawing ---- */

  draw() {
    if (!this.ready) return;
    if (this.stale || !this.shares) {
      this.shares = this.calendar.shares(this.layer.keep);
      this.stale = false;
      this.sumUp();
    }
    this.write(); // first: its length may change the room of the chart
    const ratio = this.layer.painter.ratio;
    const [width, height] = [this.chart.clientWidth, this.chart.clientHeight];
    this.canvas.width = width * ratio; // also clears it
    this.canvas.height = height * ratio;
    const ctx = inkOf(this.canvas);
    ctx.scale(ratio, ratio);
    this.base = height - EDGE.bottom;
    paintTimeline(this, ctx);
    this.placeHandles();
  }

  sumUp() {
    const { sure, spread } = this.shares;
    const heights = new Float64Array(this.calendar.bins);
    sure.forEach((n, at) => (heights[Math.floor(at / GROUPS)] += n + spread[at]));
    this.top = Math.max(0, ...heights);
  }

  /** Where a range lies on the axis, in px.
   * @param {DayRange} range
   */
  ends(range) {
    /** @param {number} day */
    const within = (day) => Math.min(Math.max(day, this.calendar.start), this.calendar.end);
    return [this.x(within(range.from)), this.x(within(range.to + 1))];
  }

  placeHandles() {
    const range = this.layer.range || { from: this.calendar.start, to: this.calendar.end - 1 };
    const ends = this.ends(range);
    this.handles.forEach((handle, at) => {
      const day = Math.min(Math.max(at ? range.to : range.from, this.calendar.start), this.calendar.end - 1);
      handle.style.transform = `translateX(${Math.round(ends[at])}px)`;
      handle.setAttribute("aria-valuemin", `${this.calendar.start}`);
      handle.setAttribute("aria-valuemax", `${this.calendar.end - 1}`);
      handle.setAttribute("aria-valuenow", `${day}`);
      handle.setAttribute("aria-valuetext", dayWords(day));
    });
  }

  /* ---- words ---- */

  dateWords() {
    const { range } = this.layer;
    const { first, last } = this.calendar;
    const from = range ? Math.max(range.from, first) : first;
    const to = range ? Math.min(range.to, last) : last;
    return rangeWords(from, Math.max(from, to), this.layer.settings.spans);
  }

  write() {
    const { shown, placed } = this.layer.counts;
    const { undated } = this.shares;
    const { range } = this.layer;
    const gone = range && undated && !this.layer.undated;
    const tray = undated ? ` · ${formatNumber(undated)} undated${gone ? ", not shown" : ""}` : "";
    const onMap = placed === shown ? "" : `, ${formatNumber(placed)} on the map`;
    this.words.textContent = `${this.dateWords()} · ${eventsWords(shown)}${onMap}${tray}`;
    this.clear.hidden = !range;
  }

  sayLater() {
    if (this.player.playing) {
      this.sayPlaying();
      return;
    }
    clearTimeout(this.saying);
    this.saying = window.setTimeout(() => this.say(), SAY_AFTER);
  }

  /** While it plays, now and then: every step would drown everything else. */
  sayPlaying() {
    clearTimeout(this.saying);
    const now = performance.now();
    if (now - this.saidAt < SAY_EVERY) return;
    this.saidAt = now;
    this.said.textContent = `Playing: ${this.dateWords()}, ${eventsWords(this.layer.counts.shown)}.`;
  }

  /** The picture in words: for a screen reader, and as the chart's own text. */
  say() {
    const { table, keep, counts } = this.layer;
    const groups = [0, 0, 0, 0, 0, 0];
    for (let row = 0; row < table.rows; row += 1) {
      if (keep[row] & SHOWN) groups[Math.min(table.group[row], GROUPS - 1)] += 1;
    }
    const kinds = counts.shown ? `: ${groupWords(groups, this.groups)}` : "";
    const undated = this.shares?.undated ?? 0; // a hidden page draws nothing and counts no bars
    const tray = undated ? `; ${formatNumber(undated)} without a date` : "";
    const words = `${eventsWords(counts.shown)}, ${this.dateWords()}${kinds}${tray}.`;
    if (this.said.textContent !== words) this.said.textContent = words;
    this.canvas.setAttribute("aria-label", `Events by ${this.calendar.unit}. ${words}`);
  }

  /* ---- hands ---- */

  playChanged() {
    const { playing } = this.player;
    this.button.textContent = playing ? "❚❚ Pause" : "▶ Play";
    this.sayLater();
  }

  listen() {
    this.button.addEventListener("click", () => this.player.toggle(this.layer.range));
    this.mode.addEventListener("change", () => {
      this.player.cumulative = this.mode.value === "sum";
    });
    this.speed.addEventListener("change", () => (this.player.speed = Number(this.speed.value)));
    this.clear.addEventListener("click", () => this.set(null, true));
    addBrush(this);
  }

  /** Dates from a hand; `done` when it rests.
   * @param {DayRange | null} range
   * @param {boolean} done
   */
  set(range, done) {
    this.player.drop();
    clearTimeout(this.telling);
    this.layer.setRange(range, done);
  }

  /** Dates from a key: Python hears once the keys rest.
   * @param {DayRange | null} range
   */
  setSoon(range) {
    this.set(range, false);
    this.telling = window.setTimeout(() => this.layer.tellDates(), TELL_AFTER);
  }
}
