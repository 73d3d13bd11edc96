/* The picture of the layer of events: the order in which marks lie over one another, the counts
 * beside them, and the mark of the selected event. */

import { inkOf } from "../core/elements.js";
import { GROUPS, UNKNOWN } from "../core/event-table.js";
import { HEXAGON_RADIUS } from "../core/hexagons.js";
import { radiusOf } from "../core/mark-style.js";
import { shortNumber } from "../core/words.js";
import { paintHeat } from "./heat-painter.js";
import { paintHexagon } from "./hexagon-painter.js";
import { traceDisc } from "./mark-painter.js";

const VEIL = 4; // px of the view to one of the tints of circles
const WITHIN = 0.35; // of an area's tint where it is all one sees
const OUTLINED = 40; // more discs than this, and only their tint is painted
const CROWD = 1500; // more marks than this, and counts are written sparsely

/** Room for labels: a function that takes a place for one, or says no when another is there.
 * @param {number} spread
 */
const room = (spread) => {
  const taken = new Map();
  const [wide, high] = [24 * spread, 15 * spread];
  /** @type {(x: number, y: number, width: number) => boolean} */
  return (x, y, width) => {
    const [column, line] = [Math.floor(x / wide), Math.floor(y / high)];
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        const other = taken.get((column + dx) * 65536 + line + dy);
        if (!other || Math.abs(other.y - y) >= high) continue;
        if (Math.abs(other.x - x) < (other.width + width) * 0.5 * spread + 1) return false;
      }
    }
    taken.set(column * 65536 + line, { x, y, width });
    return true;
  };
};

/** How plainly rings are outlined: many of them would bury the map.
 * @param {number} rings
 */
const plainness = (rings) => (rings <= 12 ? 0.8 : rings <= OUTLINED ? 0.45 : 0.22);

export class EventPainter {
  /** @type {Drawn} the marks on the canvas; not there before the first redraw */
  drawn;
  /** @type {Room[]} counts written beside marks */
  numbers = [];
  /** @type {HTMLCanvasElement | undefined} a coarse one, for tints */
  veil;

  /** @param {EventLayer} layer */
  constructor(layer) {
    this.layer = layer;
  }

  /** Large and vague below, small and exact above.
   * @param {Ink} ctx
   */
  paint(ctx) {
    const { layer } = this;
    const { painter, marks, view } = layer;
    const tints = marks.filter((mark) => mark.outline >= 0);
    const rings = marks.filter((mark) => mark.ring).sort((a, b) => b.r - a.r);
    const cells = marks.filter((mark) => mark.cell);
    const dots = marks.filter((mark) => mark.r && !mark.ring).sort((a, b) => b.r - a.r);
    if (layer.shaded && layer.mode === "counts") { // the shades tell the counts: not twice
      this.drawn = { dots: [], cells: [], rings: [], tints: [] };
      this.numbers = [];
      this.paintSelection(ctx);
      return;
    }
    for (const mark of layer.shaded ? [] : tints) {
      const { shape } = layer.outlines[mark.outline];
      if (!shape.meets(view)) continue;
      const path = shape.path(view.scale, view.origin);
      painter.area(ctx, mark, path, shape.surrounds(view) ? WITHIN : 1);
    }
    if (!layer.shaded) this.paintCircles(ctx, rings, dots); // they would colour the shades
    if (layer.mode === "heat") paintHeat(ctx, layer);
    else for (const mark of cells) paintHexagon(ctx, painter, mark);
    for (const mark of dots) painter.dot(ctx, mark);
    this.drawn = { dots, cells, rings, tints };
    this.paintBadges(ctx, rings.concat(tints), dots);
    this.paintSelection(ctx);
  }

  /** The land that an event may lie on: rings of areas, discs around dots. Their tints are
   *  painted coarsely, which is quick and looks as vague as it is.
   * @param {Ink} ctx
   * @param {Mark[]} rings
   * @param {Mark[]} dots
   */
  paintCircles(ctx, rings, dots) {
    const { painter, view } = this.layer;
    const widest = 0.6 * Math.min(view.size.x, view.size.y); // a wider one tells nothing here
    const wide = rings.filter((mark) => mark.r < widest);
    const near = dots.filter((mark) => mark.reach > mark.r + 3 && mark.reach < widest);
    const circles = [
      ...wide.map((mark) => ({ mark, r: mark.r })),
      ...near.map((mark) => ({ mark, r: mark.reach })),
    ];
    if (!circles.length) return;
    const veil = (this.veil ||= document.createElement("canvas"));
    [veil.width, veil.height] = [Math.ceil(view.size.x / VEIL), Math.ceil(view.size.y / VEIL)];
    const faint = inkOf(veil);
    faint.scale(1 / VEIL, 1 / VEIL);
    circles.sort((a, b) => a.mark.count - b.mark.count);
    for (const { mark, r } of circles) painter.tint(faint, mark, r);
    ctx.drawImage(veil, 0, 0, veil.width * VEIL, veil.height * VEIL);
    for (const mark of wide) painter.circle(ctx, mark, mark.r, plainness(wide.length));
    if (near.length > OUTLINED) return;
    for (const mark of near) painter.circle(ctx, mark, mark.reach, 0.4);
  }

