/* What the reader of the standalone file wants to see: the same dimensions and the same keys in the
 * address as the app (geo/query/filter.py, geo/query/params.py). Dates are left to the layer, so that the
 * histogram can show what lies beside them. */

import { dayOfIso, dayWords } from "../core/days.js";
import { formatNumber } from "../core/words.js";
import { fold } from "./book.js";

const REST = {
  ...{ from: null, to: null, undated: false, what: [], side: [], province: [], km: null },
  ...{ kmunknown: false, deaths: 0, tollunknown: true, placed: [], dataset: [], q: "" },
};
const DIMENSIONS = {
  dates: ["from", "to", "undated"],
  what: ["what"],
  where: ["side", "province"],
  distance: ["km", "kmunknown"],
  deaths: ["deaths", "tollunknown"],
  precision: ["placed"],
  dataset: ["dataset"],
  text: ["q"],
};
const SEPARATOR = { what: ",", side: ",", placed: ",", province: ";", dataset: ";" };
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const readers = {
  list: (text, key) => text.split(SEPARATOR[key]).map((one) => one.trim()).filter(Boolean),
  flag: (text) => (["yes", "no"].includes(text) ? text === "yes" : undefined),
  day: (text) => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined),
  number: (text) => (Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : undefined),
  text: (text) => text.trim().slice(0, 200),
};

function readerOf(key) {
  if (key in SEPARATOR) return readers.list;
  if (typeof REST[key] === "boolean") return readers.flag;
  if (key === "from" || key === "to") return readers.day;
  return key === "q" ? readers.text : readers.number;
}

export class Filter {
  constructor(book) {
    this.book = book;
    this.values = { ...REST };
  }

  /** Take what makes sense of an address's fragment; the rest is ignored. */
  read(fragment) {
    for (const [key, text] of new URLSearchParams(fragment)) {
      if (!Object.hasOwn(REST, key)) continue;
      const value = readerOf(key)(text, key);
      if (value !== undefined) this.values[key] = value;
    }
  }

  /** The fragment that `read` takes; what limits nothing is left out. */
  write() {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(this.values)) {
      if (this.rests(key)) continue;
      const flag = value ? "yes" : "no";
      const list = Array.isArray(value) && value.join(SEPARATOR[key]);
      params.set(key, list || (typeof value === "boolean" ? flag : String(value)));
    }
    return params;
  }

  rests(key) {
    const value = this.values[key];
    return Array.isArray(value) ? !value.length : value === REST[key];
  }

  limits(dimension) {
    return DIMENSIONS[dimension].some((key) => !this.rests(key));
  }

  get active() {
    return Object.keys(DIMENSIONS).filter((dimension) => this.limits(dimension));
  }

  clear(...dimensions) {
    for (const key of dimensions.flatMap((name) => DIMENSIONS[name])) this.values[key] = REST[key];
  }

  /** Dates as the layer takes them. */
  get dates() {
    const { from, to, undated } = this.values;
    return from && to && from > to ? { from: to, to: from, undated } : { from, to, undated };
  }

  /** A bit a row, lowest first: which pass everything but the dates. */
  bits(table) {
    const tests = this.tests(table);
    const bits = new Uint8Array(Math.ceil(this.book.rows / 8));
    for (let row = 0; row < this.book.rows; row += 1) {
      if (tests.every((passes) => passes(row))) bits[row >> 3] |= 1 << (row & 7);
    }
    return bits;
  }

  tests(table) {
    const { book, values } = this;
    const tests = [
      this.within("type", this.types()),
      this.within("side", values.side),
      this.within("province", values.province),
      this.within("dataset", values.dataset),
      this.placing(table),
    ];
    const { km, kmunknown, deaths, tollunknown } = values;
    if (km !== null) tests.push((row) => (book.km[row] === null ? kmunknown : book.km[row] <= km));
    if (this.limits("deaths")) {
      tests.push((row) => (book.toll[row] === null ? tollunknown : book.toll[row] >= deaths));
    }
    const words = fold(values.q).split(/\s+/).filter(Boolean);
    const texts = words.length ? book.texts() : null;
    if (texts) tests.push((row) => words.every((word) => texts[row].includes(word)));
    return tests.filter(Boolean);
  }

  /** Types asked for, those of the groups asked for with them. */
  types() {
    const groups = new Map(this.book.words.groups.map(([code, , types]) => [code, types]));
    return this.values.what.flatMap((code) => groups.get(code) ?? [code]);
  }

  /** Whether a column's value is one of those wanted; null when any will do. */
  within(name, wanted) {
    if (!wanted.length) return null;
    const { of, at } = this.book.told[name];
    const passes = of.map((value) => wanted.includes(value));
    return (row) => passes[at[row]];
  }

  placing(table) {
    const { placed } = this.values;
    if (!placed.length) return null;
    const codes = this.book.settings.events.precisions;
    const passes = codes.map((code) => placed.includes(code));
    return (row) => passes[table.precision[row]];
  }

  /* ---- in words ---- */

  words(dimension) {
    return this.limits(dimension) ? SAID[dimension](this.values, this.book) : "";
  }

  describe(without = "") {
    const told = this.active.filter((name) => name !== without).map((name) => this.words(name));
    return told.join(", ") || "all events";
  }
}

const listed = (codes, words) =>
  codes.map((code) => (words.get(code) ?? code).toLowerCase()).join(" or ");
const dayOf = (iso) => dayWords(dayOfIso(iso));

const SAID = {
  dates: ({ from, to, undated }) => {
    const ends = from && to ? `${dayOf(from)} – ${dayOf(to)}` : from ? `from ${dayOf(from)}` : to ? `until ${dayOf(to)}` : "all dates";
    return undated ? `${ends} or undated` : ends;
  },
  what: ({ what }, { typeWords, words }) =>
    listed(what, new Map([...typeWords, ...words.groups.map(([code, label]) => [code, label])])),
  where: ({ side, province }, { sideWords }) =>
    [
      side.map((code) => sideWords.get(code) ?? code).join(" or "),
      province.map((key) => key.slice(key.indexOf(":") + 1)).join(" or "),
    ]
      .filter(Boolean)
      .join(", "),
  distance: ({ km, kmunknown }) =>
    (km === null ? "any distance" : `within ${formatNumber(km)} km of the line`) +
    (kmunknown ? " or not known" : ""),
  deaths: ({ deaths, tollunknown }) =>
    deaths
      ? `${formatNumber(deaths)} or more deaths${tollunknown ? " or not stated" : ""}`
      : "toll stated",
  precision: ({ placed }, { precisionWords }) => listed(placed, precisionWords),
  dataset: ({ dataset }, { datasetWords }) =>
    dataset.map((name) => datasetWords.get(name) ?? name).join(" or "),
  text: ({ q }) => `with “${q}”`,
};
