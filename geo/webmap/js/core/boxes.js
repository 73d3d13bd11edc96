/* Rectangles in px: where names stand, and whether they meet. */

/** Whether two boxes share a spot.
 * @param {Box} a
 * @param {Box} b
 */
export const overlaps = (a, b) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A box by its corner and its size.
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
export const boxAt = (x, y, width, height) => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});
