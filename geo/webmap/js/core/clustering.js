/* From places to marks: one pass over what is shown tells which dots, hexagons, rings and areas the
 * view holds. A hundred thousand events pass here at every zoom, so the crowded part keeps to typed
 * arrays. Knows the projection of the view; not Leaflet, not the canvas.
 *
 * A mark (see types.d.ts) is one of: a dot (r), a hexagon (cell), a ring (ring, r), an area (outline).
 * Counts of all marks add up to the events in view: every place is in exactly one. */

import { GROUPS } from "./event-table.js";
import { HEXAGON_RADIUS, centreOf, hexagonAt } from "./hexagons.js";
import { dotRadius } from "./mark-style.js";
import { Numbering } from "./numbering.js";
import { DOT, PROVINCE } from "./places.js";

const METRES_PER_PX = 156543.03392; // at zoom 0 on the equator, Web Mercator
const CELL = 6; // px: dots closer than this are drawn as one mark with a count
const APART = 16; // px: dots of two places nearer than this run into one another
const CLEAR = 0.55; // of the places stand apart: then dots can be told from one another
const USUAL_KM = 100; // of an area whose size is not known

/** An empty mark.
 * @param {number} x
 * @param {number} y
 * @returns {Mark}
 */
const markAt = (x, y) => ({
  ...{ x, y, count: 0, weight: 0, deaths: -1, groups: [0, 0, 0, 0, 0, 0], spots: 0 },
  ...{ r: 0, reach: 0, ring: false, cell: false, outline: -1, badge: false, tag: null },
});

/** Whether the dots that are shown stand apart at a zoom, wherever the view is.
 * @param {Places} places
 * @param {number} scale
 */
export function standApart(places, scale) {
  const { active, kind, x, y } = places;
  const taken = new Numbering(active.length);
  let dots = 0;
  for (let i = 0; i < active.length; i += 1) {
    const place = active[i];
    if (kind[place] !== DOT) continue;
    dots += 1;
    const column = Math.floor((x[place] * scale) / APART);
    taken.of(column * 2 ** 22 + Math.floor((y[place] * scale) / APART));
  }
  return taken.count >= CLEAR * dots;
}

class Clustering {
  /** `mode` is "points", "counts" or "heat"; `outlineOf` the area of each place, -1 = none.
   * @param {Places} places
   * @param {Projection} view
   * @param {Mode} mode
   * @param {Int16Array} outlineOf
   */
  constructor(places, view, mode, outlineOf) {
    this.places = places;
    this.view = view;
    this.mode = mode;
    this.outlineOf = outlineOf;
    /** @type {Mark[]} */
    this.marks = [];
    this.markOf = new Int32Array(places.count).fill(-1);
    /** @type {Map<number, number>} numbers of the marks of outlines */
    this.tinted = new Map();
    /** @type {Map<number, number>} and of spots of dots */
    this.dots = new Map();
    /** @type {Int32Array | null} */
    this.crowd = null;
  }

  run() {
    const { places, view, mode } = this;
    const { active, kind } = places;
    const crowd = mode === "points" ? null : new Int32Array(active.length);
    let crowded = 0;
    const [originX, originY] = [view.origin.x, view.origin.y];
    const [right, bottom] = [view.size.x, view.size.y];
    for (let i = 0; i < active.length; i += 1) {
      const place = active[i];
      const x = places.x[place] * view.scale - originX;
      const y = places.y[place] * view.scale - originY;
      if (!crowd || !(kind[place] === DOT || this.fitsCell(place))) this.single(place, x, y);
      else if (x > -50 && y > -50 && x < right + 50 && y < bottom + 50) {
        crowd[crowded] = place;
        crowded += 1;
      }
    }
    if (crowd) {
      this.crowd = crowd.subarray(0, crowded);
      this.cells(this.crowd);
    }
    return this;
  }

  /** A place known to an area no larger than a hexagon may be counted in one.
   * @param {number} place
   */
  fitsCell(place) {
    if (this.places.kind[place] === PROVINCE) return false;
    return this.pixels(this.kmOf(place), this.places.y[place]) <= HEXAGON_RADIUS;
  }

  /** @param {number} place */
  kmOf(place) {
    return this.places.km[place] || USUAL_KM;
  }

  /** A mark of its own: a dot, the area's outline, or a ring.
   * @param {number} place
   * @param {number} x
   * @param {number} y
   */
  single(place, x, y) {
    const outline = this.outlineOf[place];
    if (this.places.kind[place] === DOT) this.dot(place, x, y);
    else if (outline >= 0) this.merge(this.tinted, outline, place, x, y, { outline });
    else this.ring(place, x, y);
  }

