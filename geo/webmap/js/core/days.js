/* Days as whole numbers since 1970-01-01, as in the event file; no time zones. */

const DAY = 86400000; // ms
export const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const FAR = 0xffff * 2; // a day after every other

/** @param {number} day */
export const dateOf = (day) => new Date(day * DAY);
/**
 * @param {number} year
 * @param {number} month
 * @param {number} [date]
 */
export const dayOf = (year, month, date = 1) => Math.round(Date.UTC(year, month, date) / DAY);
export const today = () => Math.floor(Date.now() / DAY);

/** "2023-02-19" as a day.
 * @param {string} iso
 */
export const dayOfIso = (iso) => Math.round(Date.parse(iso) / DAY);
/** @param {number} day */
export const isoOf = (day) => dateOf(day).toISOString().slice(0, 10);

/** Dates from Python, ISO or null at either end, as days; an open end is far away.
 * @param {{ from: string | null, to: string | null }} given
 */
export const rangeOf = ({ from, to }) => ({
  from: from === null ? 0 : dayOfIso(from),
  to: to === null ? FAR : dayOfIso(to),
});

/** Say days as the app does, from the first to the last: "19–22 Feb 2023"; all days of a month or a
 *  year by its name. `forms` are those of geo/words.py.
 * @param {number} first
 * @param {number} last
 * @param {Record<string, string>} forms
 */
export function rangeWords(first, last, forms) {
  const [start, end] = [dateOf(first), dateOf(last)];
  /** @type {Record<string, any>} */
  const facts = {
    day: start.getUTCDate(),
    month: MONTHS[start.getUTCMonth()],
    year: start.getUTCFullYear(),
    to_day: end.getUTCDate(),
    to_month: MONTHS[end.getUTCMonth()],
    to_year: end.getUTCFullYear(),
  };
  const form = forms[formOf(facts, dateOf(last + 1).getUTCDate() === 1)];
  return form.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => String(facts[name]));
}

/** Which form says a span that ends with a month, or does not.
 * @param {Record<string, any>} facts
 * @param {boolean} closes
 */
function formOf({ day, month, year, to_day, to_month, to_year }, closes) {
  if (year !== to_year) return "across years";
  const whole = day === 1 && closes;
  if (month !== to_month) return whole && month === "Jan" && to_month === "Dec" ? "whole year" : "within year";
  if (whole) return "whole month";
  return day === to_day ? "one day" : "within month";
}

/** "19 Feb 2023".
 * @param {number} day
 */
export const dayWords = (day) => {
  const date = dateOf(day);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};
