/* The filter bar: a button for each dimension says its state in words and opens a small sheet; a
 * second one beside it clears it. On a narrow screen all of them hide behind one button. What it
 * holds are the dimensions of the file; here is a form for each kind of condition. */

import { el } from "../core/elements.js";
import { capitalise, formatNumber } from "../core/words.js";
import { fill } from "./filter.js";

const PAUSE = 40; // ms of rest before a search runs
const LONG = 42; // letters of a filter's words on its button

const clip = (text) => (text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text);

/** How many events have each code. */
function tally({ of, at }) {
  const counts = new Map();
  const codes = of.map((value) => [value].flat());
  for (const place of at) {
    for (const code of codes[place]) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

export class FilterBar {
  /** `changed()` is called after every change to the filter. */
  constructor(host, filter, changed) {
    Object.assign(this, { host, filter, changed, chips: new Map() });
    const { groups } = filter.book.settings.events;
    this.colours = new Map(groups.map((group) => [group.name, group.colour]));
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
    this.toggle = el("button", { class: "sa-toggle", type: "button", "aria-expanded": "false", "aria-controls": "chips", onclick: () => this.unfold() });
    this.row = el("div", { class: "sa-chips", id: "chips" });
    for (const dimension of this.filter.dimensions.values()) {
      const shown = dimension.conditions.filter((condition) => condition.shown !== false);
      const forms = shown.map((condition) => this[condition.kind](condition, shown.length > 1));
      if (dimension.inline) this.row.append(...forms.flat());
      else if (forms.length) this.row.append(this.chip(dimension, forms.flat()));
    }
    this.reset = el("button", { class: "sa-quiet", type: "button", onclick: () => this.clear() }, "Reset all");
    this.row.append(this.reset);
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

  chip({ name, rest }, form) {
    const summary = el("summary", {});
    const sheet = el("div", { class: "sa-sheet" }, form);
    const box = el("details", { class: "sa-chip-box", name: "sheet", "data-dimension": name }, summary, sheet);
    box.addEventListener("toggle", () => box.open && this.opened(box, summary, sheet));
    const clear = el("button", { class: "sa-clear", type: "button", onclick: () => { this.filter.clear(name); this.changed(); summary.focus(); } }, "✕");
    this.chips.set(name, { box, summary, clear, rest });
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
    for (const [name, { box, summary, clear, rest }] of this.chips) {
      const words = this.filter.words(name);
      summary.textContent = words ? clip(capitalise(words)) : rest;
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

  days({ fields: [first, last, undated], labels }) {
    return [
      el("div", { class: "sa-pair" }, this.day(first.key, labels[0]), this.day(last.key, labels[1])),
      this.tick(undated.key, labels[2]),
      el("p", { class: "sa-note" }, "Or drag over the bars below the map."),
    ];
  }

  one(condition, beside) {
    const counts = tally(condition);
    const members = condition.groups.length
      ? this.grouped(condition, counts)
      : condition.choices.map((choice) => this.choice(condition, choice, counts));
    if (!beside) return members;
    const long = condition.closed ? "" : "sa-scroll";
    return [el("fieldset", { class: long }, el("legend", {}, condition.label), members)];
  }

  choice({ fields: [{ key }] }, [code, title], counts, extra = null) {
    return this.member(key, code, title, counts.get(code) ?? 0, extra);
  }

  /** Groups of codes, each with those of its codes that any event has. */
  grouped(condition, counts) {
    const titles = new Map(condition.choices.map(([code, title]) => [code, title]));
    const box = (code, dot = null) => this.choice(condition, [code, titles.get(code)], counts, dot);
    return condition.groups.map(([group, codes]) => {
      const held = codes.filter((code) => counts.get(code));
      if (!held.length) return null;
      const total = held.reduce((sum, code) => sum + counts.get(code), 0);
      const whole = this.choice(condition, [group, titles.get(group)], new Map([[group, total]]), this.dot(group));
      const single = held.filter((code) => code !== group).map((code) => box(code));
      return el("div", {}, whole, held.length > 1 ? el("div", { class: "sa-inner" }, single) : null);
    }).filter(Boolean);
  }

  /** The colour of a group on the map, if it has one. */
  dot(group) {
    if (!this.colours.has(group)) return null;
    const dot = el("i", { class: "sa-dot" });
    dot.style.background = this.colours.get(group);
    return dot;
  }

  limit(condition) {
    const [bound, unknown] = condition.fields;
    const widget = condition.steps.length ? this.steps(bound, condition) : this.number(bound, condition);
    return [
      el("label", { class: "sa-field" }, condition.labels[0], widget),
      this.tick(unknown.key, condition.labels[1]),
      condition.note ? el("p", { class: "sa-note" }, condition.note) : null,
    ].filter(Boolean);
  }

  steps({ key, rest }, { steps, stepSaid }) {
    const options = [["", "no limit"], ...steps.map(([step, words]) => [String(step), words])];
    const choice = el(
      "select",
      { "data-key": key, onchange: () => this.set(key, choice.value ? Number(choice.value) : rest) },
      options.map(([value, label]) => el("option", { value }, label)),
    );
    this.syncs.push(() => {
      const value = this.filter.values[key];
      const text = value === rest ? "" : String(value);
      if (![...choice.options].some((one) => one.value === text)) {
        choice.append(el("option", { value: text }, fill(stepSaid, value)));
      }
      choice.value = text;
    });
    return choice;
  }

  number({ key, rest }, { top }) {
    const box = el("input", {
      ...{ type: "number", min: "0", max: String(top), step: "1", inputmode: "numeric", "data-key": key },
      onchange: () => this.set(key, box.value === "" ? rest : Math.max(0, Math.floor(Number(box.value)))),
    });
    this.syncs.push(() => (box.value = String(this.filter.values[key] ?? "")));
    return box;
  }

  contains({ fields: [{ key }], label, placeholder }) {
    let waiting = null;
    const box = el("input", {
      ...{ type: "search", class: "sa-search", maxlength: "200", "data-key": key },
      ...{ placeholder, "aria-label": label },
      oninput: () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => this.set(key, box.value.trim()), PAUSE);
      },
    });
    this.syncs.push(() => {
      if (document.activeElement !== box) box.value = this.filter.values[key];
    });
    return [box];
  }
}
