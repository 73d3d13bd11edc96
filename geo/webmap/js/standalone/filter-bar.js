/* The filter bar: a button for each dimension says its state in words and opens a small sheet; a
 * second one beside it clears it. On a narrow screen all of them hide behind one button. What it
 * holds are the dimensions of the file; here is a form for each kind of condition. */

import { el } from "../core/elements.js";
import { capitalise, formatNumber } from "../core/words.js";
import { fill } from "./filter.js";

const PAUSE = 40; // ms of rest before a search runs
const LONG = 42; // letters of a filter's words on its button

/** @param {string} text */
const clip = (text) => (text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text);

/** The sheet that is open around an element, or null.
 * @param {EventTarget | null} node
 * @returns {HTMLDetailsElement | null}
 */
const openAround = (node) => (node instanceof Element ? node.closest("details[open]") : null);

/** How many events have each code.
 * @param {any} given
 */
function tally({ of, at }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const codes = of.map((/** @type {any} */ value) => [value].flat());
  for (const place of at) {
    for (const code of codes[place]) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

/** @typedef {{ box: HTMLDetailsElement, summary: HTMLElement, clear: HTMLButtonElement, rest: string }} Chip */

export class FilterBar {
  row = el("div", { class: "sa-chips", id: "chips" });
  toggle = el("button", {
    ...{ class: "sa-toggle", type: "button", "aria-expanded": "false", "aria-controls": "chips" },
    onclick: () => this.unfold(),
  });
  reset = el("button", { class: "sa-quiet", type: "button", onclick: () => this.clear() }, "Reset all");

  /** `changed()` is called after every change to the filter.
   * @param {HTMLElement} host
   * @param {import("./filter.js").Filter} filter
   * @param {() => void} changed
   */
  constructor(host, filter, changed) {
    this.host = host;
    this.filter = filter;
    this.changed = changed;
    /** @type {Map<string, Chip>} */
    this.chips = new Map();
    const { groups } = filter.book.settings.events;
    this.colours = new Map(groups.map((group) => [group.name, group.colour]));
    /** @type {(() => void)[]} called to bring every widget in step with the filter */
    this.syncs = [];
    this.build();
    // on click, not on press: a sheet that closes under a finger moves what it is about to hit
    document.addEventListener("click", (event) => host.contains(/** @type {Node} */ (event.target)) || this.close(), true);
    host.addEventListener("keydown", (event) => this.escape(event));
  }

  /** @param {HTMLDetailsElement} [but] the one that stays */
  close(but) {
    for (const { box } of this.chips.values()) if (box !== but) box.open = false;
  }

  /** @param {KeyboardEvent} event */
  escape(event) {
    const open = event.key === "Escape" && openAround(event.target);
    if (!open) return;
    event.stopPropagation(); // the event chosen stays chosen
    open.open = false;
    open.querySelector("summary")?.focus();
  }

  build() {
    for (const dimension of this.filter.dimensions.values()) {
      const shown = dimension.conditions.filter((condition) => condition.shown !== false);
      const forms = shown.map((condition) => this.form(condition, shown.length > 1));
      if (dimension.inline) this.row.append(...forms.flat().filter((form) => form !== null));
      else if (forms.length) this.row.append(this.chip(dimension, forms.flat()));
    }
    this.row.append(this.reset);
    this.host.replaceChildren(this.toggle, this.row);
  }

  /** The widgets of a condition; `beside`: whether the sheet holds others too.
   * @param {Condition} condition
   * @param {boolean} beside
   */
  form(condition, beside) {
    switch (condition.kind) {
      case "days":
        return this.days(condition);
      case "one":
        return this.one(condition, beside);
      case "limit":
        return this.limit(condition);
      default:
        return this.contains(condition);
    }
  }

  unfold() {
    const open = this.host.classList.toggle("open");
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  clear() {
    this.filter.clear(...this.filter.active);
    this.changed();
  }

  /**
   * @param {Dimension} given
   * @param {(HTMLElement | null)[]} form
   */
  chip({ name, rest }, form) {
    const summary = el("summary", {});
    const sheet = el("div", { class: "sa-sheet" }, form);
    const box = el("details", { class: "sa-chip-box", name: "sheet", "data-dimension": name }, summary, sheet);
    box.addEventListener("toggle", () => box.open && this.opened(box, summary, sheet));
    const clear = el("button", { class: "sa-clear", type: "button", onclick: () => { this.filter.clear(name); this.changed(); summary.focus(); } }, "✕");
    this.chips.set(name, { box, summary, clear, rest });
    return el("div", { class: "sa-chip" }, box, clear);
  }

  /** One sheet at a time; where they lie in the page, the button comes back into view.
   * @param {HTMLDetailsElement} box
   * @param {HTMLElement} summary
   * @param {HTMLElement} sheet
   */
  opened(box, summary, sheet) {
    this.close(box);
    this.keepInside(sheet);
    summary.scrollIntoView({ block: "nearest" });
  }

  /** A sheet never hangs over the window's right edge.
   * @param {HTMLElement} sheet
   */
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

  /**
   * @param {string} key
   * @param {any} value
   */
  set(key, value) {
    this.filter.values[key] = value;
    this.changed();
  }

  /**
   * @param {string} key
   * @param {string} label
   */
  tick(key, label) {
    const box = el("input", { type: "checkbox", "data-key": key, onchange: () => this.set(key, box.checked) });
    this.syncs.push(() => (box.checked = this.filter.values[key]));
    return el("label", { class: "sa-tick" }, box, el("span", {}, label));
  }

  /** A box that puts `code` into the list `key`.
   * @param {string} key
   * @param {string} code
   * @param {string} label
   * @param {number} count
   * @param {HTMLElement | null} [extra]
   */
  member(key, code, label, count, extra = null) {
    const box = el("input", {
      ...{ type: "checkbox", "data-key": key, value: code },
      onchange: () => {
        const others = this.filter.values[key].filter((/** @type {string} */ other) => other !== code);
        this.set(key, box.checked ? [...others, code] : others);
      },
    });
    this.syncs.push(() => (box.checked = this.filter.values[key].includes(code)));
    const number = count === undefined ? null : el("span", { class: "sa-number" }, formatNumber(count));
    return el("label", { class: "sa-tick" }, box, extra, el("span", { dir: "auto" }, label), number);
  }

  /**
   * @param {string} key
   * @param {string} label
   */
  day(key, label) {
    const box = el("input", { type: "date", "data-key": key, onchange: () => this.set(key, box.value || null) });
    this.syncs.push(() => (box.value = this.filter.values[key] ?? ""));
    return el("label", { class: "sa-field" }, label, box);
  }

  /** @param {Condition} given */
  days({ fields: [first, last, undated], labels }) {
    return [
      el("div", { class: "sa-pair" }, this.day(first.key, labels[0]), this.day(last.key, labels[1])),
      this.tick(undated.key, labels[2]),
      el("p", { class: "sa-note" }, "Or drag over the bars below the map."),
    ];
  }

  /**
   * @param {Condition} condition
   * @param {boolean} beside
   * @returns {HTMLElement[]}
   */
  one(condition, beside) {
    const counts = tally(condition);
    const members = condition.groups.length
      ? this.grouped(condition, counts)
      : condition.choices.map((/** @type {string[]} */ choice) => this.choice(condition, choice, counts));
    if (!beside) return members;
    const long = condition.closed ? "" : "sa-scroll";
    return [el("fieldset", { class: long }, el("legend", {}, condition.label), members)];
  }

  /**
   * @param {Condition} given
   * @param {string[]} also
   * @param {Map<string, number>} counts
   * @param {HTMLElement | null} [extra]
   */
  choice({ fields: [{ key }] }, [code, title], counts, extra = null) {
    return this.member(key, code, title, counts.get(code) ?? 0, extra);
  }

  /** Groups of codes, each with those of its codes that any event has.
   * @param {Condition} condition
   * @param {Map<string, number>} counts
   * @returns {HTMLElement[]}
   */
  grouped(condition, counts) {
    /** @type {Map<string, string>} */
    const titles = new Map(condition.choices.map((/** @type {string[]} */ [code, title]) => [code, title]));
    /** @param {string} code */
    const named = (code) => [code, titles.get(code) ?? code];
    return condition.groups.map((/** @type {[string, string[]]} */ [group, codes]) => {
      const held = codes.filter((code) => counts.get(code));
      if (!held.length) return null;
      const total = held.reduce((sum, code) => sum + (counts.get(code) ?? 0), 0);
      const whole = this.choice(condition, named(group), new Map([[group, total]]), this.dot(group));
      const single = held.filter((code) => code !== group).map((code) => this.choice(condition, named(code), counts));
      return el("div", {}, whole, held.length > 1 ? el("div", { class: "sa-inner" }, single) : null);
    }).filter(Boolean);
  }

  /** The colour of a group on the map, if it has one.
   * @param {string} group
   */
  dot(group) {
    const colour = this.colours.get(group);
    if (!colour) return null;
    const dot = el("i", { class: "sa-dot" });
    dot.style.background = colour;
    return dot;
  }

  /** @param {Condition} condition */
  limit(condition) {
    const [bound, unknown] = condition.fields;
    const widget = condition.steps.length ? this.steps(bound, condition) : this.number(bound, condition);
    return [
      el("label", { class: "sa-field" }, condition.labels[0], widget),
      this.tick(unknown.key, condition.labels[1]),
      condition.note ? el("p", { class: "sa-note" }, condition.note) : null,
    ].filter(Boolean);
  }

  /**
   * @param {Field} given
   * @param {Condition} also
   */
  steps({ key, rest }, { steps, stepSaid }) {
    const options = [["", "no limit"], ...steps.map((/** @type {[number, string]} */ [step, words]) => [String(step), words])];
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

  /**
   * @param {Field} given
   * @param {Condition} also
   */
  number({ key, rest }, { top }) {
    const box = el("input", {
      ...{ type: "number", min: "0", max: String(top), step: "1", inputmode: "numeric", "data-key": key },
      onchange: () => this.set(key, box.value === "" ? rest : Math.max(0, Math.floor(Number(box.value)))),
    });
    this.syncs.push(() => (box.value = String(this.filter.values[key] ?? "")));
    return box;
  }

  /** @param {Condition} given */
  contains({ fields: [{ key }], label, placeholder }) {
    /** @type {number | undefined} */
    let waiting;
    const box = el("input", {
      ...{ type: "search", class: "sa-search", maxlength: "200", "data-key": key },
      ...{ placeholder, "aria-label": label },
      oninput: () => {
        clearTimeout(waiting);
        waiting = window.setTimeout(() => this.set(key, box.value.trim()), PAUSE);
      },
    });
    this.syncs.push(() => {
      if (document.activeElement !== box) box.value = this.filter.values[key];
    });
    return [box];
  }
}
