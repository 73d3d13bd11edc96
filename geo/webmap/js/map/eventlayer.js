/* The Leaflet layer of events: one canvas, redrawn when the filter, the dates or the view change.
 * It is painted by eventpaint.js; clicks on it are in eventpicks.js, keys in eventkeys.js, the dates
 * under it in timeline.js. Python talks to it through entry.js.
 *
 * A filter from Python holds a bit a row and, apart from it, the dates. Both are applied here, so
 * that a brush on the histogram is seen at once and Python, which hears of it, changes nothing more.
 *
 * Where the dots of a zoom run into one another the layer tells counts in hexagons instead; which
 * of the two is decided by everything shown, never by the part in view, so panning changes nothing.
 *
 * window.__events, for tests and the benchmark:
 *   dataset, rows              what was fetched
 *   token, selected            of the filter drawn last
 *   listed, shown, placed      rows that pass all but the dates; all; those that have a place
 *   vague                      rows left out because they are not known to 25 km
 *   range                      {from, to} in days since 1970, or null
 *   mode                       "points", "counts" or "heat"
 *   marks, cells, badges       what is on the canvas now
 *   draws, drawMs, drawnAt     count, duration, and time of the last redraw (ms since the epoch)
 *   at(row)                    [x, y] in the frame where that row's mark is, or null
 */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const KNOWN_KM = 25;

  BM.EventCanvas = BM.Sheet.extend({
    initialize(settings) {
      BM.Sheet.prototype.initialize.call(this, "overlayPane", null);
      L.setOptions(this, settings);
      this.painter = new BM.Marks(
        settings.groups.map((group) => group.colour),
        settings.accent,
        settings.dark,
      );
      this.outlines = []; // {shape, level}: provinces, then districts
      this.marks = [];
      this.range = null; // {from, to} in days, inclusive
      this.heat = false;
      this.onlyKnown = false;
      this.clickedRow = null; // chosen last, here or elsewhere: where stepping goes on from
      this.filter = { bits: null, selected: null, token: "" };
      this.state = { dataset: settings.dataset, rows: 0, draws: 0, at: (row) => this.whereIs(row) };
    },

    /* ---- Leaflet ---- */

    onAdd(map) {
      BM.Sheet.prototype.onAdd.call(this);
      this.canvas.classList.add("border-map-events");
      this.addSpotlight(map);
      this.addPointing(map);
      this.addKeys(map);
    },

    onRemove() {
      BM.Sheet.prototype.onRemove.call(this);
      L.DomUtil.remove(this.hint);
    },

    getEvents() {
      return {
        ...BM.Sheet.prototype.getEvents.call(this),
        click: this.click,
        mousemove: this.hover,
        movestart: () => this.showHint(null),
      };
    },

    /* ---- data and filter ---- */

    setTable(table) {
      this.table = table;
      this.keep = new Uint8Array(table.rows);
      this.places = new BM.Places(table, this.options.precisions);
      this.state.rows = table.rows;
      this.findOutlines();
      this.fire("table");
      this.count();
    },

    /** Outlines of a level, BM.PROVINCE or BM.DISTRICT, from GeoJSON. */
    addOutlines(collection, level) {
      const shapes = collection.features.filter((feature) => feature.geometry);
      const made = shapes.map((feature) => ({
        shape: BM.outlineOf(feature.geometry),
        level,
        at: collection.features.indexOf(feature), // its number in the file
        name: feature.properties.admin2 || feature.properties.name || "",
      }));
      this.outlines = this.outlines.concat(made);
      this.findOutlines();
      this.fire("outlines");
      this.schedule();
    },

    /** Which outline holds each place that is known to an area only; -1 = none: a ring. */
    findOutlines() {
      const { places, outlines } = this;
      if (!places) return;
      this.outlineOf = new Int16Array(places.count).fill(-1);
      for (let place = 0; place < places.count; place += 1) {
        const kind = places.kind[place];
        if (kind !== BM.PROVINCE && kind !== BM.DISTRICT) continue;
        const [x, y] = [places.x[place], places.y[place]];
        this.outlineOf[place] = outlines.findIndex(
          ({ shape, level }) => level === kind && shape.contains(x, y),
        );
      }
    },

    /** Take a filter from Python; it waits here until the data are in. */
    setFilter(message) {
      const changed = message.selected !== this.filter.selected;
      const elsewhere = changed && message.selected !== this.clickedRow; // the table, a link
      if (elsewhere) this.clickedRow = message.selected;
      this.reveal = elsewhere && message.selected !== null;
      this.takeDates(message.dates);
      this.takeView(message.view);
      this.filter = { ...message, bits: BM.decodeBits(message.bits) };
      this.count();
    },

    /** Python's dates win when they are news; an answer to an older brush is not. */
    takeDates(dates) {
      if (dates === undefined) return; // this page leaves the dates to the browser
      const said = JSON.stringify(dates);
      if (said === this.datesSaid) return;
      this.datesSaid = said;
      this.undated = Boolean(dates && dates.undated);
      this.range = dates && (dates.from !== null || dates.to !== null) ? BM.rangeOf(dates) : null;
    },

    /** The view that a link names; taken once, later the map is the reader's own. */
    takeView(view) {
      if (!view || this.viewTaken) return;
      this.viewTaken = true;
      BM.settle(this._map, () => this._map.setView([view[0], view[1]], view[2], { animate: false }));
    },

    /** Dates chosen in the frame: {from, to} in days or null; `done` also tells Python. */
    setRange(range, done) {
      this.range = range;
      this.count();
      if (done) this.tellDates();
    },

    setOnlyKnown(wanted) {
      this.onlyKnown = wanted;
      this.count();
    },

    setHeat(wanted) {
      this.heat = wanted;
      this.schedule();
    },

    count() {
      const { places, filter, table } = this;
      if (!places) return;
      if (filter.bits && filter.rows !== table.rows) return; // meant for another table
      const km = this.onlyKnown ? KNOWN_KM : 0;
      const { bits } = filter;
      const asked = { bits, range: this.range, undated: this.undated, km };
      Object.assign(this.state, BM.select(table, this.keep, asked));
      this.state.placed = places.tally(this.keep);
      this.state.range = this.range;
      this.apart = new Map(); // zoom to whether dots stand apart there
      this.counted = true;
      this.fire("counted");
      this.schedule();
      if (this.reveal) this.panTo(filter.selected);
      this.reveal = false;
    },

    isShown(row) {
      return (this.keep[row] & BM.SHOWN) !== 0;
    },

    /** Bring a row chosen elsewhere into view, without changing the zoom. */
    panTo(row) {
      const place = this.places.ofRow[row] ?? -1;
      if (place < 0) return;
      const size = 256 * 2 ** this._map.getZoom();
      const spot = L.point(this.places.x[place] * size, this.places.y[place] * size);
      const latlng = this._map.unproject(spot);
      if (this._map.getBounds().pad(-0.1).contains(latlng)) return;
      BM.showFirst = null;
      this._map.panTo(latlng, { animate: !BM.calm() });
    },

    /* ---- drawing ---- */

    redraw() {
      this.frame = null;
      if (!this._map || !this.counted) return;
      const start = performance.now();
      const ctx = this.lay();
      this.gather();
      this.paint(ctx);
      this.fire("drawn");
      this._map.fire("crowds", this.standing());
      const { token, selected } = this.filter;
      const now = performance.now();
      Object.assign(this.state, { token, selected, mode: this.mode, marks: this.marks.length });
      Object.assign(this.state, {
        cells: this.marks.filter((mark) => mark.cell).length,
        draws: this.state.draws + 1,
        drawMs: now - start,
        drawnAt: performance.timeOrigin + now,
      });
    },

    standApart() {
      const { zoom, scale } = this.view;
      if (!this.apart.has(zoom)) this.apart.set(zoom, BM.standApart(this.places, scale));
      return this.apart.get(zoom);
    },

    gather() {
      this.mode = this.heat ? "heat" : this.standApart() ? "points" : "counts";
      Object.assign(this, BM.gather(this.places, this.view, this.mode, this.outlineOf));
    },
  });
})();
