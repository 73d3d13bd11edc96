/* Crowded dots told as counts: hexagons fixed to the world, each with its number and its groups as
 * a small bar, or a map of heat. Ink deepens with the count; hue stays with the groups. */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const RADIUS = BM.HEX;
  const GRAIN = 4; // px of a grain of heat
  const BLUR = 4; // grains, three times over: about a bell curve of 30 px
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

  /** Shade of a count: below 10, below 100, below 1,000, above. */
  const classOf = (count) => (count < 10 ? 0 : count < 100 ? 1 : count < 1000 ? 2 : 3);

  /** Px from a hexagon's centre to its corners: it grows with the count, so few events hide little. */
  const radiusFor = (shade) => RADIUS - [8, 5, 2, 0][shade];

  /** A count as it stands on a mark: 7, 1,204, 34k. */
  const short = (count) => (count < 10000 ? BM.number(count) : `${Math.round(count / 1000)}k`);

  function hexagon(ctx, x, y, radius) {
    ctx.beginPath();
    for (let corner = 0; corner < 6; corner += 1) {
      const angle = (Math.PI / 3) * corner + Math.PI / 6;
      ctx.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    ctx.closePath();
  }

  /** An empty hexagon of a shade as a canvas, painted once. */
  function blank(painter, shade) {
    const key = `hexagon ${shade}`;
    if (painter.stamps.has(key)) return painter.stamps.get(key);
    const [fill] = (painter.dark ? SHADES.dark : SHADES.light)[shade];
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * (RADIUS + 1) * painter.ratio;
    const ctx = canvas.getContext("2d");
    ctx.scale(painter.ratio, painter.ratio);
    hexagon(ctx, RADIUS + 1, RADIUS + 1, radiusFor(shade) - 1);
    ctx.globalAlpha = 0.9;
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.strokeStyle = painter.ink.edge;
    ctx.stroke();
    painter.stamps.set(key, canvas);
    return canvas;
  }

  /** One hexagon: shade and number by count, a bar for its groups. */
  function paintCell(ctx, painter, cell) {
    const shade = classOf(cell.count);
    const size = 2 * (RADIUS + 1);
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
    ctx.fillText(short(cell.count), cell.x, cell.y - 3);
  }

  /* ---- heat ---- */

  /** Running mean along one axis of a grid, in place. */
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

  /** Where events gather, as ink that deepens; the deepest is the densest spot in view. */
  function paintHeat(ctx, painter, { places, crowd, view }) {
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
    small.getContext("2d").putImageData(image, 0, 0);
    ctx.imageSmoothingEnabled = true;
    ctx.drawImage(small, 0, 0, across * GRAIN, down * GRAIN);
  }

  BM.density = { paintCell, paintHeat, short };
})();
