/* A lattice of hexagons fixed to the world, so that panning never regroups what they count. */

/** Px from a hexagon's centre to its corners. */
export const HEXAGON_RADIUS = 25;
const WIDTH = HEXAGON_RADIUS * Math.sqrt(3);
const RISE = HEXAGON_RADIUS * 1.5; // px between rows of hexagons

/** The hexagon around a world pixel, as column * 2^24 + row.
 * @param {number} x
 * @param {number} y
 */
export function hexagonAt(x, y) {
  const rise = y / RISE;
  let row = Math.round(rise);
  const shifted = x / WIDTH - (row & 1) / 2;
  let column = Math.round(shifted);
  const dy = rise - row;
  if (dy > 1 / 3 || dy < -1 / 3) {
    const dx = shifted - column;
    const ox = dx + (dx < 0 ? 0.5 : -0.5);
    const oy = dy + (dy < 0 ? 1 : -1);
    // distances with both axes in px
    const own = dx * dx * WIDTH * WIDTH + dy * dy * RISE * RISE;
    if (own > ox * ox * WIDTH * WIDTH + oy * oy * RISE * RISE) {
      column += (dx < 0 ? -0.5 : 0.5) + (row & 1 ? 0.5 : -0.5);
      row += dy < 0 ? -1 : 1;
    }
  }
  return column * 2 ** 24 + row;
}

/** The world pixel in the middle of a hexagon.
 * @param {number} hexagon
 */
export function centreOf(hexagon) {
  const column = Math.floor(hexagon / 2 ** 24);
  const row = hexagon - column * 2 ** 24;
  return { x: (column + (row & 1) / 2) * WIDTH, y: row * RISE };
}
