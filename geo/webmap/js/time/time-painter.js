/* The picture in the strip of time: an axis, the dates chosen, bars stacked by group, and below
 * them the events known to a span of days. What lies outside the dates is faint; the shares of
 * events whose span crosses a bar's edge stand pale on top of those that are sure. */

import { GROUPS } from "../core/event-table.js";
import { formatNumber, roundTo } from "../core/words.js";

/** Px around the bars. */
export const EDGE = { left: 10, right: 10, top: 12, bottom: 22 };
const LANES = 4; // rows of spans
const INK = {
  light: { text: "#5a6268", line: "#b8bec3", range: "rgba(59, 77, 92, 0.10)" },
  dark: { text: "#aeb6bc", line: "#4a545c", range: "rgba(169, 188, 203, 0.14)" },
};

/** @param {Timeline} time */
const inkOf = (time) => (time.dark ? INK.dark : INK.light);

/**
 * @param {Timeline} time
 * @param {Ink} ctx
 */
function paintAxis(time, ctx) {
  ctx.font = "11px system-ui, sans-serif";
  ctx.fillStyle = inkOf(time).text;
  ctx.strokeStyle = inkOf(time).line;
  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  for (const { day, text } of time.calendar.ticks(time.width, 46)) {
    const x = Math.round(time.x(day)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(x, time.base);
    ctx.lineTo(x, time.base + 12);
    ctx.stroke();
    if (x + 30 < time.chart.clientWidth) ctx.fillText(text, x + 3, time.base + 19);
  }
  ctx.beginPath();
  ctx.moveTo(EDGE.left, time.base + 0.5);
  ctx.lineTo(EDGE.left + time.width, time.base + 0.5);
  ctx.stroke();
  if (!time.top) return;
  const most = time.top < 10 ? roundTo(time.top, 1) : Math.round(time.top);
  ctx.fillText(`up to ${formatNumber(most)} a ${time.calendar.unit}`, EDGE.left + 8, 10);
}

/**
 * @param {Timeline} time
 * @param {Ink} ctx
 */
function paintRange(time, ctx) {
  const { range } = time.layer;
  if (!range) return;
  const [from, to] = time.ends(range);
  ctx.fillStyle = inkOf(time).range;
  ctx.fillRect(from, 0, Math.max(1, to - from), time.base + 12);
}

/**
 * @param {Timeline} time
 * @param {Ink} ctx
 */
function paintBars(time, ctx) {
  if (!time.top) return;
  const { edges, bins } = time.calendar;
  const { range } = time.layer;
  const scale = (time.base - EDGE.top) / time.top;
  const gap = time.width / bins > 3 ? 1 : 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const [from, to] = [time.x(edges[bin]), time.x(edges[bin + 1])];
    const inside = !range || (edges[bin] <= range.to && edges[bin + 1] > range.from);
    let y = time.base;
    const { sure, spread } = time.shares;
    for (const { counts, alpha } of [{ counts: sure, alpha: 1 }, { counts: spread, alpha: 0.5 }]) {
      ctx.globalAlpha = inside ? alpha : 0.25 * alpha;
      for (let group = 0; group < GROUPS; group += 1) {
        const tall = counts[bin * GROUPS + group] * scale;
        if (!tall) continue;
        ctx.fillStyle = time.groups[group].colour;
        ctx.fillRect(from, y - tall, Math.max(1, to - from - gap), tall);
        y -= tall;
      }
    }
  }
  ctx.globalAlpha = 1;
}

/** Events known to a span: a line each, in lanes; where there are many they run together.
 * @param {Timeline} time
 * @param {Ink} ctx
 */
function paintSpans(time, ctx) {
  const { table } = time.layer;
  const { spans } = time.shares;
  ctx.lineWidth = 1.5;
  ctx.globalAlpha = spans.length > 40 ? 0.35 : 0.8;
  const ends = new Array(LANES).fill(-Infinity);
  const rows = spans.length > 1000 ? spans.slice(0, 1000) : [...spans];
  for (const row of rows.sort((a, b) => table.day[a] - table.day[b])) {
    const from = time.x(table.day[row]);
    const to = time.x(table.day[row] + table.span[row] + 1);
    const free = ends.findIndex((end) => end < from);
    const lane = free >= 0 ? free : LANES - 1;
    ends[lane] = Math.max(ends[lane], to + 1);
    ctx.strokeStyle = time.groups[Math.min(table.group[row], GROUPS - 1)].colour;
    ctx.beginPath();
    ctx.moveTo(from, time.base + 2.5 + 2.5 * lane);
    ctx.lineTo(Math.max(to, from + 2), time.base + 2.5 + 2.5 * lane);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** When the selected event was: the accent is for selection only.
 * @param {Timeline} time
 * @param {Ink} ctx
 */
function paintSelected(time, ctx) {
  const { selected } = time.layer.filter;
  const { table } = time.layer;
  if (selected === null || !table.day[selected]) return;
  const from = time.x(table.day[selected]);
  const wide = Math.max(3, time.x(table.day[selected] + table.span[selected] + 1) - from);
  ctx.fillStyle = "#1a1a1a";
  ctx.fillRect(from - 1, time.base - 1, wide + 2, 7);
  ctx.fillStyle = time.layer.painter.accent;
  ctx.fillRect(from, time.base, wide, 5);
}

/** Paint everything; `time` is the Timeline, its canvas cleared and scaled.
 * @param {Timeline} time
 * @param {Ink} ctx
 */
export function paintTimeline(time, ctx) {
  paintAxis(time, ctx);
  paintRange(time, ctx);
  paintBars(time, ctx);
  paintSpans(time, ctx);
  paintSelected(time, ctx);
}
