/* The Leaflet layer of events: one canvas, redrawn when the filter, the dates or the view change.
 * Clicks on it are in eventpicks.js, the dates under it in timeline.js. Python talks to it through
 * two calls, BorderMap.events (once, in the base map's script) and BorderMap.apply (in every
 * feature group).
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
  const PADDING = 0.15; // of the view, drawn beyond its edges
  const CROWD = 1500; // more marks than this, and counts are written sparsely
  const KNOWN_KM = 25;

  BM.EventCanvas = L.Layer.extend({
    initialize(settings) {
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
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated border-map-events");
      this.getPane().appendChild(this.canvas);
      this.addPointing(map);
      this.schedule();
    },

    onRemove() {
      L.DomUtil.remove(this.canvas);
      L.DomUtil.remove(this.hint);
    },

    getEvents() {
      return {
        viewreset: this.schedule,
        moveend: this.schedule,
        resize: this.schedule,
        zoomanim: (event) => this.stretch(event.center, event.zoom),
        zoom: () => this.stretch(this._map.getCenter(), this._map.getZoom()),
        click: this.click,
        mousemove: this.hover,
        movestart: () => this.showHint(null),
      };
    },

    /** While a zoom runs: move and scale the picture that is there. */
    stretch(center, zoom) {
      if (!this.view) return;
      const map = this._map;
      const pane = L.DomUtil.getPosition(map.getPane("mapPane"));
      const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane);
      const corner = map.project(this.view.corner, zoom).subtract(origin.round());
      L.DomUtil.setTransform(this.canvas, corner, map.getZoomScale(zoom, this.view.zoom));
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
      const made = shapes.map((feature) => ({ shape: BM.outlineOf(feature.geometry), level }));
      this.outlines = this.outlines.concat(made);
      this.findOutlines();
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

    schedule() {
      if (!this.frame) this.frame = requestAnimationFrame(() => this.redraw());
    },

    redraw() {
      this.frame = null;
      if (!this._map || !this.counted) return;
      const start = performance.now();
      this.placeCanvas();
      this.gather();
      this.paint();
      this.fire("drawn");
      this._map.fire("crowds", { crowds: this.mode === "counts" ? this.drawn.cells : [] });
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

    /** Lay the canvas over the view and remember how the world maps onto it. */
    placeCanvas() {
      const map = this._map;
      const margin = map.getSize().multiplyBy(PADDING).round();
      const size = map.getSize().add(margin.multiplyBy(2));
      const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
      const { ratio } = this.painter;
      this.canvas.width = size.x * ratio; // also clears it
      this.canvas.height = size.y * ratio;
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
      L.DomUtil.setTransform(this.canvas, corner, 1);
      const zoom = map.getZoom();
      this.view = {
        zoom,
        corner: map.layerPointToLatLng(corner),
        origin: map.getPixelOrigin().add(corner),
        offset: corner,
        size,
        scale: 256 * 2 ** zoom,
      };
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

    /** Large and vague below, small and exact above. */
    paint() {
      const { painter, marks, view } = this;
      const ctx = this.canvas.getContext("2d");
      ctx.setTransform(painter.ratio, 0, 0, painter.ratio, 0, 0);
      const tints = marks.filter((mark) => mark.outline >= 0);
      const rings = marks.filter((mark) => mark.ring).sort((a, b) => b.r - a.r);
      const cells = marks.filter((mark) => mark.cell);
      const dots = marks.filter((mark) => mark.r && !mark.ring).sort((a, b) => b.r - a.r);
      for (const mark of tints) {
        const { shape } = this.outlines[mark.outline];
        if (shape.meets(view)) painter.area(ctx, mark, shape.path(view.scale, view.origin));
      }
      for (const mark of rings) painter.ring(ctx, mark);
      if (this.mode === "heat") BM.density.paintHeat(ctx, painter, this.places, view);
      else for (const mark of cells) BM.density.paintCell(ctx, painter, mark);
      for (const mark of dots) if (mark.reach > mark.r + 3) painter.nearDisc(ctx, mark);
      for (const mark of dots) painter.dot(ctx, mark);
      this.drawn = { dots, cells, rings, tints };
      this.paintBadges(ctx, rings.concat(tints), dots);
      this.paintSelection(ctx);
    },

    /** Counts: on areas, then on dots that hold several events; never one over another. */
    paintBadges(ctx, areas, dots) {
      const { painter } = this;
      const claim = BM.room(this.marks.length > CROWD ? 3 : 1);
      let badges = 0;
      const write = (mark, x, y, groups) => {
        const text = BM.density.short(mark.count);
        mark.badge = claim(x, y, painter.badgeWidth(text));
        if (!mark.badge) return;
        painter.badge(ctx, x, y, text, groups);
        badges += 1;
      };
      for (const mark of areas.sort((a, b) => b.count - a.count)) {
        const small = mark.ring && mark.r < 16 && mark.count === 1;
        mark.tag = this.besideNumbers(mark);
        if (!small) write(mark, mark.tag.x, mark.tag.y, mark.groups);
      }
      const stacks = dots.filter((mark) => mark.count > 1).sort((a, b) => b.count - a.count);
      for (const mark of stacks) write(mark, mark.x + mark.r * 0.8 + 4, mark.y - mark.r * 0.8 - 3);
      this.state.badges = badges;
    },

    /** Where an area's count may stand without covering the number of a hexagon: on its corner. */
    besideNumbers(mark) {
      const { x, y } = mark;
      const cell = this.drawn.cells.find((other) => Math.hypot(other.x - x, other.y - y) < BM.HEX);
      return cell && this.mode === "counts" ? { x: cell.x, y: cell.y - BM.HEX } : { x, y };
    },

    paintSelection(ctx) {
      const { selected } = this.filter;
      if (selected === null || !this.isShown(selected)) return;
      const place = this.places.ofRow[selected] ?? -1;
      const mark = this.marks[this.markOf[place]];
      if (!mark) return;
      const { scale, origin } = this.view;
      const spot = { x: this.places.x[place] * scale - origin.x, groups: [0, 0, 0, 0, 0, 0] };
      spot.y = this.places.y[place] * scale - origin.y;
      const toll = this.table.deaths[selected];
      spot.deaths = toll === 0xffff ? -1 : toll;
      spot.r = BM.radiusOf(spot.deaths);
      spot.groups[Math.min(this.table.group[selected], BM.GROUPS - 1)] = 1;
      if (mark.cell) this.painter.dot(ctx, spot); // out of the crowd
      this.painter.selection(ctx, () => {
        if (mark.outline >= 0) BM.disc(ctx, mark.tag.x, mark.tag.y, 13);
        else if (mark.cell) BM.disc(ctx, spot.x, spot.y, spot.r + 4);
        else BM.disc(ctx, mark.x, mark.y, mark.ring ? mark.r : mark.r + 4);
      });
    },
  });

  /** Room for labels: a function that takes a place for one, or says no when another is there. */
  BM.room = (spread) => {
    const taken = new Map();
    const [wide, high] = [24 * spread, 15 * spread];
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

  /** Called once by the base map's script: add the layer now, fill it when the data are in. */
  BM.events = (map, settings) => {
    const layer = new BM.EventCanvas(settings).addTo(map);
    BM.layer = layer;
    window.__events = layer.state;
    BM.timeline(map, layer, settings);
    BM.legend(map, layer.painter, settings);
    BM.options(map, layer);
    if (BM.pending) layer.setFilter(BM.pending);
    fetch(settings.url)
      .then((answer) => {
        if (!answer.ok) throw new Error(`events: status ${answer.status}`);
        return answer.arrayBuffer();
      })
      .then(BM.decode)
      .then((table) => layer.setTable(table))
      .catch((problem) => BM.notice(map, "The events could not be loaded. Reload the page.", problem));
    for (const [url, level] of [[settings.admin1, BM.PROVINCE], [settings.districts, BM.DISTRICT]]) {
      if (!url) continue;
      BM.json(url)
        .then((areas) => layer.addOutlines(areas, level))
        .catch((problem) => window.console.warn(problem)); // rings instead of outlines
    }
  };

  /** Called by every feature group: {rows, bits, selected, token} and, if the page sets them, dates
   *  {from, to, undated} and view [lat, lon, zoom]. */
  BM.apply = (message) => {
    BM.pending = message;
    if (BM.layer) BM.layer.setFilter(message);
  };
})();
