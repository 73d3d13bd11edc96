/* The panel of the standalone file: one event's story, or the overview of what is shown. */

import { el, safeLink } from "../core/elements.js";
import { capitalise, formatNumber } from "../core/words.js";

const BLOODLESS = ["border", "airspace", "diplomacy"];
const MOST = 8; // places named in the overview
const NEWEST = 6;
const IN_TRAY = 40;

const paragraph = (text, className = "") => (text ? el("p", { class: className, dir: "auto" }, text) : null);

function terms(pairs) {
  const rows = pairs.filter(([, value]) => value && value.length !== 0);
  return el("dl", { class: "sa-facts" }, rows.flatMap(([term, value]) => [el("dt", {}, term), el("dd", { dir: "auto" }, value)]));
}

const part = (heading, ...children) => {
  const held = children.flat().filter(Boolean);
  return held.length ? [el("h3", {}, heading), ...held] : [];
};

/** Outlet, as a link where the address is http(s), and the day it was published. */
function source([outlet, address, day]) {
  const name = outlet || "source not named";
  const link = safeLink(address);
  const said = link
    ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, name)
    : el("bdi", { class: "sa-outlet" }, name);
  return el("span", { class: "sa-source" }, said, day ? el("span", { class: "sa-dim" }, ` ${day}`) : null);
}

function telling({ sources = [], figures = "", notes = "", claims = [], doubt = "" }) {
  const claim = ([who, value]) => el("li", { dir: "auto" }, who ? el("b", {}, `${who}: `) : null, value);
  return el(
    "div",
    { class: "sa-telling" },
    el("p", { class: "sa-sources" }, sources.length ? sources.map(source) : "source not stated"),
    paragraph(capitalise(figures)),
    paragraph(notes),
    claims.length ? el("ul", {}, claims.map(claim)) : null,
    paragraph(capitalise(doubt), "sa-dim"),
  );
}

export class EventPanel {
  /** `page` has select(row), step(by), isShown(row), shownRows() and table. */
  constructor(host, book, page) {
    Object.assign(this, { host, book, page });
  }

  /** A button that names an event and selects it. */
  button(row, role = "") {
    const words = `${this.book.say("when", row)} — ${this.book.headline(row)}`;
    return el(
      "button",
      { class: "sa-line", type: "button", "data-row": row, onclick: () => this.page.select(row, true) },
      role ? el("span", { class: "sa-dim" }, `${role}: `) : null,
      el("bdi", {}, words),
    );
  }

  /* ---- one event ---- */

  tell(row) {
    const { book } = this;
    const say = (name) => book.say(name, row);
    const steps = el(
      "div",
      { class: "sa-steps" },
      el("button", { class: "sa-quiet", type: "button", onclick: () => this.page.select(null, true) }, "‹ Overview"),
      el("span", { class: "sa-gap" }),
      el("button", { class: "sa-quiet", type: "button", onclick: () => this.page.step(-1) }, "↑ Newer"),
      el("button", { class: "sa-quiet", type: "button", onclick: () => this.page.step(1) }, "↓ Older"),
    );
    const inferred = say("inferred") ? el("span", { class: "sa-dim" }, " (date inferred)") : null;
    this.host.replaceChildren(
      steps,
      this.page.isShown(row) ? "" : el("p", { class: "sa-flag" }, "Outside the present filter, so not counted."),
      el("h2", { tabindex: "-1", dir: "auto" }, book.headline(row)),
      el("p", { class: "sa-when" }, capitalise(say("when")), inferred),
      ...this.flags(row),
      paragraph(say("summary")) ?? "",
      say("notes") && say("notes") !== say("summary") ? paragraph(say("notes"), "sa-dim") : "",
      this.facts(row),
      ...this.family(row),
      ...part("At the border", this.border(row)),
      ...part("Who reports what", this.tellings(row)),
      ...part("How the place was found", say("placing").map((line) => paragraph(line))),
      ...part("Where this row comes from", this.origin(row)),
    );
    this.host.scrollTop = 0;
  }

  flags(row) {
    const { book } = this;
    const flags = [];
    if (book.say("total", row)) {
      flags.push("A total over a period, not a single event; never added to other figures.");
    }
    if (book.say("doubtful", row)) {
      const by = book.say("claimed", row);
      flags.push(`${capitalise(book.say("certainty", row))}${by ? ` (${by})` : ""}.`);
    }
    return flags.map((text) => paragraph(text, "sa-flag"));
  }

