/* The legend: what colour, size and shape mean, drawn with the same code as the map's marks.
 * Built from DOM nodes and textContent. The colours are seen at once where there is room; the rest
 * unfolds. */

import { el, inkOf } from "../core/elements.js";
import { radiusOf } from "../core/mark-style.js";
import { paintHexagon } from "./hexagon-painter.js";

const ROOM = { x: 640, y: 400 }; // px of a map on which the legend is open at first

/** A small canvas with its origin in the middle, handed to `paint(ctx)`.
 * @param {MarkPainter} painter
 * @param {number} width
 * @param {number} height
 * @param {(ctx: Ink) => void} paint
 */
function sample(painter, width, height, paint) {
  const canvas = el("canvas", { class: "border-map-sample" });
  canvas.width = width * painter.ratio;
  canvas.height = height * painter.ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = inkOf(canvas);
  ctx.scale(painter.ratio, painter.ratio);
  ctx.translate(width / 2, height / 2);
  paint(ctx);
  return canvas;
}

/**
 * @param {HTMLElement} picture
 * @param {string} text
 */
function row(picture, text) {
  const line = el("div", { class: "border-map-legend-row" });
  line.append(picture, el("span", {}, text));
  return line;
}

/** @param {number} group */
const only = (group) => [0, 1, 2, 3, 4, 5].map((g) => (g === group ? 1 : 0));
/**
 * @param {number} group
 * @param {number} deaths
 */
const dot = (group, deaths) => ({ x: 0, y: 0, groups: only(group), deaths, r: radiusOf(deaths) });

/** @param {MarkPainter} painter */
function sizes(painter) {
  const line = el("div", { class: "border-map-legend-sizes" });
  for (const deaths of [0, 10, 100, -1]) {
    const words = deaths < 0 ? "not stated" : `${deaths}`;
    const picture = sample(painter, 36, 36, (ctx) => painter.dot(ctx, dot(5, deaths)));
    const cell = el("div", { class: "border-map-legend-size" });
    cell.append(picture, el("span", {}, words));
    line.append(cell);
  }
  return line;
}

/**
 * @param {Ink} ctx
 * @param {MarkPainter} painter
 * @param {{ groups: number[], deaths: number, ring?: boolean }} facts
 */
function circle(ctx, painter, facts) {
  const mark = { x: 0, y: 0, count: 3, ...facts };
  painter.tint(ctx, mark, 10);
  painter.circle(ctx, mark, 10, 0.8);
}

/** @param {MarkPainter} painter */
function places(painter) {
  const grey = only(5);
  /** @param {(ctx: Ink) => void} paint */
  const small = (paint) => sample(painter, 26, 22, paint);
  const square = new Path2D("M-9 -6 L5 -8 L10 5 L-4 8 Z");
  const tint = { groups: grey, deaths: 0, count: 3 };
  return [
    row(small((ctx) => painter.dot(ctx, dot(5, 3))), "named place"),
    row(
      small((ctx) => {
        circle(ctx, painter, { groups: grey, deaths: 0 });
        painter.dot(ctx, dot(5, 0));
      }),
      "near it, within the disc",
    ),
    row(
      small((ctx) => {
        painter.area(ctx, tint, square);
        painter.badge(ctx, 0, 0, "3", grey);
      }),
      "somewhere in the district or province",
    ),
    row(
      small((ctx) => circle(ctx, painter, { groups: grey, deaths: 0, ring: true })),
      "somewhere in the ring",
    ),
  ];
}

/**
 * @param {Ink} ctx
 * @param {MarkPainter} painter
 */
function heat(ctx, painter) {
  const blend = ctx.createLinearGradient(-22, 0, 22, 0);
  blend.addColorStop(0, "transparent");
  blend.addColorStop(1, painter.ink.text);
  ctx.fillStyle = blend;
  ctx.fillRect(-22, -6, 44, 12);
}

/** @param {MarkPainter} painter */
function crowds(painter) {
  const groups = [12, 5, 0, 3, 0, 0];
  const cell = { x: 0, y: 0, count: 20, groups };
  const stack = { ...dot(0, 3), groups: only(0) };
  return [
    row(
      sample(painter, 44, 44, (ctx) => paintHexagon(ctx, painter, cell)),
      "as many events within it, or within a district of its size; bar by kind; click to draw nearer",
    ),
    row(
      sample(painter, 26, 26, (ctx) => {
        painter.dot(ctx, stack);
        painter.badge(ctx, 7, -7, "4");
      }),
      "events at one place; click for each",
    ),
    row(
      sample(painter, 44, 16, (ctx) => heat(ctx, painter)),
      "heat: the darker, the more events; the darkest is the densest spot in view".replaceAll(
        "dark",
        painter.dark ? "light" : "dark",
      ),
    ),
  ];
}

/** The strip under the map: bars, the pale shares on top of them, the spans below.
 * @param {MarkPainter} painter
 */
function dates(painter) {
  /** @param {Ink} ctx */
  const bars = (ctx) => {
    ctx.fillStyle = ctx.strokeStyle = painter.colours[0];
    for (const [x, sure, share] of [[-14, 10, 0], [-5, 6, 5], [4, 3, 5]]) {
      ctx.fillRect(x, 6 - sure, 8, sure);
      ctx.globalAlpha = 0.5;
      ctx.fillRect(x, 6 - sure - share, 8, share);
      ctx.globalAlpha = 1;
    }
    ctx.fillRect(-5, 9, 17, 1.5);
  };
  const words =
    "events by date; pale: shares of events known only to a span of days, which the lines below show";
  return [el("h4", {}, "Under the map"), row(sample(painter, 44, 26, bars), words)];
}

/**
 * @param {MarkPainter} painter
 * @param {EventSettings} settings
 */
const kinds = (painter, settings) =>
  settings.groups.map((group, at) =>
    row(
      sample(painter, 26, 17, (ctx) => painter.dot(ctx, { ...dot(at, 3), r: 5.5 })),
      group.label,
    ),
  );

/** @param {MarkPainter} painter */
const marks = (painter) => [
  el("h4", {}, "Deaths, deadliest event there"),
  sizes(painter),
  el("h4", {}, "How well the place is known"),
  ...places(painter),
  el("h4", {}, "Several events"),
  ...crowds(painter),
];

/** All the legend says, as nodes; the picture of the map (picture.js) takes them.
 * @param {MarkPainter} painter
 * @param {EventSettings} settings
 */
export const legendRows = (painter, settings) => [...kinds(painter, settings), ...marks(painter)];

/** Add the legend to the map, top left, where the map is emptiest.
 * @param {L.Map} map
 * @param {MarkPainter} painter
 * @param {EventSettings} settings
 */
export function addLegend(map, painter, settings) {
  const control = new L.Control({ position: "topleft" });
  control.onAdd = () => {
    const box = el("details", { class: "border-map-legend" });
    const { x, y } = map.getSize();
    box.open = x >= ROOM.x && y >= ROOM.y;
    box.append(el("summary", {}, "Legend"), ...kinds(painter, settings));
    const more = el("details", { class: "border-map-legend-marks" });
    more.append(el("summary", {}, "How to read the marks"), ...marks(painter), ...dates(painter));
    box.append(more);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  };
  control.addTo(map);
}