  /** Px that `km` on the ground take at a latitude given as a Mercator fraction.
   * @param {number} km
   * @param {number} y
   */
  pixels(km, y) {
    const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * y)));
    return (km * 1000 * 2 ** this.view.zoom) / (METRES_PER_PX * Math.cos(latitude));
  }

  /** @param {number} place */
  reachOf(place) {
    const km = this.places.km[place];
    return km ? this.pixels(km, this.places.y[place]) : 0;
  }

  /** @param {number} place */
  ringOf(place) {
    return Math.max(9, this.pixels(this.kmOf(place), this.places.y[place]));
  }

  // cells are fixed to the world, so panning never regroups

  /**
   * @param {number} place
   * @param {number} x
   * @param {number} y
   */
  dot(place, x, y) {
    const { size, origin } = this.view;
    const reach = this.reachOf(place);
    const far = Math.max(30, reach);
    if (x < -far || y < -far || x > size.x + far || y > size.y + far) return;
    const cell = Math.floor((x + origin.x) / CELL) * 2 ** 26 + Math.floor((y + origin.y) / CELL);
    const mark = this.merge(this.dots, cell, place, x, y, { reach });
    mark.r = dotRadius(mark);
    mark.reach = Math.max(mark.reach, reach);
  }

  /**
   * @param {number} place
   * @param {number} x
   * @param {number} y
   */
  ring(place, x, y) {
    const { size } = this.view;
    const r = this.ringOf(place);
    if (x < -r || y < -r || x > size.x + r || y > size.y + r) return;
    this.merge(new Map(), 0, place, x, y, { ring: true, r });
  }

  /** Add a place to the mark at `key`, making it when it is not there.
   * @param {Map<number, number>} index
   * @param {number} key
   * @param {number} place
   * @param {number} x
   * @param {number} y
   * @param {Partial<Mark>} facts
   */
  merge(index, key, place, x, y, facts) {
    const { places } = this;
    let at = index.get(key);
    if (at === undefined) {
      at = this.marks.push({ ...markAt(x, y), ...facts }) - 1;
      index.set(key, at);
    }
    const mark = this.marks[at];
    const events = places.events[place];
    if (events > mark.weight) {
      mark.x = x;
      mark.y = y;
      mark.weight = events;
    }
    mark.count += events;
    mark.spots += 1;
    mark.deaths = Math.max(mark.deaths, places.deaths[place]);
    for (let g = 0; g < GROUPS; g += 1) mark.groups[g] += places.groups[place * GROUPS + g];
    this.markOf[place] = at;
    return mark;
  }

  /** Hexagons over the places of `crowd`; one with a single place becomes that place's mark.
   * @param {Int32Array} crowd
   */
  cells(crowd) {
    const { places, view, markOf } = this;
    const { origin, scale } = view;
    const numbers = new Numbering(crowd.length);
    const cellOf = new Int32Array(crowd.length);
    const keys = [];
    for (let i = 0; i < crowd.length; i += 1) {
      const place = crowd[i];
      const key = hexagonAt(places.x[place] * scale, places.y[place] * scale);
      cellOf[i] = numbers.of(key);
      if (cellOf[i] === keys.length) keys.push(key);
    }
    const counts = new Uint32Array(keys.length);
    const spots = new Uint32Array(keys.length);
    const deaths = new Int32Array(keys.length).fill(-1);
    const groups = new Uint32Array(keys.length * GROUPS);
    const first = this.marks.length;
    for (let i = 0; i < crowd.length; i += 1) {
      const [place, cell] = [crowd[i], cellOf[i]];
      counts[cell] += places.events[place];
      spots[cell] += 1;
      if (places.deaths[place] > deaths[cell]) deaths[cell] = places.deaths[place];
      const [from, to] = [place * GROUPS, cell * GROUPS];
      for (let g = 0; g < GROUPS; g += 1) groups[to + g] += places.groups[from + g];
      markOf[place] = first + cell;
    }
    keys.forEach((key, cell) => {
      const centre = centreOf(key);
      const [x, y] = [centre.x - origin.x, centre.y - origin.y];
      const own = [...groups.subarray(cell * GROUPS, (cell + 1) * GROUPS)];
      const facts = { count: counts[cell], deaths: deaths[cell], spots: spots[cell] };
      this.marks.push({ ...markAt(x, y), groups: own, cell: true, ...facts });
    });
    if (this.mode === "counts") this.thin(crowd, first);
  }

  /** A hexagon with a single place says less than that place's own mark.
   * @param {Int32Array} crowd
   * @param {number} first
   */
  thin(crowd, first) {
    const { places, view, markOf } = this;
    for (let i = 0; i < crowd.length; i += 1) {
      const place = crowd[i];
      const mark = this.marks[markOf[place]];
      if (mark.spots > 1 || markOf[place] < first) continue;
      mark.cell = false;
      mark.x = places.x[place] * view.scale - view.origin.x;
      mark.y = places.y[place] * view.scale - view.origin.y;
      if (places.kind[place] === DOT) {
        mark.r = dotRadius(mark);
        mark.reach = this.reachOf(place);
      } else if (this.outlineOf[place] >= 0) mark.outline = this.outlineOf[place];
      else Object.assign(mark, { ring: true, r: this.ringOf(place) });
    }
  }
}

/** Marks of a view, which one holds each place (-1 = none), and the places that were counted in
 *  hexagons or are to be shown as heat (null with dots).
 * @param {Places} places
 * @param {Projection} view
 * @param {Mode} mode
 * @param {Int16Array} outlineOf
 */
export function clusterPlaces(places, view, mode, outlineOf) {
  const { marks, markOf, crowd } = new Clustering(places, view, mode, outlineOf).run();
  return { marks, markOf, crowd };
}
