/* The standalone page: one file, no server. It stands in for what Python does in the app: it turns
 * the filter into bits for the layer (BorderMap.apply) and hears the layer's answers. The address
 * after # holds the filter and the selected event, with the app's keys. */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const { el } = BM;
  const REST_MS = 120; // of quiet before list and overview are written anew
  const WARM_MS = 400; // after which the texts are made ready
  const byId = (id) => document.getElementById(id);

  const base64 = (bytes) => {
    let raw = "";
    for (let at = 0; at < bytes.length; at += 8192) {
      raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
    }
    return btoa(raw);
  };

  class Page {
    constructor(book) {
      this.book = book;
      this.selected = null;
      this.filter = new BM.Filter(book);
      this.layer = BM.layer;
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
      this.panel = new BM.Panel(byId("panel"), book, this);
      this.listing = new BM.Listing(byId("listing"), book, this);
      this.bar = new BM.Bar(byId("filters"), this.filter, table, () => this.apply());
      this.count = el("p", { class: "sa-count", role: "status" });
      byId("filters").after(this.count);
      this.apply();
      window.addEventListener("hashchange", () => this.addressChanged());
      document.addEventListener("keydown", (event) => this.key(event));
      setTimeout(() => book.texts(), WARM_MS); // so that the first search is as quick as the next
      window.__page = this; // for tests
    }

    /* ---- the filter ---- */

    apply() {
      this.bits = base64(this.filter.bits(this.layer.table));
      this.send();
      this.bar.sync();
      this.writeAddress();
    }

    send() {
      const { bits, selected, filter, book } = this;
      this.turn = (this.turn ?? 0) + 1;
      const said = filter.describe("dates");
      BM.apply({ rows: book.rows, bits, selected, dates: filter.dates, token: `${this.turn}`, said });
    }

    /** For each limit in force, what is shown without it: [{words, count, clear}], most first. */
    wider() {
      const { book, filter, layer } = this;
      const without = (name) => {
        const other = new BM.Filter(book);
        Object.assign(other.values, filter.values);
        other.clear(name);
        const { from, to, undated } = other.dates;
        const range = from || to ? BM.rangeOf({ from, to }) : null;
        const asked = { bits: other.bits(layer.table), range, undated, km: 0 };
        const { shown } = BM.select(layer.table, new Uint8Array(book.rows), asked);
        const clear = () => {
          filter.clear(name);
          this.apply();
        };
        return { words: filter.words(name), count: shown, clear };
      };
      return filter.active.map(without).filter(({ count }) => count).sort((a, b) => b.count - a.count);
    }

    /** What the layer tells: dates brushed, an event chosen, or a click beside all. */
    heard(facts) {
      if ("dates" in facts) {
        Object.assign(this.filter.values, { from: facts.dates?.from ?? null, to: facts.dates?.to ?? null });
        this.apply();
      } else this.select(facts.row, false);
    }

    counted() {
      if (!this.bar) return;
      this.shown = null;
      const { shown, placed, vague } = this.layer.state;
      const off = shown - placed;
      this.count.replaceChildren(
        el("b", {}, `${BM.number(shown)} of ${BM.number(this.book.rows)} events shown`),
        off ? ` · ${BM.number(off)} without a place on the map` : "",
        this.layer.onlyKnown && vague ? ` · ${BM.number(vague)} not known to 25 km, hidden` : "",
        this.filter.active.length ? ` · ${this.filter.describe()}` : "",
      );
      const { range, onlyKnown, undated } = this.layer;
      const now = JSON.stringify([this.bits, range, onlyKnown, undated]);
      if (now === this.written) return; // another event was chosen, no more
      this.written = now;
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.rewrite(), REST_MS);
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

    isShown(row) {
      return this.layer.isShown(row);
    }

    isPlaced(row) {
      return this.layer.places.ofRow[row] >= 0;
    }

    /* ---- the selected event ---- */

    /** Choose a row, or null for none; `focus` moves the keyboard there too. */
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

    tell(focus) {
      if (this.selected === null) {
        this.panel.overview();
        return;
      }
      this.panel.tell(this.selected);
      if (!focus) return;
      const heading = byId("panel").querySelector("h2");
      heading.focus({ preventScroll: true });
      byId("panel").scrollIntoView({ block: "nearest", behavior: BM.calm() ? "auto" : "smooth" });
    }

    returnTo(row) {
      const line = document.querySelector(`#panel [data-row="${row}"]`);
      const back = this.cameFrom?.isConnected && this.cameFrom !== document.body ? this.cameFrom : line;
      (back || byId("panel").querySelector("h2")).focus();
    }

    /** The next older (1) or newer (-1) of the events shown. */
    step(by) {
      const rows = this.shownRows();
      if (!rows.length) return;
      const at = rows.indexOf(this.selected);
      this.select(rows[Math.min(Math.max(at + by, 0), rows.length - 1)], true);
    }

    key(event) {
      if (event.key !== "Escape" || this.selected === null) return;
      if (event.target.closest("details[open], .border-map-time, input, select")) return;
      this.select(null, true);
    }

    /* ---- the address ---- */

    readAddress() {
      const fragment = location.hash.slice(1);
      this.filter.clear(...this.filter.active);
      this.filter.read(fragment);
      const row = this.book.rowOf.get(new URLSearchParams(fragment).get("event"));
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

  /** Where everything comes from, and what this file does not do. */
  function about(book) {
    const line = ({ label, rows, licence, citation, conditions }) =>
      el("tr", {},
        el("th", { scope: "row", dir: "auto" }, label),
        el("td", { class: "sa-tight", "data-head": "Events" }, BM.number(rows)),
        el("td", { dir: "auto", "data-head": "Licence" }, licence || "not stated", conditions ? el("p", {}, conditions) : null),
        el("td", { dir: "auto", "data-head": "Cite as" }, citation || "not stated"),
      );
    const heads = ["Dataset", "Events", "Licence", "Cite as"].map((head) => el("th", { scope: "col" }, head));
    byId("about").replaceChildren(
      el("h2", {}, "What this file is"),
      el("p", {}, `Made ${book.made} · data version ${book.version} · ${BM.number(book.rows)} events. Nothing is sent anywhere: the page asks nothing of any network and counts no one. A link to a source opens only when you follow it.`),
      el("p", {}, "“Not stated” means that no source gave a figure; it is not zero. What one party alone says is marked as claimed, an accusation as alleged. Kilometres run from the point where an event is placed to the line, and are given with their bounds where the place is an area. The land is drawn to about 200 m, the border line to 11 m."),
      el("table", { class: "sa-table" }, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, book.datasets.map(line))),
      el("p", {}, "Border line, countries and provinces: © OpenStreetMap contributors, ODbL 1.0; provinces after Natural Earth (public domain). Towns: GeoNames, CC BY 4.0. Drawn with Leaflet 1.9 (BSD 2-Clause).", book.credits.length ? ` Districts: ${book.credits.join("; ")}.` : ""),
    );
  }

  function fail(problem) {
    window.console.error(problem);
    const node = byId("problem");
    node.hidden = false;
    node.textContent =
      "This file could not be opened. It needs a browser from 2023 or later (Firefox 113, Chrome 103, Safari 16.4); if yours is newer, the file may be damaged: copy it again.";
  }

  async function start() {
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", () => location.reload()); // the address keeps the view
    const book = await BM.openBook(scheme.matches);
    about(book);
    byId("map").replaceChildren();
    const map = L.map("map", { ...book.settings.map, center: [33, 67.4], zoom: 6, attributionControl: false });
    BM.base(map, book.settings.base);
    BM.events(map, book.settings.events);
    new Page(book);
  }

  start().catch(fail);
})();