  facts(row) {
    const { book } = this;
    const say = (name) => book.say(name, row);
    const silent = BLOODLESS.includes(say("group"));
    const toll = (words) => (silent && words === "not stated" ? "" : words);
    const where = [say("where") || "not stated", el("br"), el("span", { class: "sa-dim" }, say("known"))];
    return terms([
      ["Where", where],
      ["Who", say("actors") || "not stated"],
      ["Deaths", toll(say("deaths"))],
      ["Injured", toll(say("injured"))],
      ["Certainty", capitalise(say("certainty"))],
      ["Claimed by", say("claimed")],
    ]);
  }

  border(row) {
    const { book } = this;
    const distance = book.say("distance", row);
    if (!distance) return el("p", { class: "sa-dim" }, "Not known: the event has no place on the map.");
    const status = book.say("status", row);
    const gate = book.say("gate", row);
    const open = ["", "unknown"].includes(status) ? "not stated" : `${status} that day`;
    return terms([
      ["Side", capitalise(book.sideWords.get(book.say("side", row)) ?? "")],
      ["To the line", distance],
      ["Nearest crossing", gate],
      ["Open or closed", gate && open],
    ]);
  }

  tellings(row) {
    const told = this.book.say("tellings", row);
    const sources = this.book.say("sources", row);
    return told.length ? told.map(telling) : [telling({ sources })];
  }

  /** Whole and parts, and the same event in another dataset. */
  family(row) {
    const { book } = this;
    const rowsOf = (ids) => ids.map((id) => book.rowOf.get(id)).filter((one) => one !== undefined);
    const [whole] = rowsOf([book.say("whole", row)]);
    const id = book.ids[row];
    const parts = book.ids.map((_, at) => at).filter((at) => book.say("whole", at) === id);
    const linked = rowsOf(book.say("linked", row));
    return [
      whole === undefined ? null : paragraph("Part of a larger event; its figures are within the whole.", "sa-flag"),
      whole === undefined ? null : this.button(whole, "Whole"),
      parts.length ? paragraph("Told also in parts; their figures are within this one.", "sa-flag") : null,
      ...parts.map((at) => this.button(at, "Part")),
      ...linked.map((at) => this.button(at, `Told also in ${this.dataset(at)}`)),
    ].filter(Boolean);
  }

  dataset(row) {
    const name = this.book.say("dataset", row);
    return this.book.datasetWords.get(name) ?? name;
  }

  origin(row) {
    const number = this.book.say("number", row);
    const said = number ? `${this.dataset(row)}, its number ${number}` : this.dataset(row);
    return [paragraph(said), paragraph(`Number in this map: ${this.book.ids[row]}`, "sa-dim")];
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
    const offer = ({ words, count, clear }) =>
      el("button", { class: "sa-line", type: "button", onclick: clear }, el("b", {}, formatNumber(count)), ` without “${words}”`);
    const wider = this.page.wider().map(offer);
    this.host.replaceChildren(
      el("h2", { tabindex: "-1" }, "No events match"),
      el("p", {}, wider.length ? "Drop one limit to see:" : "Clear a filter above, or widen the dates below the map."),
      ...wider,
    );
  }

  kinds(rows) {
    const { groups } = this.book.settings.events;
    const codes = groups.map((group) => group.name);
    const counts = new Array(groups.length).fill(0);
    for (const row of rows) counts[Math.max(0, codes.indexOf(this.book.say("group", row)))] += 1;
    const most = Math.max(...counts);
    const line = (count, at) => {
      const bar = el("i", {});
      Object.assign(bar.style, { width: `${(100 * count) / most}%`, background: groups[at].colour });
      return el("tr", {}, el("th", { scope: "row" }, groups[at].label), el("td", {}, formatNumber(count)), el("td", { class: "sa-bar" }, bar));
    };
    return el("table", { class: "sa-kinds" }, el("tbody", {}, counts.map((n, at) => (n ? line(n, at) : null)).filter(Boolean)));
  }

  places(rows) {
    const counts = new Map();
    for (const row of rows) {
      const name = this.book.say("place", row);
      if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST);
    const item = ([name, count]) => el("li", {}, el("bdi", {}, name), el("span", { class: "sa-number" }, formatNumber(count)));
    return most.length ? el("ul", { class: "sa-places" }, most.map(item)) : null;
  }

  /** Events shown that no mark on the map stands for. */
  tray(rows) {
    const lost = rows.filter((row) => !this.page.isPlaced(row));
    if (!lost.length) return [];
    const more = lost.length > IN_TRAY ? el("p", { class: "sa-dim" }, `and ${formatNumber(lost.length - IN_TRAY)} more; the list below has them all.`) : null;
    return [
      el("details", { class: "sa-tray" }, el("summary", {}, `${formatNumber(lost.length)} without a place on the map`), lost.slice(0, IN_TRAY).map((row) => this.button(row)), more),
    ];
  }
}