  /** Counts on areas and on dots that hold several events, highest first; never one over another.
   * @param {Ink} ctx
   * @param {Mark[]} areas
   * @param {Mark[]} dots
   */
  paintBadges(ctx, areas, dots) {
    const { painter } = this.layer;
    const claim = room(this.layer.marks.length > CROWD ? 3 : 1);
    this.numbers = [];
    /**
     * @param {Mark} mark
     * @param {number} x
     * @param {number} y
     * @param {number[]} [groups] of an area
     */
    const write = (mark, x, y, groups) => {
      const text = shortNumber(mark.count);
      mark.badge = claim(x, y, painter.badgeWidth(text));
      if (!mark.badge) return;
      const wide = painter.badge(ctx, x, y, text, groups);
      this.numbers.push({ x, y, wide, high: 15 });
    };
    for (const mark of areas) mark.tag = this.besideNumbers(mark);
    const wide = areas.filter((mark) => !mark.ring || mark.r >= 16 || mark.count > 1);
    const stacks = dots.filter((mark) => mark.count > 1);
    for (const mark of wide.concat(stacks).sort((a, b) => b.count - a.count)) {
      if (mark.tag) write(mark, mark.tag.x, mark.tag.y, mark.groups);
      else write(mark, mark.x + mark.r * 0.8 + 4, mark.y - mark.r * 0.8 - 3);
    }
  }

  /** Where an area's count may stand without covering the number of a hexagon: on its corner.
   * @param {Mark} mark
   */
  besideNumbers(mark) {
    const { x, y } = mark;
    const cell = this.drawn.cells.find((other) => Math.hypot(other.x - x, other.y - y) < HEXAGON_RADIUS);
    return cell && this.layer.mode === "counts" ? { x: cell.x, y: cell.y - HEXAGON_RADIUS } : { x, y };
  }

  /** What names must not cover, for place-names.js. */
  standing() {
    const { cells, dots } = this.drawn;
    const corner = this.layer.view.offset;
    if (this.layer.mode === "heat" || dots.length > CROWD) return { numbers: this.numbers, bodies: [], corner };
    const counts = cells.map(({ x, y }) => ({ x, y: y - 3, wide: 30, high: 14 }));
    const hexagons = cells.map(({ x, y }) => ({ x, y, wide: 1.5 * HEXAGON_RADIUS, high: 1.5 * HEXAGON_RADIUS }));
    const discs = dots.map(({ x, y, r }) => ({ x, y, wide: 2 * r, high: 2 * r }));
    return { numbers: this.numbers.concat(counts), bodies: hexagons.concat(discs), corner };
  }

  /** @param {Ink} ctx */
  paintSelection(ctx) {
    const { layer } = this;
    const { selected } = layer.filter;
    if (selected === null || !layer.isShown(selected)) return;
    const place = layer.places.ofRow[selected] ?? -1;
    const mark = layer.marks[layer.markOf[place]];
    if (!mark) return;
    const { scale, origin } = layer.view;
    const toll = layer.table.deaths[selected];
    const deaths = toll === UNKNOWN ? -1 : toll;
    const spot = {
      x: layer.places.x[place] * scale - origin.x,
      y: layer.places.y[place] * scale - origin.y,
      r: radiusOf(deaths),
      deaths,
      groups: [0, 0, 0, 0, 0, 0],
    };
    spot.groups[Math.min(layer.table.group[selected], GROUPS - 1)] = 1;
    if (mark.cell) layer.painter.dot(ctx, spot); // out of the crowd
    layer.painter.selection(ctx, () => {
      const { x, y } = mark.tag ?? mark;
      if (mark.outline >= 0) traceDisc(ctx, x, y, 13);
      else if (mark.cell) traceDisc(ctx, spot.x, spot.y, spot.r + 4);
      else traceDisc(ctx, mark.x, mark.y, mark.ring ? mark.r : mark.r + 4);
    });
  }
}
