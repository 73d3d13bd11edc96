/* The event table in the browser: reads the binary that geo/webmap/columns.py writes (the layout
 * is described there), tells which rows are shown, gathers rows into places once, and counts what
 * is shown at each. Plain arithmetic on typed arrays; nothing here knows Leaflet or draws. */
(() => {
  "use strict";

  const HEAD = 40; // bytes before the deflated columns
  const NO_PLACE = 0xffffff;
  const UNKNOWN = 0xffff;
  const GROUPS = 6;
  const COLUMNS = [
    ["x", 3, Uint32Array],
    ["y", 3, Uint32Array],
    ["deaths", 2, Uint16Array],
    ["tenthsKm", 2, Uint16Array],
    ["day", 2, Uint16Array],
    ["span", 2, Uint16Array],
    ["group", 1, Uint8Array],
    ["precision", 1, Uint8Array],
  ];

  /** What a place is drawn as. */
  const DOT = 0; // a named place, or a spot near one
  const RING = 1; // a ring of the area's radius
  const DISTRICT = 2; // the district's own outline where there is one, else a ring
  const PROVINCE = 3; // the province's own outline, else a ring
  const HIDDEN = 4; // no place, or no more than a country

  const KIND_OF_PRECISION = {
    exact: DOT,
    near: DOT,
    admin3: RING,
    admin2: DISTRICT,
    admin1: PROVINCE,
    region: RING,
  };

  /** Bits of `select`: what a row passes. */
  const LISTED = 1; // everything but the dates: the histogram counts these
  const SHOWN = 2; // the dates too: the map shows these

  async function inflate(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** Read the binary. Gives typed arrays, one entry a row; throws when it is no such file. */
  async function decode(buffer) {
    const view = new DataView(buffer);
    const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
    if (magic !== "EVT2") throw new Error("not an event file");
    const rows = view.getUint32(4, true);
    const [west, north, stepX, stepY] = [8, 16, 24, 32].map((at) => view.getFloat64(at, true));
    const planes = await inflate(new Uint8Array(buffer, HEAD));
    const table = { rows };
    let at = 0;
    for (const [name, width, Type] of COLUMNS) {
      const column = new Type(rows);
      for (let plane = 0; plane < width; plane += 1, at += rows) {
        const shift = 8 * plane;
        for (let row = 0; row < rows; row += 1) column[row] |= planes[at + row] << shift;
      }
      table[name] = column;
    }
    return Object.assign(table, { west, north, stepX, stepY });
  }

  /** Bits from base64, lowest bit of each byte first, as geo.webmap.event_layer sends them. */
  function decodeBits(text) {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
    return bytes;
  }

  /** Whether an event is known to within `km`: as placed, by its own radius. */
  const knownTo = (table, row, km) =>
    table.x[row] !== NO_PLACE && table.tenthsKm[row] !== UNKNOWN && table.tenthsKm[row] <= km * 10;

  /**
   * What each row passes (LISTED, SHOWN), written into `keep`.
   * `bits` from Python or null for all; `range` {from, to} in days, inclusive, or null;
   * `undated`: whether rows without a date pass a range; `km`: 0, or the least certainty wanted.
   * Returns the counts {listed, shown, vague}: vague = left out by `km` alone.
   */
  function select(table, keep, { bits, range, undated, km }) {
    const { day, span } = table;
    let [listed, shown, vague] = [0, 0, 0];
    for (let row = 0; row < table.rows; row += 1) {
      keep[row] = 0;
      if (bits && !((bits[row >> 3] >> (row & 7)) & 1)) continue;
      const first = day[row];
      const inRange =
        !range || (first ? first <= range.to && first + span[row] >= range.from : undated);
      if (km && !knownTo(table, row, km)) {
        if (inRange) vague += 1;
        continue;
      }
      listed += 1;
      keep[row] = LISTED;
      if (!inRange) continue;
      shown += 1;
      keep[row] = LISTED | SHOWN;
    }
    return { listed, shown, vague };
  }

  /** Distinct places of a table: rows with the same spot and the same manner of drawing. */
  class Places {
    constructor(table, precisions) {
      this.table = table;
      this.ofRow = new Int32Array(table.rows).fill(-1);
      const kinds = precisions.map((name) => KIND_OF_PRECISION[name] ?? HIDDEN);
      const near = precisions.indexOf("near");
      const seen = new Map();
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
     *  of the rows have a place. */
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

    /** Shown rows at the places for which `wanted(place)` holds, newest first. */
    rowsWhere(keep, wanted) {
      const rows = [];
      for (let row = 0; row < this.table.rows; row += 1) {
        const place = this.ofRow[row];
        if (place >= 0 && keep[row] & SHOWN && wanted(place)) rows.push(row);
      }
      const { day } = this.table;
      return rows.sort((a, b) => day[b] - day[a] || a - b);
    }
  }

  window.BorderMap = window.BorderMap || {};
  Object.assign(window.BorderMap, {
    ...{ DISTRICT, DOT, GROUPS, LISTED, PROVINCE, Places, RING, SHOWN },
    ...{ decode, decodeBits, select },
  });
})();
