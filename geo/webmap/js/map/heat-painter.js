/* Where events gather, as a map of heat: ink that deepens; hue stays with the groups. */

import { inkOf } from "../core/elements.js";

const GRAIN = 4; // px of a grain of heat
const BLUR = 4; // grains, three times over: about a bell curve of 30 px

/** Running mean along one axis of a grid, in place.
 * @param {Float32Array} grid
 * @param {Float32Array} line
 * @param {number} lines
 * @param {number} length
 * @param {number} step
 * @param {number} stride
 */
function blurLines(grid, line, lines, length, step, stride) {
  for (let at = 0; at < lines; at += 1) {
    const start = at * stride;
    for (let i = 0; i < length; i += 1) line[i] = grid[start + i * step];
    let sum = 0;
    for (let i = -BLUR; i < length; i += 1) {
      if (i + BLUR < length) sum += line[i + BLUR];
      if (i - BLUR - 1 >= 0) sum -= line[i - BLUR - 1];
      if (i >= 0) grid[start + i * step] = sum / (2 * BLUR + 1);
    }
  }
}

/** Where events gather, as ink that deepens; the deepest is the densest spot in view.
 * @param {Ink} ctx
 * @param {EventLayer} also
 */
export function paintHeat(ctx, { painter, places, crowd, view }) {
  if (!crowd) return;
  const { scale, origin, size } = view;
  const [across, down] = [Math.ceil(size.x / GRAIN), Math.ceil(size.y / GRAIN)];
  const grid = new Float32Array(across * down);
  for (const place of crowd) {
    const column = Math.floor((places.x[place] * scale - origin.x) / GRAIN);
    const row = Math.floor((places.y[place] * scale - origin.y) / GRAIN);
    if (column < 0 || row < 0 || column >= across || row >= down) continue;
    grid[row * across + column] += places.events[place];
  }
  const line = new Float32Array(Math.max(across, down));
  for (let round = 0; round < 3; round += 1) {
    blurLines(grid, line, down, across, 1, across);
    blurLines(grid, line, across, down, across, 1);
  }
  let top = 0;
  for (let i = 0; i < grid.length; i += 1) if (grid[i] > top) top = grid[i];
  if (!top) return;
  const image = new ImageData(across, down);
  const pixels = new Uint32Array(image.data.buffer);
  const ink = painter.dark ? 0xf4eee6 : 0x322618; // blue, green, red: the lowest byte is red
  for (let i = 0; i < grid.length; i += 1) {
    if (grid[i]) pixels[i] = (ink | (Math.round(215 * Math.sqrt(grid[i] / top)) << 24)) >>> 0;
  }
  const small = document.createElement("canvas");
  [small.width, small.height] = [across, down];
  inkOf(small).putImageData(image, 0, 0);
  ctx.imageSmoothingEnabled = true;
  ctx.drawImage(small, 0, 0, across * GRAIN, down * GRAIN);
}
