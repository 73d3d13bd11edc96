/* Numbers and counts in words, as they stand on the map and beside it. */

const { format } = new Intl.NumberFormat("en");

/** 1204 as "1,204".
 * @param {number} value
 */
export const formatNumber = (value) => format(value);

/** "1 event", "1,204 events".
 * @param {number} count
 */
export const eventsWords = (count) => `${formatNumber(count)} event${count === 1 ? "" : "s"}`;

/** A count as it stands on a mark: 7, 1,204, 34k.
 * @param {number} count
 */
export const shortNumber = (count) =>
  count < 10000 ? formatNumber(count) : `${Math.round(count / 1000)}k`;

/**
 * @param {number} value
 * @param {number} digits
 */
export const roundTo = (value, digits) => Number(value.toFixed(digits));

/** First letter large.
 * @param {string} text
 */
export const capitalise = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** "12 violence, 3 diplomacy", most first; at most `most` of them, the rest summed up.
 * @param {number[]} counts
 * @param {{ label: string }[]} groups
 * @param {number} [most]
 */
export const groupWords = (counts, groups, most = 6) => {
  const named = counts.map((n, at) => ({ n, label: groups[at].label.toLowerCase() })).filter(({ n }) => n > 0);
  named.sort((a, b) => b.n - a.n);
  const words = named.slice(0, most).map(({ n, label }) => `${formatNumber(Math.round(n))} ${label}`);
  const rest = named.slice(most).reduce((sum, { n }) => sum + n, 0);
  return words.concat(rest ? [`${formatNumber(Math.round(rest))} other kinds`] : []).join(", ");
};
