/* The event table in the browser: reads the binary that geo/webmap/columns.py writes (the layout
 * is described there), gathers rows into places once, and counts what a filter leaves at each.
 * Plain arithmetic on typed arrays; nothing here knows Leaflet or draws. */
(() => {
  "use strict";

  const NO_PLACE = 0xffffffff;
  const UNKNOWN = 0xffff;
  const WORLD = 2 ** 32;
  const GROUPS = 6;

  /** What a place is drawn as. */
  const DOT = 0; // a named place, or a spot near one
  const AREA = 1; // a ring of the area's radius
  const PROVINCE = 2; // the province's own outline
  const HIDDEN = 3; // no place, or no more than a country

  const KIND_OF_PRECISION = {
    exact: DOT,
    near: DOT,
    admin3: AREA,
    admin2: AREA,
    admin1: PROVINCE,
    region: AREA,
  };

  /** Read the binary. Returns typed arrays, one entry a row; throws when it is no such file. */
  function decode(buffer) {
    const view = new DataView(buffer);
    const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
    if (magic !== "EVT1") throw new Error("not an event file");
    const rows = view.getUint32(4, true);
    let at = 8;
    const take = (Type) => {
      const column = new Type(buffer, at, rows);
      at += rows * Type.BYTES_PER_ELEMENT;
      return column;
    };
    return {
      rows,
      x: take(Uint32Array),
      y: take(Uint32Array),
      deaths: take(Uint16Array),
      tenthsKm: take(Uint16Array),
      day: take(Uint16Array),
      group: take(Uint8Array),
      precision: take(Uint8Array),
    };
  }

  /** Bits from base64, lowest bit of each byte first, as geo.webmap.eventlayer sends them. */
  function decodeBits(text) {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
    return bytes;
  }

  const hasBit = (bits, row) => ((bits[row >> 3] >> (row & 7)) & 1) === 1;

  /** Distinct places of a table: rows with the same spot, manner of drawing and radius. */
  class Places {
    constructor(table, precisions) {
      this.table = table;
      this.ofRow = new Int32Array(table.rows).fill(-1);
      const kinds = precisions.map((name) => KIND_OF_PRECISION[name] ?? HIDDEN);
      const near = precisions.indexOf("near");
      const seen = new Map();
      const x = [];
      const y = [];
      const kind = [];
      const km = [];
      for (let row = 0; row < table.rows; row += 1) {
        const precision = table.precision[row];
        const rowKind = kinds[precision] ?? HIDDEN;
        if (table.x[row] === NO_PLACE || rowKind === HIDDEN) continue;
        const drawsRadius = rowKind === AREA || precision === near;
        const known = table.tenthsKm[row] !== UNKNOWN;
        const radius = drawsRadius && known ? table.tenthsKm[row] / 10 : 0;
        const key = `${table.x[row]} ${table.y[row]} ${rowKind} ${radius}`;
        let place = seen.get(key);
        if (place === undefined) {
          place = x.push(table.x[row] / WORLD) - 1;
          y.push(table.y[row] / WORLD);
          kind.push(rowKind);
          km.push(radius);
          seen.set(key, place);
        }
        this.ofRow[row] = place;
      }
      this.count = x.length;
      this.x = Float64Array.from(x);
      this.y = Float64Array.from(y);
      this.kind = Uint8Array.from(kind);
      this.km = Float32Array.from(km);
    }

    /** Count the rows that `bits` lets through at every place; returns shown and placed. */
    filter(bits) {
      const { table, ofRow } = this;
      this.events = new Uint32Array(this.count);
      this.groups = new Uint32Array(this.count * GROUPS);
      this.deaths = new Int32Array(this.count).fill(-1); // the deadliest; -1 = none stated
      let shown = 0;
      let placed = 0;
      for (let row = 0; row < table.rows; row += 1) {
        if (!hasBit(bits, row)) continue;
        shown += 1;
        const place = ofRow[row];
        if (place < 0) continue;
        placed += 1;
        this.events[place] += 1;
        this.groups[place * GROUPS + Math.min(table.group[row], GROUPS - 1)] += 1;
        const deaths = table.deaths[row];
        if (deaths !== UNKNOWN && deaths > this.deaths[place]) this.deaths[place] = deaths;
      }
      return { shown, placed };
    }

    /** Rows that `bits` lets through at the places for which `wanted(place)` holds, newest first. */
    rowsWhere(bits, wanted) {
      const rows = [];
      for (let row = 0; row < this.table.rows; row += 1) {
        const place = this.ofRow[row];
        if (place >= 0 && hasBit(bits, row) && wanted(place)) rows.push(row);
      }
      const { day } = this.table;
      return rows.sort((a, b) => day[b] - day[a] || a - b);
    }
  }

  window.BorderMap = window.BorderMap || {};
  Object.assign(window.BorderMap, { AREA, DOT, GROUPS, PROVINCE, Places, decode, decodeBits, hasBit });
})();
