/* The name of the border line, written along its straightest stretch in view. */

import { boxAt, overlaps } from "../core/boxes.js";

const STEP = 12; // px between the points of the line that are looked at
const MAX_BEND = 8; // px the border may stray from a straight line beneath its name

/** @typedef {{ x: number, y: number, angle: number, boxes: Box[], score: number }} Stretch of the border, where its name may stand */

/** How far points stray from the straight line between the first and the last.
 * @param {L.Point[]} points
 */
function bend(points) {
  const [from, to] = [points[0], points[points.length - 1]];
  return Math.max(...points.map((p) => L.LineUtil.pointToSegmentDistance(p, from, to)));
}

export class BorderName {
  /** @type {Float64Array[]} the border, in Mercator fractions */
  lines = [];
  /** @type {HTMLElement | undefined} not there before the lines are */
  node;
  /** @type {{ text: string, width: number }[]} what it may be called, the longest form first */
  texts = [];

  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
  }

  /**
   * @param {Float64Array[]} lines
   * @param {HTMLElement} node
   */
  follow(lines, node) {
    this.lines = lines;
    this.node = node;
  }

  /** Take what it may be called; says whether that must be written anew.
   * @param {{ text: string, width: number }[]} texts
   */
  call(texts) {
    const same = texts.map(({ text }) => text).join() === this.texts.map(({ text }) => text).join();
    this.texts = texts;
    return !same && this.node !== undefined;
  }

  /** Never over another name; over a gate only when nothing else is free.
   * @param {Box[]} gates
   * @param {Box[]} names
   * @param {Box} view
   */
  place(gates, names, view) {
    if (!this.node) return;
    this.node.hidden = true;
    /**
     * @param {Stretch} stretch
     * @param {Box} box
     */
    const meets = (stretch, box) => stretch.boxes.some((own) => overlaps(own, box));
    /** @param {Stretch} stretch */
    const worth = (stretch) =>
      stretch.score - 0.5 * gates.filter((box) => meets(stretch, box)).length;
    for (const { text, width } of this.texts) {
      const best = this.stretches(view, width)
        .filter((stretch) => !names.some((box) => meets(stretch, box)))
        .sort((a, b) => worth(b) - worth(a))[0];
      if (!best) continue;
      this.node.textContent = text;
      const at = this.map.containerPointToLayerPoint([best.x, best.y]).round();
      this.node.hidden = false;
      L.DomUtil.setPosition(this.node, at);
      this.node.style.transform += ` rotate(${best.angle}rad) translate(-50%, -135%)`;
      return;
    }
  }

  /** Fairly straight stretches of the line, `width` px long, that lie within the view.
   * @param {Box} view
   * @param {number} width
   */
  stretches(view, width) {
    const found = [];
    for (const line of this.lines) {
      const points = this.pointsEvery(line, STEP, view);
      const span = Math.ceil(width / STEP) + 1;
      for (let i = 0; i + span < points.length; i += 2) {
        const part = points.slice(i, i + span + 1);
        const seen = part.filter((p) => p !== null);
        if (seen.length < part.length || seen.some((p) => p.x < 24 || p.y < 24)) continue;
        if (seen.some((p) => p.x > view.right - 24 || p.y > view.bottom - 24)) continue;
        if (bend(seen) <= MAX_BEND) found.push(this.judge(seen, view));
      }
    }
    return found;
  }

  /** Points `step` px apart along a line; null where it leaves the surroundings of the view.
   * @param {Float64Array} line
   * @param {number} step
   * @param {Box} view
   */
  pointsEvery(line, step, view) {
    const scale = 256 * 2 ** this.map.getZoom();
    const corner = this.map.containerPointToLayerPoint([0, 0]).add(this.map.getPixelOrigin());
    /** @type {(L.Point | null)[]} */
    const points = [];
    /** @type {L.Point | null} */
    let last = null;
    for (let i = 0; i < line.length; i += 2) {
      const p = L.point(line[i] * scale - corner.x, line[i + 1] * scale - corner.y);
      const out = p.x < -200 || p.y < -200 || p.x > view.right + 200 || p.y > view.bottom + 200;
      if (out) {
        if (last) points.push(null);
        last = null;
        continue;
      }
      if (!last) points.push((last = p));
      for (let gap = p.distanceTo(last); gap >= step; gap = p.distanceTo(last)) {
        last = last.add(p.subtract(last).multiplyBy(step / gap));
        points.push(last);
      }
    }
    return points;
  }

  /**
   * @param {L.Point[]} part
   * @param {Box} view
   */
  judge(part, view) {
    const [from, to] = [part[0], part[part.length - 1]];
    const middle = from.add(to).divideBy(2);
    const straight = from.distanceTo(to) / (STEP * (part.length - 1));
    const off = middle.distanceTo(L.point(view.right / 2, view.bottom / 2));
    let angle = Math.atan2(to.y - from.y, to.x - from.x);
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    const [across, up] = [Math.sin(angle) * 14, -Math.cos(angle) * 14]; // where the name stands
    const boxes = part.map((p) => boxAt(p.x + across - 6, p.y + up - 6, 12, 12));
    const flat = 1 - Math.abs(angle) / Math.PI;
    const score = 3 * straight + flat - off / (view.right + view.bottom);
    return { x: middle.x, y: middle.y, angle, boxes, score };
  }
}
