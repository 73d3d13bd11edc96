/* The Leaflet layer of events: one canvas, redrawn when the filter, the dates or the view change. It is
 * painted by event-painter.js; what a hand does on it is in pointer.js, what keys do in keyboard.js.
 * Python talks to it through main.js.
 *
 * A filter from Python holds a bit a row and, apart from it, the dates. Both are applied here, so
 * that a brush on the histogram is seen at once and Python, which hears of it, changes nothing more.
 *
 * Where the dots of a zoom run into one another the layer tells counts in hexagons instead; which
 * of the two is decided by everything shown, never by the part in view, so panning changes nothing.
 *
 * It fires, as a Leaflet layer does:
 *   table      the events are in           outlines   outlines of areas came
 *   filtered   Python set a filter         switched   a switch on the map was turned
 *   counted    `counts` are new            drawn      the canvas is painted
 *   play       a key asked for playback    click      an answer to Python (see `answer`)
 */

import { CanvasLayer } from "../core/canvas-layer.js";
import { clusterPlaces, standApart } from "../core/clustering.js";
import { isoOf, rangeOf } from "../core/days.js";
import { wantsLittleMotion } from "../core/elements.js";
import { SHOWN, decodeBits, selectRows } from "../core/event-table.js";
import { outlineOf } from "../core/outline.js";
import { DISTRICT, PROVINCE, Places } from "../core/places.js";
import { roundTo } from "../core/words.js";
import { sendAtOnce } from "./at-once.js";
import { EventPainter } from "./event-painter.js";
import { Keyboard } from "./keyboard.js";
import { MarkPainter } from "./mark-painter.js";
import { Pointer } from "./pointer.js";
import { Spotlight } from "./spotlight.js";

const KNOWN_KM = 25;

export class EventLayer extends CanvasLayer {
  /** @type {EventTable} not there before the events are, nor is what follows */
  table;
  /** @type {Places} */
  places;
  /** @type {Uint8Array} what each row passes, see `selectRows` */
  keep;
  /** @type {Int16Array} the outline of each place, -1 = none */
  outlineOf;
  /** @type {Map<number, boolean>} zoom to whether dots stand apart there */
  apart;
  /** @type {Int32Array} the mark of each place, -1 = none; not there before the first redraw */
  markOf;
  /** @type {Int32Array | null} places counted in hexagons or shown as heat */
  crowd = null;
  /** @type {Mark[]} */
  marks = [];
  /** @type {Mode} */
  mode = "points";
  /** @type {PlacePicks} what lies beside the marks; takes clicks once a page asks for it */
  placePicks;
  /** @type {AreaOutline[]} provinces, then districts */
  outlines = [];
  /** @type {DayRange | null} */
  range = null;
  /** @type {Counts} */
  counts = { listed: 0, shown: 0, vague: 0, placed: 0 };
  /** @type {number | null | undefined} chosen last, here or elsewhere: stepping goes on from it */
  chosenRow = null;
  /** @type {AppliedFilter} */
  filter = { rows: 0, bits: null, selected: null };
  /** @type {string | undefined} the dates that Python said last */
  datesSaid;
  /** @type {Spotlight} these three are there once the layer is on a map */
  spotlight;
  /** @type {Pointer} */
  pointer;
  /** @type {Keyboard} */
  keyboard;
  reveal = false; // whether the row selected elsewhere must come into view

  /** `settings` from Python (geo.webmap.base_map.event_settings); `background` of the same map.
   * @param {EventSettings} settings
   * @param {BaseLayers} background
   */
  constructor(settings, background) {
    super("overlayPane");
    this.settings = settings;
    this.background = background;
    const colours = settings.groups.map((group) => group.colour);
    this.painter = new MarkPainter(colours, settings.accent, settings.dark);
    this.picture = new EventPainter(this);
    this.undated = false; // whether rows without a date pass a range
    this.heat = false;
    this.onlyKnown = false;
    this.shaded = false; // whether areas are shaded under the events
    this.viewTaken = false;
  }

  /* ---- Leaflet ---- */

