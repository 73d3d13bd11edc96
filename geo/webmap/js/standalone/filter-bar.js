/* The filter bar: a button for each dimension says its state in words and opens a small sheet; a
 * second one beside it clears it. On a narrow screen all of them hide behind one button. */

import { el } from "../core/elements.js";
import { capitalise, formatNumber } from "../core/words.js";

const ATREST = {
  dates: "Any date",
  what: "All kinds",
  where: "Both sides",
  distance: "Any distance",
  deaths: "Any toll",
  precision: "However well placed",
  dataset: "All datasets",
};
const KILOMETRES = [5, 10, 25, 50, 100, 200];
const PAUSE = 40; // ms of rest before a search runs
const LONG = 42; // letters of a filter's words on its button

const clip = (text) => (text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text);

/** How many events hold each value of a column. */
function tally({ of, at }) {
  const counts = new Map(of.map((value) => [value, 0]));
  for (const place of at) counts.set(of[place], counts.get(of[place]) + 1);
  return counts;
}

export class FilterBar {
  /** `changed()` is called after every change to the filter. */
  constructor(host, filter, table, changed) {
    Object.assign(this, { host, filter, book: filter.book, table, changed, chips: new Map() });
    this.syncs = []; // called to bring every widget in step with the filter
    this.build();
    // on click, not on press: a sheet that closes under a finger moves what it is about to hit
    document.addEventListener("click", (event) => host.contains(event.target) || this.close(), true);
    host.addEventListener("keydown", (event) => this.escape(event));
  }

  close(but = null) {
    for (const { box } of this.chips.values()) if (box !== but) box.open = false;
  }

  escape(event) {
    const open = event.key === "Escape" && event.target.closest("details[open]");
    if (!open) return;
    event.stopPropagation(); // the event chosen stays chosen
    open.open = false;
    open.querySelector("summary").focus();
  }

  build() {
    const forms = {
      dates: this.dates(),
      what: this.kinds(),
      where: this.where(),
      distance: this.distance(),
      deaths: this.deaths(),
      precision: this.precision(),
      dataset: this.datasets(),
    };
    this.toggle = el("button", { class: "sa-toggle", type: "button", "aria-expanded": "false", "aria-controls": "chips", onclick: () => this.unfold() });
    this.row = el("div", { class: "sa-chips", id: "chips" });
    for (const [name, form] of Object.entries(forms)) {
      if (name === "dataset" && this.book.datasets.length < 2) continue;
      this.row.append(this.chip(name, form));
    }
    this.reset = el("button", { class: "sa-quiet", type: "button", onclick: () => this.clear() }, "Reset all");
    this.row.append(this.search(), this.reset);
    this.host.replaceChildren(this.toggle, this.row);
  }

