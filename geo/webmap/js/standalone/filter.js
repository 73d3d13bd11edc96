/* What the reader of the standalone file wants to see. Which dimensions there are, their keys in the
 * address, their choices and their words are data (geo/query/dimensions.py, in the file as
 * `dimensions`); here is what a condition of each kind does with them. Dates are left to the layer,
 * so that the histogram can show what lies beside them. */

import { dayOfIso, rangeWords } from "../core/days.js";
import { formatNumber } from "../core/words.js";
import { fold } from "./book.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const COUNT = /^\d{1,6}$/;
const LONGEST = 200; // letters of a text in the address

/** How a value is read from the address, by the way it is written; undefined if it makes no sense. */
/** @type {Record<string, (text: string, field: Field) => any>} */
const READERS = {
  list: (text, { separator }) => {
    const parts = text.split(separator).map((one) => one.trim());
    return [...new Set(parts.filter(Boolean))];
  },
  flag: (text) => (["yes", "no"].includes(text) ? text === "yes" : undefined),
  day: (text) => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined),
  number: (text) => {
    const value = NUMBER.test(text) ? Number(text) : 0;
    return value > 0 && Number.isFinite(value) ? value : undefined;
  },
  count: (text) => (COUNT.test(text) ? Number(text) : undefined),
  text: (text) => text.trim().replace(/\s+/g, " ").slice(0, LONGEST),
};

/**
 * @param {any} value
 * @param {{ rest: any }} also
 */
const isAtRest = (value, { rest }) => (Array.isArray(value) ? !value.length : value === rest);

/** Fill a template of Python's: `{}` as it is, `{:,}` in groups of three, `{:g}` to six digits.
 * @param {string} template
 * @param {any} value
 */
export function fill(template, value) {
  return template.replace(/\{(:g|:,)?\}/, (_, format) => {
    if (format === ":,") return formatNumber(value);
    return format === ":g" ? String(Number(value.toPrecision(6))) : String(value);
  });
}

/** For each kind of condition: its words, and its test of a row, null where there is none. */
/** @type {Record<string, KindOfCondition>} */
const KINDS = {
  days: {
    words: ({ forms }, [first, last, undated]) => {
      const [start, end] = [first ?? last, last ?? first];
      let said = start === null ? forms.all : rangeWords(dayOfIso(start), dayOfIso(end), forms);
      if (!first !== !last) said = fill(first ? forms.from : forms.until, said);
      return undated ? fill(forms.unknown, said) : said;
    },
    test: () => null,
  },
  one: {
    words: ({ choices, each, said }, [wanted]) => {
      /** @type {Map<string, string>} */
      const words = new Map(choices.map((/** @type {string[]} */ [code, , word]) => [code, word]));
      const listed = wanted.map((/** @type {string} */ code) => fill(each, words.get(code) ?? code));
      return fill(said, listed.join(" or "));
    },
    test: ({ groups, of, at }, [wanted]) => {
      const held = new Map(groups);
      const codes = new Set(wanted.flatMap((/** @type {string} */ code) => held.get(code) ?? [code]));
      const passes = of.map((/** @type {any} */ value) => [value].flat().some((code) => codes.has(code)));
      return (row) => passes[at[row]];
    },
  },
  limit: {
    words: ({ fields, said, anySaid, unknownSaid }, [bound, unknown]) => {
      const words = bound === fields[0].rest ? anySaid : fill(said, bound);
      return unknown ? fill(unknownSaid, words) : words;
    },
    test: ({ numbers, way }, [bound, unknown]) => {
      if (bound === null) return null;
      return (row) => {
        const number = numbers[row];
        if (number === null) return unknown;
        return way === "most" ? number <= bound : number >= bound;
      };
    },
  },
  contains: {
    words: ({ said }, [text]) => fill(said, text),
    test: (_, [text], book) => {
      const texts = book.texts();
      const words = fold(text).split(/\s+/).filter(Boolean);
      return (row) => words.every((word) => texts[row].includes(word));
    },
  },
};