  /** @param {L.Map} map */
  onAdd(map) {
    super.onAdd(map);
    this.canvas.classList.add("border-map-events");
    this.spotlight = new Spotlight(this, map);
    this.pointer = new Pointer(this, map);
    this.keyboard = new Keyboard(this, map);
    return this;
  }

  /** @param {L.Map} map */
  onRemove(map) {
    super.onRemove(map);
    this.pointer.remove();
    return this;
  }

  getEvents() {
    return {
      ...super.getEvents(),
      click: (/** @type {L.LeafletMouseEvent} */ event) => this.pointer.click(event),
      mousemove: (/** @type {L.LeafletMouseEvent} */ event) => this.pointer.hover(event),
      movestart: () => this.pointer.showHint(null),
    };
  }

  /* ---- data and filter ---- */

  /** @param {EventTable} table */
  setTable(table) {
    this.table = table;
    this.keep = new Uint8Array(table.rows);
    this.places = new Places(table, this.settings.precisions);
    this.findOutlines();
    this.fire("table");
    this.count();
  }

  /** Outlines of a level, PROVINCE or DISTRICT, from GeoJSON.
   * @param {Areas} collection
   * @param {number} level
   */
  addOutlines(collection, level) {
    const shapes = collection.features.filter((feature) => feature.geometry);
    const made = shapes.map((feature) => ({
      shape: outlineOf(feature.geometry),
      level,
      at: collection.features.indexOf(feature), // its number in the file
      name: feature.properties?.admin2 || feature.properties?.name || "",
    }));
    this.outlines = this.outlines.concat(made);
    this.findOutlines();
    this.fire("outlines");
    this.schedule();
  }

  /** Which outline holds each place that is known to an area only; -1 = none: a ring. */
  findOutlines() {
    const { places, outlines } = this;
    if (!places) return;
    this.outlineOf = new Int16Array(places.count).fill(-1);
    for (let place = 0; place < places.count; place += 1) {
      const kind = places.kind[place];
      if (kind !== PROVINCE && kind !== DISTRICT) continue;
      const [x, y] = [places.x[place], places.y[place]];
      this.outlineOf[place] = outlines.findIndex(
        ({ shape, level }) => level === kind && shape.contains(x, y),
      );
    }
  }

  /** Take a filter from Python; it waits here until the data are in.
   * @param {Filter} message
   */
  setFilter(message) {
    const changed = message.selected !== this.filter.selected;
    const elsewhere = changed && message.selected !== this.chosenRow; // the table, a link
    if (elsewhere) this.chosenRow = message.selected;
    this.reveal = elsewhere && message.selected !== null;
    this.takeDates(message.dates);
    this.takeView(message.view);
    this.filter = { ...message, bits: decodeBits(message.bits) };
    this.count();
    this.fire("filtered");
  }

  /** Python's dates win when they are news; an answer to an older brush is not.
   * @param {FilterDates | undefined} dates
   */
  takeDates(dates) {
    if (dates === undefined) return; // this page leaves the dates to the browser
    const said = JSON.stringify(dates);
    if (said === this.datesSaid) return;
    this.datesSaid = said;
    this.undated = Boolean(dates && dates.undated);
    this.range = dates && (dates.from !== null || dates.to !== null) ? rangeOf(dates) : null;
  }

  /** The view that a link names; taken once, later the map is the reader's own.
   * @param {Filter["view"]} view
   */
  takeView(view) {
    if (!view || this.viewTaken) return;
    this.viewTaken = true;
    const [lat, lon, zoom] = view;
    const show = () => this._map.setView([lat, lon], zoom, { animate: false });
    this.background.firstView.settle(show);
  }

  /** Dates chosen in the frame: {from, to} in days or null; `done` also tells Python.
   * @param {DayRange | null} range
   * @param {boolean} done
   */
  setRange(range, done) {
    this.range = range;
    this.count();
    if (done) this.tellDates();
  }

  /** @param {boolean} wanted */
  setOnlyKnown(wanted) {
    this.onlyKnown = wanted;
    this.count();
    this.fire("switched");
  }

