/* The Leaflet layer of events: one canvas, redrawn when the filter or the view changes, and the
 * clicks on it. Python talks to it through two calls, BorderMap.events (once, in the base map's
 * script) and BorderMap.apply (in every feature group).
 *
 * A click fires Leaflet's "click" on the layer with an object that has toGeoJSON; streamlit-folium
 * sends that to Python as last_active_drawing. Its properties are numbers and our own token only:
 *   {dataset, row, stamp}      row = null for a click beside every mark
 *
 * window.__events, for tests and the benchmark:
 *   dataset, rows              what was fetched
 *   token, selected            of the filter drawn last
 *   shown, placed              rows the filter lets through; those of them that have a place
 *   marks, badges              what is on the canvas now
 *   draws, drawMs, drawnAt     count, duration, and time of the last redraw (ms since the epoch)
 *   at(row)                    [x, y] in the frame where that row's mark is, or null
 */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const CELL = 6; // px: dots closer than this are drawn as one mark with a count
  const PADDING = 0.15; // of the view, drawn beyond its edges
  const REACH = { mouse: 6, touch: 12 }; // px around a mark that count as a hit
  const METRES_PER_PX = 156543.03392; // at zoom 0 on the equator, Web Mercator
  const CROWD = 1500; // more marks than this, and counts are written sparsely

  const EventCanvas = L.Layer.extend({
    initialize(settings) {
      L.setOptions(this, settings);
      this.painter = new BM.Marks(
        settings.groups.map((group) => group.colour),
        settings.accent,
        settings.dark,
      );
      this.provinces = [];
      this.marks = [];
      this.clickedRow = null; // chosen last, here or elsewhere: where stepping goes on from
      this.filter = { bits: null, selected: null, token: "" };
      this.state = { dataset: settings.dataset, rows: 0, draws: 0, at: (row) => this.whereIs(row) };
    },

    /* ---- Leaflet ---- */

    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated border-map-events");
      this.getPane().appendChild(this.canvas);
      this.hint = L.DomUtil.create("div", "border-map-hint", map.getContainer());
      this.hint.hidden = true;
      map.getContainer().addEventListener("pointerleave", () => this.showHint(null));
      map.getContainer().addEventListener("pointerdown", (event) => {
        this.pointer = event.pointerType === "mouse" ? "mouse" : "touch";
      });
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
      this.places = new BM.Places(table, this.options.precisions);
      this.state.rows = table.rows;
      this.findProvinces();
      this.count();
    },

    setProvinces(collection) {
      this.provinces = collection.features.map((feature) => BM.outlineOf(feature.geometry));
      this.findProvinces();
      this.schedule();
    },

    /** Which outline holds each place that is known to the province only; -1 = none: a ring. */
    findProvinces() {
      const { places, provinces } = this;
      if (!places) return;
      this.provinceOf = new Int16Array(places.count).fill(-1);
      for (let place = 0; place < places.count; place += 1) {
        if (places.kind[place] !== BM.PROVINCE) continue;
        const [x, y] = [places.x[place], places.y[place]];
        this.provinceOf[place] = provinces.findIndex((outline) => outline.contains(x, y));
      }
    },

    /** Take a filter from Python; it waits here until the data are in. */
    setFilter(message) {
      const changed = message.selected !== this.filter.selected;
      const elsewhere = changed && message.selected !== this.clickedRow; // the table, a link
      if (elsewhere) this.clickedRow = message.selected;
      this.reveal = elsewhere && message.selected !== null;
      this.filter = { ...message, bits: BM.decodeBits(message.bits) };
      this.count();
    },

    count() {
      const { places, filter } = this;
      if (!places) return;
      if (filter.bits && filter.rows !== this.table.rows) return; // meant for another table
      const bits = filter.bits || new Uint8Array(Math.ceil(this.table.rows / 8)).fill(255);
      this.bits = bits;
      Object.assign(this.state, places.filter(bits));
      this.schedule();
      if (this.reveal) this.panTo(filter.selected);
      this.reveal = false;
    },

    /** Bring a row chosen elsewhere into view, without changing the zoom. */
    panTo(row) {
      const place = this.places.ofRow[row] ?? -1;
      if (place < 0) return;
      const size = 256 * 2 ** this._map.getZoom();
      const spot = L.point(this.places.x[place] * size, this.places.y[place] * size);
      const latlng = this._map.unproject(spot);
      if (!this._map.getBounds().pad(-0.1).contains(latlng)) this._map.panTo(latlng);
    },

    /* ---- drawing ---- */

    schedule() {
      if (!this.frame) this.frame = requestAnimationFrame(() => this.redraw());
    },

    redraw() {
      this.frame = null;
      if (!this._map || !this.bits) return;
      const start = performance.now();
      this.placeCanvas();
      this.gather();
      this.paint();
      const { token, selected } = this.filter;
      const now = performance.now();
      Object.assign(this.state, { token, selected, marks: this.marks.length });
      Object.assign(this.state, {
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
      const origin = map.getPixelOrigin().add(corner);
      const zoom = map.getZoom();
      this.view = {
        zoom,
        corner: map.layerPointToLatLng(corner),
        origin,
        offset: corner,
        size,
        scale: 256 * 2 ** zoom,
      };
    },

    /** Px that `km` on the ground take at a latitude given as a Mercator fraction. */
    pixels(km, y) {
      const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * y)));
      return (km * 1000 * 2 ** this.view.zoom) / (METRES_PER_PX * Math.cos(latitude));
    },

    /** One pass over the places: which marks the view holds. */
    gather() {
      const { places, view } = this;
      this.marks = [];
      this.markOf = new Int32Array(places.count).fill(-1);
      this.cells = new Map();
      this.tinted = new Map();
      for (let place = 0; place < places.count; place += 1) {
        if (!places.events[place]) continue;
        const x = places.x[place] * view.scale - view.origin.x;
        const y = places.y[place] * view.scale - view.origin.y;
        const province = this.provinceOf[place];
        if (province >= 0) this.merge(this.tinted, province, place, x, y, { province });
        else if (places.kind[place] === BM.DOT) this.gatherDot(place, x, y);
        else this.gatherArea(place, x, y);
      }
    },

    gatherDot(place, x, y) {
      const { view, places } = this;
      const reach = places.km[place] ? this.pixels(places.km[place], places.y[place]) : 0;
      const far = Math.max(30, reach);
      if (x < -far || y < -far || x > view.size.x + far || y > view.size.y + far) return;
      // cells are fixed to the world, so panning never regroups
      const cell =
        Math.floor((x + view.origin.x) / CELL) * 2 ** 26 + Math.floor((y + view.origin.y) / CELL);
      const mark = this.merge(this.cells, cell, place, x, y, { reach });
      mark.r = BM.radiusOf(mark.deaths) + (mark.count > 1 ? 1 : 0);
      mark.reach = Math.max(mark.reach, reach);
    },

    gatherArea(place, x, y) {
      const { view, places } = this;
      const km = places.km[place] || 100;
      const r = Math.max(9, this.pixels(km, places.y[place]));
      if (x < -r || y < -r || x > view.size.x + r || y > view.size.y + r) return;
      this.merge(new Map(), 0, place, x, y, { area: true, r });
    },

    /** Add a place to the mark at `key`, making it when it is not there. */
    merge(index, key, place, x, y, facts) {
      const { places } = this;
      let at = index.get(key);
      if (at === undefined) {
        const groups = [0, 0, 0, 0, 0, 0];
        at = this.marks.push({ x, y, count: 0, weight: 0, deaths: -1, groups, ...facts }) - 1;
        index.set(key, at);
      }
      const mark = this.marks[at];
      const events = places.events[place];
      if (events > mark.weight) Object.assign(mark, { x, y, weight: events });
      mark.count += events;
      mark.deaths = Math.max(mark.deaths, places.deaths[place]);
      for (let g = 0; g < BM.GROUPS; g += 1) mark.groups[g] += places.groups[place * BM.GROUPS + g];
      this.markOf[place] = at;
      return mark;
    },

    /** Large and vague below, small and exact above. */
    paint() {
      const { painter, marks, view } = this;
      const ctx = this.canvas.getContext("2d");
      ctx.setTransform(painter.ratio, 0, 0, painter.ratio, 0, 0);
      const tints = marks.filter((mark) => mark.province >= 0);
      const areas = marks.filter((mark) => mark.area).sort((a, b) => b.r - a.r);
      const dots = marks.filter((mark) => !mark.area && !(mark.province >= 0));
      dots.sort((a, b) => b.r - a.r);
      for (const mark of tints) {
        mark.path = this.provinces[mark.province].path(view.scale, view.origin);
        painter.province(ctx, mark, mark.path);
      }
      for (const mark of areas) painter.ring(ctx, mark);
      for (const mark of dots) if (mark.reach > mark.r + 3) painter.nearDisc(ctx, mark);
      for (const mark of dots) painter.dot(ctx, mark);
      this.drawnDots = dots;
      this.paintBadges(ctx, areas.concat(tints), dots);
      this.paintSelection(ctx);
    },

    /** Counts: always on areas, on dots that hold several events; never one over another. */
    paintBadges(ctx, areas, dots) {
      const { painter } = this;
      const room = this.marks.length > CROWD ? 3 : 1;
      const taken = new Map();
      const claim = (x, y, width) => {
        const [column, line] = [Math.floor(x / (24 * room)), Math.floor(y / (15 * room))];
        for (let dx = -1; dx <= 1; dx += 1) {
          for (let dy = -1; dy <= 1; dy += 1) {
            const other = taken.get((column + dx) * 65536 + line + dy);
            if (other && Math.abs(other.x - x) < (other.width + width) * 0.5 * room + 1) {
              if (Math.abs(other.y - y) < 15 * room) return false;
            }
          }
        }
        taken.set(column * 65536 + line, { x, y, width });
        return true;
      };
      const write = (mark, x, y, groups) => {
        const text = mark.count < 1000 ? `${mark.count}` : `${(mark.count / 1000).toFixed(1)}k`;
        if (claim(x, y, painter.badgeWidth(text))) painter.badge(ctx, x, y, text, groups);
      };
      const stacks = dots.filter((mark) => mark.count > 1).sort((a, b) => b.count - a.count);
      for (const mark of stacks) write(mark, mark.x + mark.r * 0.8 + 4, mark.y - mark.r * 0.8 - 3);
      for (const mark of areas) {
        const small = mark.area && mark.r < 16 && mark.count === 1;
        if (!small) write(mark, mark.x, mark.y, mark.groups);
      }
      this.state.badges = taken.size;
    },

    paintSelection(ctx) {
      const { selected } = this.filter;
      if (selected === null || !BM.hasBit(this.bits, selected)) return;
      const mark = this.marks[this.markOf[this.places.ofRow[selected]]];
      if (!mark) return;
      this.painter.selection(ctx, () => {
        if (mark.province >= 0) BM.disc(ctx, mark.x, mark.y, 13);
        else BM.disc(ctx, mark.x, mark.y, mark.area ? mark.r : mark.r + 4);
      });
    },

    /* ---- pointing ---- */

    /** The mark under a point of the map's container, or null: dots, then areas, then provinces. */
    pick(containerPoint) {
      if (!this.view) return null;
      const at = this._map.containerPointToLayerPoint(containerPoint).subtract(this.view.offset);
      const slack = REACH[this.pointer || "mouse"];
      const away = (mark) => Math.hypot(mark.x - at.x, mark.y - at.y);
      const closest = (marks, limit, rank) => {
        const hits = marks.filter((mark) => away(mark) <= limit(mark));
        return hits.sort((a, b) => rank(a) - rank(b))[0] || null;
      };
      const wide = this.marks.filter((mark) => mark.area || mark.province >= 0);
      const areas = wide.filter((mark) => mark.area);
      const onEdge = areas.filter((mark) => Math.abs(away(mark) - mark.r) <= slack);
      return (
        closest(this.drawnDots, (mark) => mark.r + slack, away) ||
        closest(wide, () => 12, away) ||
        closest(areas, (mark) => Math.min(mark.r, 60), (mark) => mark.r) ||
        onEdge.sort((a, b) => a.r - b.r)[0] ||
        wide.find((mark) => mark.province >= 0 && this.isInside(mark, at)) ||
        null
      );
    },

    isInside(mark, at) {
      const { scale, origin } = this.view;
      return this.provinces[mark.province].contains(
        (at.x + origin.x) / scale,
        (at.y + origin.y) / scale,
      );
    },

    /** Rows of a mark, newest first. */
    rowsOf(mark) {
      const wanted = this.marks.indexOf(mark);
      return this.places.rowsWhere(this.bits, (place) => this.markOf[place] === wanted);
    },

    /** First click: the newest event of the mark; further clicks: the next older, round again. */
    click(event) {
      const mark = this.pick(event.containerPoint);
      // quick clicks on a mark step through its events and must not zoom
      this._map.doubleClickZoom[mark ? "disable" : "enable"]();
      if (!mark && this.filter.selected === null) return;
      let row = null;
      if (mark) {
        const rows = this.rowsOf(mark);
        const before = rows.indexOf(this.clickedRow);
        row = rows[(before + 1) % rows.length];
        this.showHint(event.containerPoint, mark, rows.indexOf(row) + 1);
      }
      this.clickedRow = row;
      this.answer(row, event.latlng);
    },

    /** Tell streamlit-folium; the stamp makes a second click on the same event news. */
    answer(row, latlng) {
      const properties = { dataset: this.options.dataset, row, stamp: Date.now() };
      const geometry = { type: "Point", coordinates: [latlng.lng, latlng.lat] };
      const layer = { toGeoJSON: () => ({ type: "Feature", properties, geometry }) };
      this.fire("click", { latlng, layer });
    },

    hover(event) {
      const mark = this.pick(event.containerPoint);
      this._map.getContainer().classList.toggle("border-map-over-event", Boolean(mark));
      this.showHint(event.containerPoint, mark, 0);
    },

    /** A few words of ours beside the pointer; counts only, never text from a source. */
    showHint(point, mark = null, position = 0) {
      this.hint.hidden = !mark;
      if (!mark) return;
      this.hint.textContent = BM.hintFor(mark, position);
      const width = this._map.getSize().x;
      this.hint.style.transform = `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px)`;
      this.hint.classList.toggle("border-map-hint-left", point.x > width - 240);
    },

    /** For tests: where in the frame a row's mark is. */
    whereIs(row) {
      const mark = this.marks[this.markOf[this.places.ofRow[row]]];
      if (!mark) return null;
      const at = this._map.layerPointToContainerPoint(L.point(mark.x, mark.y).add(this.view.offset));
      const box = this._map.getContainer().getBoundingClientRect();
      return [at.x + box.left, at.y + box.top];
    },
  });

  /** Words for a mark; `position` is which of its events a click has just chosen, 0 for none. */
  BM.hintFor = (mark, position) => {
    const where =
      mark.province >= 0 ? "known to the province only" : mark.area ? "known to the area only" : "";
    const number = mark.count.toLocaleString("en");
    if (position && mark.count > 1) return `${position} of ${number} here; click again for the next`;
    if (mark.count > 1) return [`${number} events here`, where].filter(Boolean).join(", ");
    const deaths = mark.deaths < 0 ? "deaths not stated" : `${mark.deaths.toLocaleString("en")} dead`;
    return ["1 event", deaths, where].filter(Boolean).join(", ");
  };

  /** Called once by the base map's script: add the layer now, fill it when the data are in. */
  BM.events = (map, settings) => {
    const layer = new EventCanvas(settings).addTo(map);
    BM.layer = layer;
    window.__events = layer.state;
    if (BM.pending) layer.setFilter(BM.pending);
    BM.legend(map, layer.painter, settings);
    fetch(settings.url)
      .then((answer) => {
        if (!answer.ok) throw new Error(`events: status ${answer.status}`);
        return answer.arrayBuffer();
      })
      .then((buffer) => layer.setTable(BM.decode(buffer)))
      .catch((problem) => BM.notice(map, "The events could not be loaded. Reload the page.", problem));
    BM.json(settings.admin1)
      .then((provinces) => layer.setProvinces(provinces))
      .catch((problem) => window.console.warn(problem)); // rings instead of outlines
  };

  /** Called by every feature group: {rows, bits, selected, token}. */
  BM.apply = (message) => {
    BM.pending = message;
    if (BM.layer) BM.layer.setFilter(message);
  };
})();
