/* The panel of the standalone file: one event's story, or the overview of what is shown. */

import { el } from "../core/elements.js";
import { capitalise, formatNumber } from "../core/words.js";

const MOST = 8; // places named in the overview
const NEWEST = 6;
const IN_TRAY = 40;

/**
 * @param {string | null | undefined} text
 * @param {string} [className]
 */
const paragraph = (text, className = "") => (text ? el("p", { class: className, dir: "auto" }, text) : null);

/** A list of facts: term, words, and quieter words beneath them.
 * @param {any[]} facts
 */
const terms = (facts) =>
  el("dl", { class: "sa-facts" }, facts.flatMap(([term, words, beneath]) => [
    el("dt", {}, term),
    el("dd", {}, el("bdi", {}, words), beneath ? [el("br"), el("span", { class: "sa-dim" }, beneath)] : null),
  ]));

/**
 * @param {"ul" | "ol"} tag
 * @param {any[]} lines
 */
const list = (tag, lines) => (lines.length ? el(tag, {}, lines.map((line) => el("li", { dir: "auto" }, line))) : null);

/**
 * @param {string} heading
 * @param {any} children
 */
const part = (heading, ...children) => {
  const held = children.flat().filter(Boolean);
  return held.length ? [el("h3", {}, heading), ...held] : [];
};

/** Name, as a link where there is an address, and the day it was published.
 * @param {string[]} given
 */
function source([name, address, day]) {
  const said = address
    ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, name)
    : el("bdi", { class: "sa-outlet" }, name);
  return el("span", { class: "sa-source" }, said, day ? el("span", { class: "sa-dim" }, ` ${day}`) : null);
}

/** One telling; what a dataset records has a title, and its sources stand one under another.
 * @param {any} given
 */
function telling({ title = "", lead = "", sources = [], figures = "", notes = "", doubt = "" }) {
  const named = sources.map(source);
  const inLine = named.flatMap((/** @type {HTMLElement} */ one, /** @type {number} */ at) => (at ? [" · ", one] : [one]));
  return el(
    "div",
    { class: "sa-telling" },
    title ? el("p", {}, el("b", {}, title)) : null,
    title ? paragraph(lead) : el("p", { class: "sa-sources" }, lead, inLine),
    title ? list("ul", named) : null,
    paragraph(figures),
    paragraph(notes),
    paragraph(doubt, "sa-dim"),
  );
}

/** @param {[string, any[]]} given */
const claims = ([party, said]) => el("div", { class: "sa-telling" }, el("b", { dir: "auto" }, party), list("ul", said));

export class EventPanel {
  /** `page` has select(row), step(by), isShown(row), shownRows() and table.
   * @param {HTMLElement} host
   * @param {Book} book
   * @param {Page} page
   */
  constructor(host, book, page) {
    this.host = host;
    this.book = book;
    this.page = page;
  }

  /** A button that names an event and selects it.
   * @param {number} row
   * @param {string} [role]
   */
  button(row, role = "") {
    const words = `${this.book.say("when", row)} — ${this.book.say("title", row)}`;
    return el(
      "button",
      { class: "sa-line", type: "button", "data-row": row, onclick: () => this.page.select(row, true) },
      role ? el("span", { class: "sa-dim" }, `${role}: `) : null,
      el("bdi", {}, words),
    );
  }

  /* ---- one event ---- */

  /** @param {number} row */
  tell(row) {
    const { book } = this;
    /** @param {string} name */
    const say = (name) => book.say(name, row);
    const steps = el(
      "div",
      { class: "sa-steps" },
      el("button", { class: "sa-quiet", type: "button", onclick: () => this.page.select(null, true) }, "‹ Overview"),
      el("span", { class: "sa-gap" }),
      el("button", { class: "sa-quiet", type: "button", onclick: () => this.page.step(-1) }, "↑ Newer"),
      el("button", { class: "sa-quiet", type: "button", onclick: () => this.page.step(1) }, "↓ Older"),
    );
    const { panel } = book.words;
    const { headings } = panel;
    const inferred = say("inferred");
    /** @param {string[]} names */
    const facts = (names) => names.map((name) => [name, ...say(name)]).filter(([, words]) => words);
    const border = facts(panel.border);
    this.host.replaceChildren(
      steps,
      (!this.page.isShown(row) && paragraph(panel.outside, "sa-flag")) || "",
      el("h2", { tabindex: "-1", dir: "auto" }, say("title")),
      el("p", { class: "sa-when" }, capitalise(say("when")), inferred ? el("span", { class: "sa-dim" }, ` ${inferred}`) : null),
      ...say("flags").map((/** @type {string} */ text) => paragraph(text, "sa-flag")),
      paragraph(say("summary")) ?? "",
      terms(facts(panel.facts)),
      ...this.family(row),
      ...part(headings.linked, this.linked(row)),
      ...part(headings.border, border.length ? terms(border) : paragraph(panel.nowhere, "sa-dim")),
      ...part(headings.claims, say("claims").map(claims)),
      ...part(headings.tellings, say("tellings").map(telling)),
      ...part(headings.placing, say("placing").map((/** @type {string} */ line) => paragraph(line)), this.others(row)),
      ...part(headings.citation, paragraph(say("citation"))),
    );
    this.host.scrollTop = 0;
  }