  /** @param {boolean} wanted */
  setHeat(wanted) {
    this.heat = wanted;
    this.schedule();
    this.fire("switched");
  }

  count() {
    const { places, filter, table } = this;
    if (!places) return;
    if (filter.bits && filter.rows !== table.rows) return; // meant for another table
    const km = this.onlyKnown ? KNOWN_KM : 0;
    const asked = { bits: filter.bits, range: this.range, undated: this.undated, km };
    const counts = selectRows(table, this.keep, asked);
    this.counts = { ...counts, placed: places.tally(this.keep) };
    this.apart = new Map(); // zoom to whether dots stand apart there
    this.fire("counted");
    this.schedule();
    if (this.reveal) this.panTo(filter.selected ?? -1);
    this.reveal = false;
  }

  /** @param {number} row */
  isShown(row) {
    return (this.keep[row] & SHOWN) !== 0;
  }

  /** Bring a row chosen elsewhere into view, without changing the zoom.
   * @param {number} row
   */
  panTo(row) {
    const place = this.places.ofRow[row] ?? -1;
    if (place < 0) return;
    const size = 256 * 2 ** this._map.getZoom();
    const spot = L.point(this.places.x[place] * size, this.places.y[place] * size);
    const latlng = this._map.unproject(spot);
    if (this._map.getBounds().pad(-0.1).contains(latlng)) return;
    this.background.firstView.release();
    this._map.panTo(latlng, { animate: !wantsLittleMotion() });
  }

  /* ---- answers to Python ---- */

  /** Fire Leaflet's "click" with an object that has toGeoJSON: streamlit-folium sends that to Python as
   *  last_active_drawing. Its properties are numbers, days and our own token:
   *    {dataset, row, stamp, view}        row = null for a click beside every mark
   *    {dataset, dates, stamp, view}      dates = {from, to} as ISO days, or null for all
   *    {dataset, place, stamp, view}      a crossing or an area beside the marks (place-picks.js)
   *  view = [lat, lon, zoom] of the map at that moment; the stamp makes a second click on the same
   *  event news.
   * @param {object} facts
   * @param {L.LatLng} latlng
   */
  answer(facts, latlng) {
    const middle = this._map.getCenter();
    const view = [roundTo(middle.lat, 4), roundTo(middle.lng, 4), this._map.getZoom()];
    const properties = { dataset: this.settings.dataset, ...facts, stamp: Date.now(), view };
    const geometry = { type: "Point", coordinates: [latlng.lng, latlng.lat] };
    const layer = { toGeoJSON: () => ({ type: "Feature", properties, geometry }) };
    this.fire("click", { latlng, layer });
    sendAtOnce();
  }

  tellDates() {
    const { range } = this;
    const dates = range && { from: isoOf(range.from), to: isoOf(range.to) };
    this.answer({ dates }, this._map.getCenter());
  }

  /* ---- drawing ---- */

  redraw() {
    this.frame = null;
    if (!this._map || !this.apart) return;
    const ctx = this.lay();
    this.mode = this.heat ? "heat" : this.standApart() ? "points" : "counts";
    const made = clusterPlaces(this.places, this.view, this.mode, this.outlineOf);
    this.marks = made.marks;
    this.markOf = made.markOf;
    this.crowd = made.crowd;
    this.picture.paint(ctx);
    this.fire("drawn");
    this._map.fire("crowds", this.picture.standing());
  }

  standApart() {
    const { zoom, scale } = this.view;
    if (!this.apart.has(zoom)) this.apart.set(zoom, standApart(this.places, scale));
    return this.apart.get(zoom);
  }

  /** Where a mark is in Leaflet's layer pixels.
   * @param {Mark} mark
   */
  layerPointOf(mark) {
    const { x, y } = (mark.badge && mark.outline >= 0 && mark.tag) || mark;
    return L.point(x, y).add(this.view.offset);
  }

  /** PROVINCE or DISTRICT: what the outline of a mark is.
   * @param {Mark} mark
   */
  levelOf(mark) {
    return this.outlines[mark.outline].level;
  }
}
