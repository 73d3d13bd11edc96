/* How a mark looks. Hue = event group; radius (line weight on areas) = deaths of the deadliest event there;
 * solid, ringed or tinted = how well the place is known; a light centre = deaths not stated.
 * Dots are drawn once into small canvases and stamped from there: thousands a frame. */

import { inkOf } from "../core/elements.js";
import { SLICES, depthOf, slicesOf, soleGroup, weightOf } from "../core/mark-style.js";

const INK = {
  light: { surface: "#ffffff", text: "#222222", edge: "#555555" },
  dark: { surface: "#1d2126", text: "#f2f2f2", edge: "#a8adb3" },
};

/** The outline of a disc, to be filled or stroked.
 * @param {Ink} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function traceDisc(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
}

export class MarkPainter {
  /** `colours` by group position, `accent` for selection, `dark` theme or not.
   * @param {string[]} colours
   * @param {string} accent
   * @param {boolean} dark
   */
  constructor(colours, accent, dark) {
    this.colours = colours;
    this.accent = accent;
    this.dark = dark;
    this.ink = dark ? INK.dark : INK.light;
    this.ratio = Math.min(window.devicePixelRatio || 1, 2);
    this.stamps = new Map();
  }

  /** Calls `paint(colour, from, to)` for each group's share of the circle, in radians.
   * @param {number[]} groups
   * @param {(colour: string, from: number, to: number) => void} paint
   */
  eachSlice(groups, paint) {
    const sole = soleGroup(groups);
    if (sole >= 0) {
      paint(this.colours[sole], 0, 2 * Math.PI);
      return;
    }
    let from = -Math.PI / 2;
    slicesOf(groups).forEach((n, group) => {
      const to = from + (n * 2 * Math.PI) / SLICES;
      if (n) paint(this.colours[group], from, to);
      from = to;
    });
  }

  /** A dot as a canvas with its centre in the middle; `size` in CSS px.
   * @param {number[]} groups
   * @param {number} radius
   * @param {boolean} unstated
   */
  stamp(groups, radius, unstated) {
    const r = Math.round(radius * 2) / 2;
    const sole = soleGroup(groups);
    const key = `${sole >= 0 ? sole : slicesOf(groups)}|${r}|${unstated}`;
    let canvas = this.stamps.get(key);
    if (!canvas) {
      canvas = this.paintDot(groups, r, unstated);
      this.stamps.set(key, canvas);
    }
    return canvas;
  }

  /**
   * @param {number[]} groups
   * @param {number} r
   * @param {boolean} unstated
   */
  paintDot(groups, r, unstated) {
    const half = Math.ceil(r) + 2;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * half * this.ratio;
    const ctx = inkOf(canvas);
    ctx.scale(this.ratio, this.ratio);
    traceDisc(ctx, half, half, r + 1.1);
    ctx.fillStyle = this.ink.surface;
    ctx.fill();
    this.eachSlice(groups, (colour, from, to) => {
      ctx.beginPath();
      ctx.moveTo(half, half);
      ctx.arc(half, half, r, from, to);
      ctx.fillStyle = colour;
      ctx.fill();
    });
    if (unstated) {
      traceDisc(ctx, half, half, r * 0.5);
      ctx.fillStyle = this.ink.surface;
      ctx.fill();
    }
    return canvas;
  }

  /**
   * @param {Ink} ctx
   * @param {Pick<Mark, "x" | "y" | "r" | "groups" | "deaths">} mark
   */
  dot(ctx, mark) {
    const canvas = this.stamp(mark.groups, mark.r, mark.deaths < 0);
    const size = canvas.width / this.ratio;
    ctx.drawImage(canvas, mark.x - size / 2, mark.y - size / 2, size, size);
  }

  /** The colour of a mark's only group, or grey for several.
   * @param {Pick<Mark, "groups">} mark
   */
  colourOf(mark) {
    const sole = soleGroup(mark.groups);
    return sole >= 0 ? this.colours[sole] : this.ink.edge;
  }

  /** A circle: dashed around an area, plain around a dot that is known to within it only.
   * @param {Ink} ctx
   * @param {Pick<Mark, "x" | "y" | "groups" | "deaths"> & { ring?: boolean }} mark
   * @param {number} r
   * @param {number} alpha
   */
  circle(ctx, mark, r, alpha) {
    traceDisc(ctx, mark.x, mark.y, r);
    ctx.strokeStyle = this.colourOf(mark);
    ctx.globalAlpha = alpha;
    ctx.lineWidth = mark.ring ? weightOf(mark.deaths) : 1;
    ctx.setLineDash(mark.ring ? [6, 4] : []);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  /** The tint inside a circle. A deeper one takes the place of a fainter one where they overlap:
   *  a hundred faint circles would else add up to a solid colour.
   * @param {Ink} ctx
   * @param {Pick<Mark, "x" | "y" | "groups" | "count">} mark
   * @param {number} r
   */
  tint(ctx, mark, r) {
    traceDisc(ctx, mark.x, mark.y, r);
    ctx.globalCompositeOperation = "destination-out";
    ctx.fill();
    ctx.globalCompositeOperation = "source-over";
    ctx.globalAlpha = depthOf(mark.count);
    ctx.fillStyle = this.colourOf(mark);
    ctx.fill();
    ctx.globalAlpha = 1;
  }

  /** A district or province as a whole, for what is known to it only: deeper with the count;
   *  `strength` is a share of that.
   * @param {Ink} ctx
   * @param {Pick<Mark, "groups" | "count" | "deaths">} mark
   * @param {Path2D} path
   * @param {number} [strength]
   */
  area(ctx, mark, path, strength = 1) {
    ctx.fillStyle = ctx.strokeStyle = this.colourOf(mark);
    ctx.globalAlpha = strength * depthOf(mark.count);
    ctx.fill(path, "evenodd");
    ctx.globalAlpha = 0.5;
    ctx.lineWidth = weightOf(mark.deaths);
    ctx.stroke(path); // dashes along a long outline would cost more than all the rest
    ctx.globalAlpha = 1;
  }

  /** A number on a small tablet; returns its width.
   * @param {Ink} ctx
   * @param {number} x
   * @param {number} y
   * @param {string} text
   * @param {number[]} [groups] of an area
   */
  badge(ctx, x, y, text, groups) {
    const width = this.badgeWidth(text);
    ctx.beginPath();
    ctx.roundRect(x - width / 2, y - 7, width, 14, groups ? 3 : 7);
    ctx.fillStyle = this.ink.surface;
    ctx.fill();
    const sole = groups ? soleGroup(groups) : -1;
    ctx.strokeStyle = sole >= 0 ? this.colours[sole] : this.ink.edge;
    ctx.lineWidth = groups ? 1.5 : 1;
    ctx.stroke();
    ctx.font = "600 10px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = this.ink.text;
    ctx.fillText(text, x, y + 0.5);
    return width;
  }

  /** @param {string} text */
  badgeWidth(text) {
    return 8 + 6 * text.length;
  }

  /** The ring around the selected mark; the accent colour is used here only.
   * @param {Ink} ctx
   * @param {() => void} trace
   */
  selection(ctx, trace) {
    ctx.lineJoin = "round";
    for (const { colour, width } of [
      { colour: "#1a1a1a", width: 6 },
      { colour: this.accent, width: 3 },
    ]) {
      trace();
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke();
    }
  }
}
