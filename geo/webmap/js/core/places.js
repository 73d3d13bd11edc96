/* Distinct places of an event table: rows are gathered into places once, and what is shown is counted
 * at each. Plain arithmetic on typed arrays; nothing here knows Leaflet or draws. */

import { GROUPS, NO_PLACE, SHOWN, UNKNOWN } from "./event-table.js";

/** What a place is drawn as. */
export const DOT = 0; // a named place, or a spot near one
export const RING = 1; // a ring of the area's radius
export const DISTRICT = 2; // the district's own outline where there is one, else a ring
export const PROVINCE = 3; // the province's own outline, else a ring
export const HIDDEN = 4; // no place, or no more than a country

/** @type {Record<string, number>} */
const KIND_OF_PRECISION = {
  exact: DOT,
  near: DOT,
  admin3: RING,
  admin2: DISTRICT,
  admin1: PROVINCE,
  region: RING,
};

/** Distinct places of a table: rows with the same spot and the same manner of drawing. */
export class Places {
  /** @type {Int32Array} places where something is shown; see `tally` */
  active = new Int32Array(0);

  /**
   * @param {EventTable} table
   * @param {string[]} precisions
   */
  constructor(table, precisions) {
    this.table = table;
    this.ofRow = new Int32Array(table.rows).fill(-1);
    const kinds = precisions.map((name) => KIND_OF_PRECISION[name] ?? HIDDEN);
    const near = precisions.indexOf("near");
    const seen = new Map();
    /** @type {number[][]} */
    const [x, y, kind, km] = [[], [], [], []];
    for (let row = 0; row < table.rows; row += 1) {
      const precision = table.precision[row];
      const rowKind = kinds[precision] ?? HIDDEN;
      if (table.x[row] === NO_PLACE || rowKind === HIDDEN) continue;
      const blurred = rowKind !== DOT || precision === near;
      const known = table.tenthsKm[row] !== UNKNOWN;
      const radius = blurred && known ? table.tenthsKm[row] / 10 : 0;
      const key = (table.x[row] * 2 ** 24 + table.y[row]) * 8 + rowKind * 2 + Number(blurred);
      let place = seen.get(key);
      if (place === undefined) {
        place = x.push(table.west + table.x[row] * table.stepX) - 1;
        y.push(table.north + table.y[row] * table.stepY);
        kind.push(rowKind);
        km.push(radius);
        seen.set(key, place);
      }
      km[place] = Math.max(km[place], radius);
      this.ofRow[row] = place;
    }
    this.count = x.length;
    this.x = Float64Array.from(x);
    this.y = Float64Array.from(y);
    this.kind = Uint8Array.from(kind);
    this.km = Float32Array.from(km);
    this.events = new Uint32Array(this.count);
    this.groups = new Uint32Array(this.count * GROUPS);
    this.deaths = new Int32Array(this.count);
  }

  /** Count the rows shown at every place; `active` lists the places with any. Returns how many
   *  of the rows have a place.
   * @param {Uint8Array} keep
   */
  tally(keep) {
    const { table, ofRow, events, groups, deaths } = this;
    events.fill(0);
    groups.fill(0);
    deaths.fill(-1); // the deadliest; -1 = none stated
    let placed = 0;
    for (let row = 0; row < table.rows; row += 1) {
      const place = ofRow[row];
      if (place < 0 || !(keep[row] & SHOWN)) continue;
      placed += 1;
      events[place] += 1;
      groups[place * GROUPS + Math.min(table.group[row], GROUPS - 1)] += 1;
      const toll = table.deaths[row];
      if (toll !== UNKNOWN && toll > deaths[place]) deaths[place] = toll;
    }
    const active = new Int32Array(this.count);
    let some = 0;
    for (let place = 0; place < this.count; place += 1) if (events[place]) active[some++] = place;
    this.active = active.subarray(0, some);
    return placed;
  }

  /** Shown rows at the places for which `wanted(place)` holds, newest first.
   * @param {Uint8Array} keep
   * @param {(place: number) => boolean} wanted
   */
  rowsWhere(keep, wanted) {
    /** @type {number[]} */
    const rows = [];
    for (let row = 0; row < this.table.rows; row += 1) {
      const place = this.ofRow[row];
      if (place >= 0 && keep[row] & SHOWN && wanted(place)) rows.push(row);
    }
    const { day } = this.table;
    return rows.sort((a, b) => day[b] - day[a] || a - b);
  }
}
