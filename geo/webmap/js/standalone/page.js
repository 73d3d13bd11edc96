/* The standalone page: one file, no server. It stands in for what Python does in the app: it turns
 * the filter into bits for the layer (`apply`) and hears the layer's answers. The address
 * after # holds the filter and the selected event, with the app's keys. */

import { rangeOf } from "../core/days.js";
import { byId, el, wantsLittleMotion } from "../core/elements.js";
import { selectRows } from "../core/event-table.js";
import { formatNumber } from "../core/words.js";
import { apply } from "../map/main.js";
import { EventList } from "./event-list.js";
import { EventPanel } from "./event-panel.js";
import { FilterBar } from "./filter-bar.js";
import { Filter } from "./filter.js";

const REST_MS = 120; // of quiet before list and overview are written anew
const WARM_MS = 400; // after which the texts are made ready

/** @param {Uint8Array} bytes */
const base64 = (bytes) => {
  let raw = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(raw);
};

export class Page {
  /** @type {number | null} the row of the event that is told */
  selected = null;
  /** @type {Uint32Array} rows, newest first; not there before the events are, nor is what follows */
  order;
  /** @type {EventPanel} */
  panel;
  /** @type {EventList} */
  listing;
  /** @type {FilterBar} */
  bar;
  /** @type {HTMLElement} says how many events are shown */
  count;
  bits = ""; // the filter as the layer takes it
  /** @type {Uint32Array | null} rows shown, newest first, once asked for */
  shown = null;
  /** @type {string} what list and panel were written for */
  written = "";
  /** @type {number | undefined} */
  resting;
  /** @type {Element | null} what had the focus when an event was chosen */
  cameFrom = null;
  /** @type {string} the address's fragment as last read or written */
  said = "";

  /**
   * @param {Book} book
   * @param {EventLayer} layer
   */
  constructor(book, layer) {
    this.book = book;
    this.filter = new Filter(book);
    this.layer = layer;
    this.layer.on("table", () => this.open());
    this.layer.on("counted", () => this.counted());
    this.layer.on("click", (event) => event.layer && this.heard(event.layer.toGeoJSON().properties));
  }

  /** The events are in: build what needs them. */
  open() {
    const { book, layer } = this;
    const { table } = layer;
    this.order = Uint32Array.from({ length: book.rows }, (_, row) => row);
    this.order.sort((a, b) => table.day[b] - table.day[a] || a - b);
    this.readAddress();
    this.panel = new EventPanel(byId("panel"), book, this);
    this.listing = new EventList(byId("listing"), book, this);
    this.bar = new FilterBar(byId("filters"), this.filter, () => this.apply());
    this.count = el("p", { class: "sa-count", role: "status" });
    byId("filters").after(this.count);
    this.apply();
    window.addEventListener("hashchange", () => this.addressChanged());
    document.addEventListener("keydown", (event) => this.key(event));
    setTimeout(() => book.texts(), WARM_MS); // so that the first search is as quick as the next
  }

  /* ---- the filter ---- */

  apply() {
    this.bits = base64(this.filter.bits());
    this.send();
    this.bar.sync();
    this.writeAddress();
  }

  send() {
    const { bits, selected, filter, book } = this;
    const said = filter.describe(filter.dated);
    apply({ rows: book.rows, bits, selected, dates: filter.dates, said });
  }

  /** For each limit in force, what is shown without it: [{words, count, clear}], most first. */
  wider() {
    const { book, filter, layer } = this;
    /** @param {string} name */
    const without = (name) => {
      const other = new Filter(book);
      Object.assign(other.values, filter.values);
      other.clear(name);
      const { from, to, undated } = other.dates;
      const range = from || to ? rangeOf({ from, to }) : null;
      const asked = { bits: other.bits(), range, undated, km: 0 };
      const { shown } = selectRows(layer.table, new Uint8Array(book.rows), asked);
      const clear = () => {
        filter.clear(name);
        this.apply();
      };
      return { words: filter.words(name), count: shown, clear };
    };
    return filter.active.map(without).filter(({ count }) => count).sort((a, b) => b.count - a.count);
  }

