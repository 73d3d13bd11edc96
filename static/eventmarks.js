/* How a mark looks. Hue = event group; radius (line weight on areas) = deaths of the deadliest event there;
 * solid, ringed or tinted = how well the place is known; a light centre = deaths not stated.
 * Dots are drawn once into small canvases and stamped from there: thousands a frame. */
(() => {
  "use strict";

  const SLICES = 8;
  const INK = {
    light: { surface: "#ffffff", text: "#222222", edge: "#555555" },
    dark: { surface: "#1d2126", text: "#f2f2f2", edge: "#a8adb3" },
  };

  /** Radius in CSS px; area grows with deaths, and one death already shows. */
  const radiusOf = (deaths) => (deaths < 0 ? 4.5 : Math.min(24, 4 + 1.2 * Math.sqrt(deaths)));

  /** Line width in px of an area's ring. */
  const weightOf = (deaths) => Math.min(5, 1.4 + 0.3 * Math.sqrt(Math.max(0, deaths)));

  /** Shares of a mixed mark in eighths; every group present keeps at least one. */
  function slicesOf(groups) {
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

  /** The group of a mark, or -1 when it holds several. */
  function soleGroup(groups) {
    let found = -1;
    for (let i = 0; i < groups.length; i += 1) {
      if (!groups[i]) continue;
      if (found >= 0) return -1;
      found = i;
    }
    return found;
  }

  function disc(ctx, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
  }

  class Marks {
    /** `colours` by group position, `accent` for selection, `dark` theme or not. */
    constructor(colours, accent, dark) {
      this.colours = colours;
      this.accent = accent;
      this.dark = dark;
      this.ink = dark ? INK.dark : INK.light;
      this.ratio = Math.min(window.devicePixelRatio || 1, 2);
      this.stamps = new Map();
    }

    /** Calls `paint(colour, from, to)` for each group's share of the circle, in radians. */
    eachSlice(groups, paint) {
      const sole = soleGroup(groups);
      if (sole >= 0) {
        paint(this.colours[sole], 0, 2 * Math.PI);
        return;
      }
      let from = -Math.PI / 2;
      slicesOf(groups).forEach((n, group) => {
        const to = from + (n * 2 * Math.PI) / SLICES;
        if (n) paint(this.colours[group], from, to);
        from = to;
      });
    }

    /** A dot as a canvas with its centre in the middle; `size` in CSS px. */
    stamp(groups, radius, unstated) {
      const r = Math.round(radius * 2) / 2;
      const sole = soleGroup(groups);
      const key = `${sole >= 0 ? sole : slicesOf(groups)}|${r}|${unstated}`;
      let canvas = this.stamps.get(key);
      if (!canvas) {
        canvas = this.paintDot(groups, r, unstated);
        this.stamps.set(key, canvas);
      }
      return canvas;
    }

    paintDot(groups, r, unstated) {
      const half = Math.ceil(r) + 2;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 2 * half * this.ratio;
      const ctx = canvas.getContext("2d");
      ctx.scale(this.ratio, this.ratio);
      disc(ctx, half, half, r + 1.1);
      ctx.fillStyle = this.ink.surface;
      ctx.fill();
      this.eachSlice(groups, (colour, from, to) => {
        ctx.beginPath();
        ctx.moveTo(half, half);
        ctx.arc(half, half, r, from, to);
        ctx.fillStyle = colour;
        ctx.fill();
      });
      if (unstated) {
        disc(ctx, half, half, r * 0.5);
        ctx.fillStyle = this.ink.surface;
        ctx.fill();
      }
      return canvas;
    }

    dot(ctx, mark) {
      const canvas = this.stamp(mark.groups, mark.r, mark.deaths < 0);
      const size = canvas.width / this.ratio;
      ctx.drawImage(canvas, mark.x - size / 2, mark.y - size / 2, size, size);
    }

    /** Faint disc around a dot whose place is known to within `mark.reach` px only. */
    nearDisc(ctx, mark) {
      const sole = soleGroup(mark.groups);
      ctx.fillStyle = ctx.strokeStyle = sole >= 0 ? this.colours[sole] : this.ink.edge;
      disc(ctx, mark.x, mark.y, mark.reach);
      ctx.globalAlpha = 0.06;
      ctx.fill();
      ctx.globalAlpha = 0.35;
      ctx.lineWidth = 1;
      ctx.stroke();
      ctx.globalAlpha = 1;
    }

    /** Dashed ring, true to scale, of a place known to a district or an area only. */
    ring(ctx, mark) {
      ctx.lineWidth = weightOf(mark.deaths);
      ctx.setLineDash([6, 4]);
      this.eachSlice(mark.groups, (colour, from, to) => {
        ctx.beginPath();
        ctx.arc(mark.x, mark.y, mark.r, from, to);
        ctx.strokeStyle = colour;
        ctx.globalAlpha = 0.9;
        ctx.stroke();
        ctx.lineTo(mark.x, mark.y);
        ctx.globalAlpha = 0.05;
        ctx.fillStyle = colour;
        ctx.fill();
      });
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
    }

    /** A district or province as a whole, for what is known to it only: deeper with the count. */
    area(ctx, mark, path) {
      const sole = soleGroup(mark.groups);
      const colour = sole >= 0 ? this.colours[sole] : this.ink.edge;
      ctx.fillStyle = ctx.strokeStyle = colour;
      ctx.globalAlpha = Math.min(0.38, 0.09 + 0.09 * Math.log10(Math.max(1, mark.count)));
      ctx.fill(path, "evenodd");
      ctx.globalAlpha = 0.6;
      ctx.lineWidth = Math.min(2.2, weightOf(mark.deaths)); // it must not drown the border line
      ctx.stroke(path); // dashes along a long outline would cost more than all the rest
      ctx.globalAlpha = 1;
    }

    /** A number on a small tablet; returns nothing, `width` tells how wide it gets. */
    badge(ctx, x, y, text, groups) {
      const width = this.badgeWidth(text);
      ctx.beginPath();
      ctx.roundRect(x - width / 2, y - 7, width, 14, groups ? 3 : 7);
      ctx.fillStyle = this.ink.surface;
      ctx.fill();
      const sole = groups ? soleGroup(groups) : -1;
      ctx.strokeStyle = sole >= 0 ? this.colours[sole] : this.ink.edge;
      ctx.lineWidth = groups ? 1.5 : 1;
      ctx.stroke();
      ctx.font = "600 10px system-ui, sans-serif";
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = this.ink.text;
      ctx.fillText(text, x, y + 0.5);
    }

    badgeWidth(text) {
      return 8 + 6 * text.length;
    }

    /** The ring around the selected mark; the accent colour is used here only. */
    selection(ctx, trace) {
      ctx.lineJoin = "round";
      for (const [colour, width] of [["#1a1a1a", 6], [this.accent, 3]]) {
        trace();
        ctx.strokeStyle = colour;
        ctx.lineWidth = width;
        ctx.stroke();
      }
    }
  }

  Object.assign(window.BorderMap, { Marks, disc, radiusOf });
})();
