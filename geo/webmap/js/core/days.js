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

/** "19 Feb 2023".
 * @param {number} day
 */
export const dayWords = (day) => {
  const date = dateOf(day);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};