  /** @param {number} row */
  others(row) {
    const listed = list("ol", this.book.say("others", row));
    return listed ? [paragraph(this.book.words.panel.others), listed] : [];
  }

  /** @param {string[]} ids */
  rowsOf(ids) {
    return ids.map((id) => this.book.rowOf.get(id)).filter((one) => one !== undefined);
  }

  /** The whole that an event is a part of, and its own parts.
   * @param {number} row
   */
  family(row) {
    const { book } = this;
    const { panel } = book.words;
    const [whole] = this.rowsOf([book.say("whole", row)]);
    const id = book.ids[row];
    const parts = book.ids.map((_, at) => at).filter((at) => book.say("whole", at) === id);
    return [
      whole === undefined ? null : paragraph(panel.whole, "sa-flag"),
      whole === undefined ? null : this.button(whole, "Whole"),
      parts.length ? paragraph(panel.parts, "sa-flag") : null,
      ...parts.map((at) => this.button(at, "Part")),
    ].filter((node) => node !== null);
  }

  /** The same event in other datasets: what each says, and a way there.
   * @param {number} row
   */
  linked(row) {
    const { book } = this;
    const others = this.rowsOf(book.say("linked", row));
    if (!others.length) return [];
    const heads = el("tr", {}, book.words.panel.linked.map((/** @type {string} */ head) => el("th", { scope: "col" }, head)));
    /** @param {string[]} given */
    const line = ([dataset, ...more]) =>
      el("tr", {}, el("th", { scope: "row" }, dataset), more.map((words) => el("td", { dir: "auto" }, words)));
    const lines = [row, ...others].map((at) => line(book.say("beside", at)));
    return [
      el("table", { class: "sa-table" }, el("thead", {}, heads), el("tbody", {}, lines)),
      paragraph(book.say("linked note", row), "sa-dim"),
      ...others.map((at) => this.button(at, book.say("beside", at)[0])),
    ];
  }

  /* ---- the overview ---- */

  overview() {
    const rows = this.page.shownRows();
    if (!rows.length) {
      this.empty();
      return;
    }
    const newest = rows.slice(0, NEWEST).map((row) => this.button(row));
    this.host.replaceChildren(
      el("h2", { tabindex: "-1" }, "What is shown"),
      this.kinds(rows),
      ...part("Places named most", this.places(rows)),
      ...part("Newest", newest),
      ...this.tray(rows),
      el("p", { class: "sa-dim" }, "Choose a mark on the map or a line of the list for its sources, figures and claims."),
    );
  }

  /** Nothing is shown: what would be, with one limit less. */
  empty() {
    /** @param {{ words: string, count: number, clear: () => void }} given */
    const offer = ({ words, count, clear }) =>
      el("button", { class: "sa-line", type: "button", onclick: clear }, el("b", {}, formatNumber(count)), ` without “${words}”`);
    const wider = this.page.wider().map(offer);
    this.host.replaceChildren(
      el("h2", { tabindex: "-1" }, "No events match"),
      el("p", {}, wider.length ? "Drop one limit to see:" : "Clear a filter above, or widen the dates below the map."),
      ...wider,
    );
  }

  /** @param {number[]} rows */
  kinds(rows) {
    const { groups } = this.book.settings.events;
    const codes = groups.map((group) => group.name);
    const counts = new Array(groups.length).fill(0);
    for (const row of rows) counts[Math.max(0, codes.indexOf(this.book.say("group", row)))] += 1;
    const most = Math.max(...counts);
    /**
     * @param {number} count
     * @param {number} at
     */
    const line = (count, at) => {
      const bar = el("i", {});
      Object.assign(bar.style, { width: `${(100 * count) / most}%`, background: groups[at].colour });
      return el("tr", {}, el("th", { scope: "row" }, groups[at].label), el("td", {}, formatNumber(count)), el("td", { class: "sa-bar" }, bar));
    };
    return el("table", { class: "sa-kinds" }, el("tbody", {}, counts.map((n, at) => (n ? line(n, at) : null)).filter(Boolean)));
  }

  /** @param {number[]} rows */
  places(rows) {
    const counts = new Map();
    for (const row of rows) {
      const name = this.book.say("place", row);
      if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST);
    /** @param {[string, number]} given */
    const item = ([name, count]) => el("li", {}, el("bdi", {}, name), el("span", { class: "sa-number" }, formatNumber(count)));
    return most.length ? el("ul", { class: "sa-places" }, most.map(item)) : null;
  }

  /** Events shown that no mark on the map stands for.
   * @param {number[]} rows
   */
  tray(rows) {
    const lost = rows.filter((row) => !this.page.isPlaced(row));
    if (!lost.length) return [];
    const more = lost.length > IN_TRAY ? el("p", { class: "sa-dim" }, `and ${formatNumber(lost.length - IN_TRAY)} more; the list below has them all.`) : null;
    return [
      el("details", { class: "sa-tray" }, el("summary", {}, `${formatNumber(lost.length)} without a place on the map`), lost.slice(0, IN_TRAY).map((row) => this.button(row)), more),
    ];
  }
}
