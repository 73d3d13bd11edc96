/* How large, wide and deep a mark is drawn, and how its circle is shared among groups: numbers only. */

export const SLICES = 8; // a mixed mark is cut into so many

/** Radius in CSS px; area grows with deaths, and one death already shows.
 * @param {number} deaths
 */
export const radiusOf = (deaths) => (deaths < 0 ? 4.5 : Math.min(24, 4 + 1.2 * Math.sqrt(deaths)));

/** Radius of a dot; one that stands for several events is a little larger.
 * @param {Pick<Mark, "deaths" | "count">} mark
 */
export const dotRadius = (mark) => radiusOf(mark.deaths) + (mark.count > 1 ? 1 : 0);

/** Line width in px of an area's outline; never so wide that it drowns the border line.
 * @param {number} deaths
 */
export const weightOf = (deaths) => Math.min(2, 0.8 + 0.15 * Math.sqrt(Math.max(0, deaths)));

/** How deep an area is tinted: with the count, never so deep that it hides the land.
 * @param {number} count
 */
export const depthOf = (count) => Math.min(0.3, 0.08 + 0.08 * Math.log10(Math.max(1, count)));

/** Shares of a mixed mark in eighths; every group present keeps at least one.
 * @param {number[]} groups
 */
export function slicesOf(groups) {
  const total = groups.reduce((sum, n) => sum + n, 0);
  const slices = groups.map((n) => (n ? Math.max(1, Math.round((SLICES * n) / total)) : 0));
  let spare = SLICES - slices.reduce((sum, n) => sum + n, 0);
  while (spare !== 0) {
    const largest = slices.indexOf(Math.max(...slices));
    slices[largest] += Math.sign(spare);
    spare -= Math.sign(spare);
  }
  return slices;
}

/** The group of a mark, or -1 when it holds several.
 * @param {number[]} groups
 */
export function soleGroup(groups) {
  let found = -1;
  for (let i = 0; i < groups.length; i += 1) {
    if (!groups[i]) continue;
    if (found >= 0) return -1;
    found = i;
  }
  return found;
}
