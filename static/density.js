/* Crowded dots told as counts: hexagons fixed to the world, each with its number and its groups as
 * a small bar, or a map of heat. Ink deepens with the count; hue stays with the groups. */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const RADIUS = 25; // px from a hexagon's centre to its corners
  const WIDTH = RADIUS * Math.sqrt(3);
  const RISE = RADIUS * 1.5; // px between rows of hexagons
  const APART = 16; // px: dots of two places nearer than this run into one another
  const CLEAR = 0.55; // of the places stand apart: then dots can be told from one another
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

  /** A count in at most four characters: 7, 999, 1.2k, 34k. */
  function short(count) {
    if (count < 1000) return `${count}`;
    const thousands = count / 1000;
    return thousands < 9.95 ? `${thousands.toFixed(1)}k` : `${Math.round(thousands)}k`;
  }

  /** Column and row of the hexagon around a world pixel. */
  function hexAt(x, y) {
    let row = Math.round(y / RISE);
    const shifted = x / WIDTH - (row & 1) / 2;
    let column = Math.round(shifted);
    const dy = y / RISE - row;
    if (Math.abs(dy) * 3 > 1) {
      const dx = shifted - column;
      const otherColumn = column + (dx < 0 ? -1 : 1) / 2;
      const otherRow = row + (dy < 0 ? -1 : 1);
      const [ox, oy] = [shifted - otherColumn, y / RISE - otherRow];
      if (dx * dx + dy * dy > ox * ox + oy * oy) {
        column = otherColumn + (row & 1 ? 1 : -1) / 2;
        row = otherRow;
      }
    }
    return [column, row];
  }

  const centreOf = (column, row) => [(column + (row & 1) / 2) * WIDTH, row * RISE];

  /** Whether the dots that are shown stand apart at a zoom, wherever the view is. */
  function standApart(places, scale) {
    const taken = new Set();
    let shown = 0;
    for (let place = 0; place < places.count; place += 1) {
      if (places.kind[place] !== BM.DOT || !places.events[place]) continue;
      shown += 1;
      const column = Math.floor((places.x[place] * scale) / APART);
      taken.add(column * 2 ** 22 + Math.floor((places.y[place] * scale) / APART));
    }
    return taken.size >= CLEAR * shown;
  }

  function hexagon(ctx, x, y, radius) {
    ctx.beginPath();
    for (let corner = 0; corner < 6; corner += 1) {
      const angle = (Math.PI / 3) * corner + Math.PI / 6;
      ctx.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    ctx.closePath();
  }

  /** One hexagon: shade and number by count, a bar for its groups. */
  function paintCell(ctx, painter, cell, label = true) {
    const [fill, text] = (painter.dark ? SHADES.dark : SHADES.light)[classOf(cell.count)];
    hexagon(ctx, cell.x, cell.y, RADIUS - 1);
    ctx.globalAlpha = 0.92;
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1;
    ctx.strokeStyle = painter.ink.edge;
    ctx.stroke();
    const [wide, left] = [26, cell.x - 13];
    let from = 0;
    ctx.fillStyle = painter.ink.surface;
    ctx.fillRect(left - 1, cell.y + 7, wide + 2, 6);
    cell.groups.forEach((n, group) => {
      const share = (wide * n) / cell.count;
      ctx.fillStyle = painter.colours[group];
      ctx.fillRect(left + from, cell.y + 8, share, 4);
      from += share;
    });
    if (!label) return;
    ctx.font = "600 12px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = text;
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
  function paintHeat(ctx, painter, spots, size) {
    const [across, down] = [Math.ceil(size.x / GRAIN), Math.ceil(size.y / GRAIN)];
    const grid = new Float32Array(across * down);
    for (const spot of spots) {
      const [column, row] = [Math.floor(spot.x / GRAIN), Math.floor(spot.y / GRAIN)];
      if (column < 0 || row < 0 || column >= across || row >= down) continue;
      grid[row * across + column] += spot.count;
    }
    const line = new Float32Array(Math.max(across, down));
    for (let round = 0; round < 3; round += 1) {
      blurLines(grid, line, down, across, 1, across);
      blurLines(grid, line, across, down, across, 1);
    }
    const top = grid.reduce((a, b) => Math.max(a, b), 0);
    if (!top) return;
    const image = new ImageData(across, down);
    const ink = painter.dark ? [230, 238, 244] : [24, 38, 50];
    for (let i = 0; i < grid.length; i += 1) {
      image.data.set(ink, 4 * i);
      image.data[4 * i + 3] = 215 * Math.sqrt(grid[i] / top);
    }
    const small = document.createElement("canvas");
    [small.width, small.height] = [across, down];
    small.getContext("2d").putImageData(image, 0, 0);
    ctx.imageSmoothingEnabled = true;
    ctx.drawImage(small, 0, 0, across * GRAIN, down * GRAIN);
  }

  BM.density = { RADIUS, centreOf, hexAt, paintCell, paintHeat, short, standApart };
})();
