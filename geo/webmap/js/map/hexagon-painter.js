/* Crowded dots told as counts: a hexagon with its number and its groups as a small bar. Ink deepens
 * with the count; hue stays with the groups. */

import { inkOf } from "../core/elements.js";
import { HEXAGON_RADIUS } from "../core/hexagons.js";
import { shortNumber } from "../core/words.js";

const SHADES = {
  light: [
    ["#e3e7ea", "#1d2327"],
    ["#bcc6cd", "#14191d"],
    ["#8f9fab", "#0d1114"],
    ["#435361", "#ffffff"],
  ],
  dark: [
    ["#2e363d", "#f2f4f5"],
    ["#44515c", "#f7f9fa"],
    ["#9aacb9", "#0d1114"],
    ["#d5dfe6", "#0d1114"],
  ],
};

/** Shade of a count: below 10, below 100, below 1,000, above.
 * @param {number} count
 */
const classOf = (count) => (count < 10 ? 0 : count < 100 ? 1 : count < 1000 ? 2 : 3);

/** Px from a hexagon's centre to its corners: it grows with the count, so few events hide little.
 * @param {number} shade
 */
const radiusFor = (shade) => HEXAGON_RADIUS - [8, 5, 2, 0][shade];

/**
 * @param {Ink} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function hexagon(ctx, x, y, radius) {
  ctx.beginPath();
  for (let corner = 0; corner < 6; corner += 1) {
    const angle = (Math.PI / 3) * corner + Math.PI / 6;
    ctx.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  ctx.closePath();
}

/** An empty hexagon of a shade as a canvas, painted once.
 * @param {MarkPainter} painter
 * @param {number} shade
 */
function blank(painter, shade) {
  const key = `hexagon ${shade}`;
  if (painter.stamps.has(key)) return painter.stamps.get(key);
  const [fill] = (painter.dark ? SHADES.dark : SHADES.light)[shade];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * (HEXAGON_RADIUS + 1) * painter.ratio;
  const ctx = inkOf(canvas);
  ctx.scale(painter.ratio, painter.ratio);
  hexagon(ctx, HEXAGON_RADIUS + 1, HEXAGON_RADIUS + 1, radiusFor(shade) - 1);
  ctx.globalAlpha = 0.9;
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = painter.ink.edge;
  ctx.stroke();
  painter.stamps.set(key, canvas);
  return canvas;
}

/** One hexagon: shade and number by count, a bar for its groups.
 * @param {Ink} ctx
 * @param {MarkPainter} painter
 * @param {Pick<Mark, "x" | "y" | "count" | "groups">} cell
 */
export function paintHexagon(ctx, painter, cell) {
  const shade = classOf(cell.count);
  const size = 2 * (HEXAGON_RADIUS + 1);
  ctx.drawImage(blank(painter, shade), cell.x - size / 2, cell.y - size / 2, size, size);
  const wide = radiusFor(shade) + 1;
  const [left, top] = [cell.x - wide / 2, cell.y + radiusFor(shade) / 2 - 5];
  let from = 0;
  ctx.fillStyle = painter.ink.surface;
  ctx.fillRect(left - 1, top - 1, wide + 2, 6);
  cell.groups.forEach((n, group) => {
    if (!n) return;
    const share = (wide * n) / cell.count;
    ctx.fillStyle = painter.colours[group];
    ctx.fillRect(left + from, top, share, 4);
    from += share;
  });
  ctx.font = "600 12px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  [, ctx.fillStyle] = (painter.dark ? SHADES.dark : SHADES.light)[shade];
  ctx.fillText(shortNumber(cell.count), cell.x, cell.y - 3);
}