  /** What the layer tells: dates brushed, an event chosen, or a click beside all.
   * @param {any} facts
   */
  heard(facts) {
    if ("dates" in facts) {
      this.filter.setDates(facts.dates);
      this.apply();
    } else this.select(facts.row, false);
  }

  counted() {
    if (!this.bar) return;
    this.shown = null;
    const { shown, placed, vague } = this.layer.counts;
    const off = shown - placed;
    this.count.replaceChildren(
      el("b", {}, `${formatNumber(shown)} of ${formatNumber(this.book.rows)} events shown`),
      off ? ` · ${formatNumber(off)} without a place on the map` : "",
      this.layer.onlyKnown && vague ? ` · ${formatNumber(vague)} not known to 25 km, hidden` : "",
      this.filter.active.length ? ` · ${this.filter.describe()}` : "",
    );
    const { range, onlyKnown, undated } = this.layer;
    const now = JSON.stringify([this.bits, range, onlyKnown, undated]);
    if (now === this.written) return; // another event was chosen, no more
    this.written = now;
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.rewrite(), REST_MS);
  }

  /** List and panel, once the filter rests. */
  rewrite() {
    this.listing.refresh();
    this.tell(byId("panel").contains(document.activeElement));
  }

  /** Rows shown, newest first. */
  shownRows() {
    this.shown ??= this.order.filter((row) => this.layer.isShown(row));
    return [...this.shown];
  }

  /** @param {number} row */
  isShown(row) {
    return this.layer.isShown(row);
  }

  /** @param {number} row */
  isPlaced(row) {
    return this.layer.places.ofRow[row] >= 0;
  }

  /* ---- the selected event ---- */

  /** Choose a row, or null for none; `focus` moves the keyboard there too.
   * @param {number | null} row
   * @param {boolean} focus
   */
  select(row, focus) {
    const before = this.selected;
    if (row !== null && before === null) this.cameFrom = document.activeElement;
    this.selected = row;
    this.send();
    this.tell(focus);
    this.listing.mark(row);
    this.writeAddress();
    if (focus && row === null && before !== null) this.returnTo(before);
  }

  /** @param {boolean} focus */
  tell(focus) {
    if (this.selected === null) {
      this.panel.overview();
      return;
    }
    this.panel.tell(this.selected);
    if (!focus) return;
    byId("panel").querySelector("h2")?.focus({ preventScroll: true });
    byId("panel").scrollIntoView({ block: "nearest", behavior: wantsLittleMotion() ? "auto" : "smooth" });
  }

  /** @param {number} row */
  returnTo(row) {
    const line = document.querySelector(`#panel [data-row="${row}"]`);
    const back = this.cameFrom?.isConnected && this.cameFrom !== document.body ? this.cameFrom : line;
    const node = back ?? byId("panel").querySelector("h2");
    if (node instanceof HTMLElement) node.focus();
  }

  /** The next older (1) or newer (-1) of the events shown.
   * @param {number} by
   */
  step(by) {
    const rows = this.shownRows();
    if (!rows.length) return;
    const at = this.selected === null ? -1 : rows.indexOf(this.selected);
    this.select(rows[Math.min(Math.max(at + by, 0), rows.length - 1)], true);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Escape" || this.selected === null) return;
    const own = "details[open], .border-map-time, input, select"; // has an Escape of its own
    if (event.target instanceof Element && event.target.closest(own)) return;
    this.select(null, true);
  }

  /* ---- the address ---- */

  readAddress() {
    const fragment = location.hash.slice(1);
    this.filter.clear(...this.filter.active);
    this.filter.read(fragment);
    const row = this.book.rowOf.get(new URLSearchParams(fragment).get("event") ?? "");
    this.selected = row === undefined ? null : row;
    this.said = fragment;
  }

  writeAddress() {
    const params = this.filter.write();
    if (this.selected !== null) params.set("event", this.book.ids[this.selected]);
    const said = params.toString();
    if (said === this.said) return;
    this.said = said;
    location.replace(`#${said}`);
  }

  addressChanged() {
    const fragment = location.hash.slice(1);
    if (fragment === this.said || document.getElementById(fragment)) return;
    this.readAddress();
    this.apply();
    this.tell(false);
    this.listing.mark(this.selected);
  }
}