export class Filter {
  /** @param {Book} book */
  constructor(book) {
    this.book = book;
    this.dimensions = new Map(book.dimensions.map((dimension) => [dimension.name, dimension]));
    const conditions = book.dimensions.flatMap((dimension) => dimension.conditions);
    /** @type {Map<string, Field & { condition: Condition }>} */
    this.fields = new Map();
    for (const condition of conditions) {
      for (const field of condition.fields) this.fields.set(field.key, { ...field, condition });
    }
    const days = conditions.find((condition) => condition.kind === "days");
    const dated = book.dimensions.find((one) => one.conditions.some(({ kind }) => kind === "days"));
    if (!days || !dated) throw new Error("the file has no dimension of dates");
    this.days = days;
    /** The name of the dimension that the layer sees to. */
    this.dated = dated.name;
    /** @type {Record<string, any>} */
    this.values = {};
    this.clear(...this.dimensions.keys());
  }

  /** Take what makes sense of an address's fragment; the rest is ignored.
   * @param {string} fragment
   */
  read(fragment) {
    for (const [key, text] of new URLSearchParams(fragment)) {
      const field = this.fields.get(key);
      if (!field) continue;
      const value = READERS[field.written](text, field);
      if (value === undefined) continue;
      const { closed, choices } = field.condition;
      const known = closed && new Set(choices.map((/** @type {string[]} */ [code]) => code));
      this.values[key] = known ? value.filter((/** @type {string} */ code) => known.has(code)) : value;
    }
  }

  /** The fragment that `read` takes; what limits nothing is left out. */
  write() {
    const params = new URLSearchParams();
    for (const [key, field] of this.fields) {
      const value = this.values[key];
      if (isAtRest(value, field)) continue;
      const flag = value ? "yes" : "no";
      const list = Array.isArray(value) && value.join(field.separator);
      params.set(key, list || (typeof value === "boolean" ? flag : String(value)));
    }
    return params;
  }

  /** @param {string} name */
  dimension(name) {
    const dimension = this.dimensions.get(name);
    if (!dimension) throw new Error(`the file has no dimension ${name}`);
    return dimension;
  }

  /** The conditions of a dimension that limit something.
   * @param {string} name
   */
  limited(name) {
    const { conditions } = this.dimension(name);
    /** @param {Field} field */
    const limits = (field) => !isAtRest(this.values[field.key], field);
    return conditions.filter(({ fields }) => fields.some(limits));
  }

  /** Names of the dimensions that limit something. */
  get active() {
    return [...this.dimensions.keys()].filter((name) => this.limited(name).length);
  }

  /** @param {...string} names */
  clear(...names) {
    for (const name of names) {
      const fields = this.dimension(name).conditions.flatMap((one) => one.fields);
      for (const { key, rest } of fields) this.values[key] = rest;
    }
  }

  /** The values of a condition's fields; days in their order.
   * @param {Condition} condition
   * @returns {any[]}
   */
  valuesOf(condition) {
    const values = condition.fields.map(({ key }) => this.values[key]);
    if (condition !== this.days) return values;
    const [first, last, undated] = values;
    return first && last && first > last ? [last, first, undated] : values;
  }

  /** Dates as the layer takes them. */
  get dates() {
    const [from, to, undated] = this.valuesOf(this.days);
    return { from, to, undated };
  }

  /** Take dates from the layer, null for none.
   * @param {{ from: string, to: string } | null} dates
   */
  setDates(dates) {
    const [first, last] = this.days.fields;
    this.values[first.key] = dates?.from ?? null;
    this.values[last.key] = dates?.to ?? null;
  }

  /** A bit a row, lowest first: which pass everything but the dates. */
  bits() {
    const tests = this.tests();
    const bits = new Uint8Array(Math.ceil(this.book.rows / 8));
    for (let row = 0; row < this.book.rows; row += 1) {
      if (tests.every((passes) => passes(row))) bits[row >> 3] |= 1 << (row & 7);
    }
    return bits;
  }

  tests() {
    const conditions = this.active.flatMap((name) => this.limited(name));
    const tests = conditions.map((condition) =>
      KINDS[condition.kind].test(condition, this.valuesOf(condition), this.book),
    );
    return tests.filter((test) => test !== null);
  }

  /* ---- in words ---- */

  /** @param {string} name */
  words(name) {
    const said = this.limited(name).map((condition) =>
      KINDS[condition.kind].words(condition, this.valuesOf(condition)),
    );
    return said.join(this.dimension(name).joined);
  }

  describe(without = "") {
    const told = this.active.filter((name) => name !== without).map((name) => this.words(name));
    return told.join(", ") || "all events";
  }
}