  unfold() {
    const open = this.host.classList.toggle("open");
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  clear() {
    this.filter.clear(...this.filter.active);
    this.changed();
  }

  chip(name, form) {
    const summary = el("summary", {});
    const sheet = el("div", { class: "sa-sheet" }, form);
    const box = el("details", { class: "sa-chip-box", name: "sheet", "data-dimension": name }, summary, sheet);
    box.addEventListener("toggle", () => box.open && this.opened(box, summary, sheet));
    const clear = el("button", { class: "sa-clear", type: "button", onclick: () => { this.filter.clear(name); this.changed(); summary.focus(); } }, "✕");
    this.chips.set(name, { box, summary, clear });
    return el("div", { class: "sa-chip" }, box, clear);
  }

  /** One sheet at a time; where they lie in the page, the button comes back into view. */
  opened(box, summary, sheet) {
    this.close(box);
    this.keepInside(sheet);
    summary.scrollIntoView({ block: "nearest" });
  }

  /** A sheet never hangs over the window's right edge. */
  keepInside(sheet) {
    sheet.style.left = "0px";
    const over = sheet.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (over > 0) sheet.style.left = `${-over}px`;
  }

  /** Bring buttons and widgets in step with the filter. */
  sync() {
    for (const [name, { box, summary, clear }] of this.chips) {
      const words = this.filter.words(name);
      summary.textContent = words ? clip(capitalise(words)) : ATREST[name];
      box.classList.toggle("on", Boolean(words));
      clear.hidden = !words;
      clear.setAttribute("aria-label", `Clear: ${words}`);
    }
    const said = this.filter.describe();
    this.toggle.textContent = `Filters: ${clip(said)}`;
    this.reset.disabled = !this.filter.active.length;
    for (const sync of this.syncs) sync();
  }

  /* ---- widgets ---- */

  set(key, value) {
    this.filter.values[key] = value;
    this.changed();
  }

  tick(key, label) {
    const box = el("input", { type: "checkbox", "data-key": key, onchange: () => this.set(key, box.checked) });
    this.syncs.push(() => (box.checked = this.filter.values[key]));
    return el("label", { class: "sa-tick" }, box, el("span", {}, label));
  }

  /** A box that puts `code` into the list `key`. */
  member(key, code, label, count, extra = null) {
    const box = el("input", {
      ...{ type: "checkbox", "data-key": key, value: code },
      onchange: () => {
        const others = this.filter.values[key].filter((other) => other !== code);
        this.set(key, box.checked ? [...others, code] : others);
      },
    });
    this.syncs.push(() => (box.checked = this.filter.values[key].includes(code)));
    const number = count === undefined ? null : el("span", { class: "sa-number" }, formatNumber(count));
    return el("label", { class: "sa-tick" }, box, extra, el("span", { dir: "auto" }, label), number);
  }

  day(key, label) {
    const box = el("input", { type: "date", "data-key": key, onchange: () => this.set(key, box.value || null) });
    this.syncs.push(() => (box.value = this.filter.values[key] ?? ""));
    return el("label", { class: "sa-field" }, label, box);
  }

  dates() {
    return [
      el("div", { class: "sa-pair" }, this.day("from", "From"), this.day("to", "To")),
      this.tick("undated", "Keep events without a date"),
      el("p", { class: "sa-note" }, "Or drag over the bars below the map."),
    ];
  }

  kinds() {
    const types = tally(this.book.told.type);
    const colours = this.book.settings.events.groups.map((group) => group.colour);
    return this.book.words.groups.map(([code, label, members], at) => {
      const held = members.filter((type) => types.get(type));
      if (!held.length) return null;
      const total = held.reduce((sum, type) => sum + types.get(type), 0);
      const dot = el("i", { class: "sa-dot" });
      dot.style.background = colours[at];
      const single = held.map((type) =>
        this.member("what", type, this.book.typeWords.get(type) ?? type, types.get(type)),
      );
      const inner = el("div", { class: "sa-inner" }, single);
      return el("div", {}, this.member("what", code, label, total, dot), held.length > 1 ? inner : null);
    }).filter(Boolean);
  }

  where() {
    const [sides, provinces] = [tally(this.book.told.side), tally(this.book.told.province)];
    const { nations } = this.book.words;
    const named = [...provinces.keys()].filter(Boolean).sort();
    const province = (key) => {
      const [country, name] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
      const label = `${name} (${nations[country] ?? country})`;
      return this.member("province", key, label, provinces.get(key));
    };
    const side = ([code, words]) => this.member("side", code, capitalise(words), sides.get(code) ?? 0);
    return [
      this.group("Side of the border", [...this.book.sideWords].map(side)),
      this.group("Province", named.map(province), "sa-scroll"),
    ];
  }

  group(legend, members, className = "") {
    return el("fieldset", { class: className }, el("legend", {}, legend), members);
  }

  distance() {
    const options = [["", "no limit"], ...KILOMETRES.map((km) => [String(km), `${km} km`])];
    const choice = el(
      "select",
      { "data-key": "km", onchange: () => this.set("km", choice.value ? Number(choice.value) : null) },
      options.map(([value, label]) => el("option", { value }, label)),
    );
    this.syncs.push(() => {
      const { km } = this.filter.values;
      if (km !== null && ![...choice.options].some((one) => one.value === String(km))) {
        choice.append(el("option", { value: String(km) }, `${km} km`));
      }
      choice.value = km === null ? "" : String(km);
    });
    return [
      el("label", { class: "sa-field" }, "At most so far from the border line", choice),
      this.tick("kmunknown", "Keep events whose distance is not known"),
      el("p", { class: "sa-note" }, "Measured from the point where the event is placed."),
    ];
  }

  deaths() {
    const box = el("input", {
      ...{ type: "number", min: "0", max: "99999", step: "1", inputmode: "numeric", "data-key": "deaths" },
      onchange: () => this.set("deaths", Math.max(0, Math.floor(Number(box.value) || 0))),
    });
    this.syncs.push(() => (box.value = String(this.filter.values.deaths)));
    return [
      el("label", { class: "sa-field" }, "At least so many deaths", box),
      this.tick("tollunknown", "Keep events whose toll is not stated"),
    ];
  }

  precision() {
    const codes = this.book.settings.events.precisions;
    const counts = new Array(codes.length).fill(0);
    for (const at of this.table.precision) counts[at] += 1;
    return codes.map((code, at) =>
      this.member("placed", code, capitalise(this.book.precisionWords.get(code) ?? code), counts[at]),
    );
  }

  datasets() {
    return this.book.datasets.map(({ name, label, rows }) =>
      this.member("dataset", name, label, rows),
    );
  }

  search() {
    let waiting = null;
    const box = el("input", {
      ...{ type: "search", class: "sa-search", maxlength: "200", "data-key": "q" },
      ...{ placeholder: "Search words, places, names", "aria-label": "Search the text of the events" },
      oninput: () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => this.set("q", box.value.trim()), PAUSE);
      },
    });
    this.syncs.push(() => {
      if (document.activeElement !== box) box.value = this.filter.values.q;
    });
    return box;
  }
}
