/* Pointing at the layer of events: what lies under the pointer, what a click does, and the answers
 * to Python. A click on a hexagon draws nearer; on any other mark it chooses an event.
 *
 * An answer fires Leaflet's "click" on the layer with an object that has toGeoJSON; streamlit-folium
 * sends that to Python as last_active_drawing. Its properties are numbers, days and our own token:
 *   {dataset, row, stamp, view}        row = null for a click beside every mark
 *   {dataset, dates, stamp, view}      dates = {from, to} as ISO days, or null for all
 *   {dataset, place, stamp, view}      a crossing or an area beside the marks (placepicks.js)
 * view = [lat, lon, zoom] of the map at that moment.
 */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const REACH = { mouse: 6, touch: 12 }; // px around a mark that count as a hit
  const BESIDE = 14; // px from the pointer to its words
  const NEARER = 2; // zoom levels a click on a hexagon draws nearer

  BM.EventCanvas.include({
    addPointing(map) {
      this.hint = L.DomUtil.create("div", "border-map-hint", map.getContainer());
      this.hint.hidden = true;
      map.getContainer().addEventListener("pointerleave", () => this.showHint(null));
      map.getContainer().addEventListener("pointerdown", (event) => {
        this.pointer = event.pointerType === "mouse" ? "mouse" : "touch";
      });
    },

    /** The mark under a point of the map's container, or null: small and exact ones first. */
    pick(containerPoint) {
      if (!this.view || !this.drawn) return null;
      const { dots, cells, rings, tints } = this.drawn;
      const at = this._map.containerPointToLayerPoint(containerPoint).subtract(this.view.offset);
      const slack = REACH[this.pointer || "mouse"];
      const away = (mark) => Math.hypot(mark.x - at.x, mark.y - at.y);
      const closest = (marks, limit, rank) => {
        const hits = marks.filter((mark) => away(mark) <= limit(mark));
        return hits.sort((a, b) => rank(a) - rank(b))[0] || null;
      };
      const onEdge = rings.filter((mark) => Math.abs(away(mark) - mark.r) <= slack);
      const wide = rings.concat(tints);
      return (
        closest(dots, (mark) => mark.r + slack, away) ||
        this.badgeAt(wide, at) ||
        closest(cells, () => BM.HEX, away) ||
        closest(wide, () => 12, away) ||
        closest(rings, (mark) => Math.min(mark.r, 60), (mark) => mark.r) ||
        onEdge.sort((a, b) => a.r - b.r)[0] ||
        (this.takesPlaces ? null : this.areaAt(at)) // else the story of the area tells of them
      );
    },

    /** The area whose count lies under a point. */
    badgeAt(wide, at) {
      const near = ({ badge, tag }) => badge && Math.hypot(tag.x - at.x, tag.y - at.y) <= 10;
      return wide.find(near) || null;
    },

    /** The smallest area around a point: a district before its province. */
    areaAt(at) {
      const { scale, origin } = this.view;
      const [x, y] = [(at.x + origin.x) / scale, (at.y + origin.y) / scale];
      const hits = this.drawn.tints.filter((mark) => this.outlines[mark.outline].shape.contains(x, y));
      return hits.sort((a, b) => this.levelOf(a) - this.levelOf(b))[0] || null;
    },

    levelOf(mark) {
      return this.outlines[mark.outline].level;
    },

    /** Shown rows of a mark, newest first. */
    rowsOf(mark) {
      const wanted = this.marks.indexOf(mark);
      return this.places.rowsWhere(this.keep, (place) => this.markOf[place] === wanted);
    },

    /** A crowd that drawing nearer can part. */
    canPart(mark) {
      return mark.cell && mark.spots > 1 && this._map.getZoom() < this._map.getMaxZoom();
    },

    click(event) {
      const mark = this.nameOfGateAt(event) ? null : this.pick(event.containerPoint);
      // quick clicks on a mark step through its events and must not zoom
      this._map.doubleClickZoom[mark ? "disable" : "enable"]();
      if (mark) this.choose(mark, event.containerPoint);
      else if (this.takesPlaces) BM.places.click(event);
      else if (this.filter.selected !== null) this.answer({ row: null }, event.latlng);
    },

    /** First the newest event of the mark; again: the next older, round again. */
    choose(mark, point) {
      if (this.canPart(mark)) {
        this.drawNearer(mark);
        return;
      }
      const rows = this.rowsOf(mark);
      const row = rows[(rows.indexOf(this.clickedRow) + 1) % rows.length];
      this.showHint(point, mark, rows.indexOf(row) + 1);
      this.clickedRow = row;
      this.answer({ row }, this._map.containerPointToLatLng(point));
    },

    /** A crossing's name lies over the marks, so it is what a click on it means. */
    nameOfGateAt(event) {
      return this.takesPlaces && BM.names.gateAt(event.containerPoint, 0);
    },

    /** Towards where the events of a hexagon lie. */
    drawNearer(mark) {
      const { places } = this;
      const wanted = this.marks.indexOf(mark);
      let [x, y] = [0, 0];
      for (const place of places.active) {
        if (this.markOf[place] !== wanted) continue;
        x += (places.x[place] * places.events[place]) / mark.count;
        y += (places.y[place] * places.events[place]) / mark.count;
      }
      const size = 256 * 2 ** this._map.getZoom();
      const target = this._map.unproject(L.point(x * size, y * size));
      const zoom = Math.min(this._map.getMaxZoom(), this._map.getZoom() + NEARER);
      this._map.setView(target, zoom, { animate: !BM.calm() });
    },

    /** Tell streamlit-folium; the stamp makes a second click on the same event news. */
    answer(facts, latlng) {
      const middle = this._map.getCenter();
      const view = [BM.round(middle.lat, 4), BM.round(middle.lng, 4), this._map.getZoom()];
      const properties = { dataset: this.options.dataset, ...facts, stamp: Date.now(), view };
      const geometry = { type: "Point", coordinates: [latlng.lng, latlng.lat] };
      const layer = { toGeoJSON: () => ({ type: "Feature", properties, geometry }) };
      this.fire("click", { latlng, layer });
    },

    tellDates() {
      const { range } = this;
      const dates = range && { from: BM.isoOf(range.from), to: BM.isoOf(range.to) };
      this.answer({ dates }, this._map.getCenter());
    },

    hover(event) {
      const { containerPoint, latlng } = event;
      const mark = this.nameOfGateAt(event) ? null : this.pick(containerPoint);
      const place = !mark && this.takesPlaces ? BM.places.wordsAt(containerPoint, latlng) : "";
      this._map.getContainer().classList.toggle("border-map-over-event", Boolean(mark || place));
      this.showWords(containerPoint, mark ? this.wordsFor(mark, 0) : place);
      this.showReach(mark);
    },

    showHint(point, mark = null, position = 0) {
      this.showWords(point, mark ? this.wordsFor(mark, position) : "");
      this.showReach(mark);
    },

    /** A few words of ours beside the pointer; counts and our own names, no text from a source. */
    showWords(point, words) {
      this.hint.hidden = !words;
      if (!words) return;
      this.hint.textContent = words;
      const { x: width, y: height } = this._map.getSize();
      const [wide, high] = [this.hint.offsetWidth, this.hint.offsetHeight];
      const x = point.x + BESIDE + wide < width ? point.x + BESIDE : Math.max(0, point.x - BESIDE - wide);
      const y = point.y + BESIDE + high < height ? point.y + BESIDE : point.y - BESIDE - high;
      this.hint.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    },

    /** Words for a mark; `position` is which of its events a click has just chosen, 0 for none. */
    wordsFor(mark, position) {
      if (position && mark.count > 1) {
        return `${position} of ${BM.number(mark.count)} here; click again for the next`;
      }
      const [head, ...rest] = this.factsOf(mark);
      if (mark.count === 1) return [head, ...rest].join(", ");
      return [head, ...rest, this.canPart(mark) ? "Click to draw nearer" : ""].filter(Boolean).join("\n");
    },

    /** What is known of a mark: number, deaths or kinds, how well it is placed. */
    factsOf(mark) {
      const where = this.vagueness(mark);
      const deaths = mark.deaths < 0 ? "deaths not stated" : `${BM.number(mark.deaths)} dead`;
      const sole = mark.groups.indexOf(mark.count);
      const kind = sole >= 0 && this.options.groups[sole].label.toLowerCase();
      if (mark.count === 1) return ["1 event", kind, deaths].concat(where || []);
      const kinds = kind ? `all ${kind}` : BM.groupWords(mark.groups, this.options.groups, 3);
      return [`${BM.number(mark.count)} events here`, kinds].concat(where || []);
    },

    vagueness(mark) {
      if (mark.ring) return "known to a wider area only";
      if (mark.outline >= 0) {
        const level = this.levelOf(mark) === BM.PROVINCE ? "province" : "district";
        return `known to the ${level} only`;
      }
      return mark.reach > mark.r ? "known to within the disc" : "";
    },

    /** For tests: where in the frame a row's mark is. */
    whereIs(row) {
      const mark = this.marks[this.markOf[this.places.ofRow[row]]];
      if (!mark) return null;
      const at = this._map.layerPointToContainerPoint(this.layerPointOf(mark));
      const box = this._map.getContainer().getBoundingClientRect();
      return [at.x + box.left, at.y + box.top];
    },
  });
})();
