/* Areas shaded by a number, under the events; hue belongs to the events, so shades are greys.
 *
 * Python sends {level: "admin1" | "admin2", unit, title, legend, classes, colours, said}: a character an area in
 * the order of the outlines (digit = colour, "n" = none, "u" = not stated) and the number to be read
 * there. While areas are shaded, the events step back (event-painter.js): where hexagons would tell
 * counts nothing is drawn over the shades, which tell them; nearer by, dots are drawn as always, and
 * of events known to an area only the badges. */

import { CanvasLayer } from "../core/canvas-layer.js";
import { inkOf } from "../core/elements.js";
import { DISTRICT, PROVINCE } from "../core/places.js";
import { formatNumber } from "../core/words.js";

/** @type {Record<string, number>} */
const LEVELS = { admin1: PROVINCE, admin2: DISTRICT };
const LOOKS = {
  light: { none: "#fdfcf9", edge: "#f1efe9", province: "#8d8a84", hatch: "#6b6b6b" },
  dark: { none: "#1b1f24", edge: "#2b3138", province: "#8b939b", hatch: "#a8adb3" },
};
/** @type {Record<string, string>} */
const KINDS = { admin1: "province", admin2: "district" };

export class Choropleth {
  /** @type {Shade | null} */
  shade = null;

  /** `names` on the map make way for shades.
   * @param {L.Map} map
   * @param {EventLayer} layer
   * @param {PlaceNames} names
   */
  constructor(map, layer, names) {
    const looks = layer.settings.dark ? LOOKS.dark : LOOKS.light;
    this.map = map;
    this.layer = layer;
    this.names = names;
    this.looks = looks;
    /** @type {boolean | null} whether the reader folded the legend */
    this.folded = null;
    const pane = map.createPane("shade");
    pane.style.zIndex = "250"; // over tiles and land, under the border line
    pane.style.pointerEvents = "none";
    this.sheet = new CanvasLayer("shade", (ctx, view) => this.paint(ctx, view));
    layer.on("outlines", () => this.shade && this.sheet.schedule());
    this.legend = new L.Control({ position: "bottomright" });
    this.legend.onAdd = () => this.box();
  }

  /** Take what Python sends, or null for no shading.
   * @param {Shade | null} shade
   */
  take(shade) {
    if (JSON.stringify(shade) === JSON.stringify(this.shade)) return;
    this.shade = shade;
    this.layer.shaded = Boolean(shade);
    this.names.setShaded(Boolean(shade));
    this.map.getContainer().classList.toggle("border-map-shaded", Boolean(shade));
    this.legend.remove();
    if (shade) this.legend.addTo(this.map);
    if (!shade) this.map.removeLayer(this.sheet);
    else if (this.map.hasLayer(this.sheet)) this.sheet.schedule();
    else this.sheet.addTo(this.map);
    this.layer.schedule();
  }

  /** The legend: classes, none, not stated, each with how many areas are in it. */
  box() {
    const { title, legend, level } = /** @type {Shade} */ (this.shade);
    const box = L.DomUtil.create("details", "border-map-legend border-map-shades");
    box.open = this.folded === null ? this.map.getSize().x >= 480 : !this.folded;
    box.addEventListener("toggle", () => (this.folded = !box.open));
    L.DomUtil.create("summary", "", box).textContent = title;
    for (const [look, words, areas] of legend) {
      const row = L.DomUtil.create("div", "border-map-legend-row", box);
      row.title = `${formatNumber(areas)} ${KINDS[level]}${areas === 1 ? "" : "s"}`;
      const swatch = L.DomUtil.create("i", "border-map-swatch", row);
      if (look.startsWith("#")) swatch.style.background = look;
      else swatch.classList.add(look);
      L.DomUtil.create("span", "", row).textContent = words;
    }
    L.DomEvent.disableClickPropagation(box);
    return box;
  }

  areas() {
    return this.layer.outlines.filter(({ level }) => this.shade && level === LEVELS[this.shade.level]);
  }

  /**
   * @param {Ink} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    const { classes, colours } = /** @type {Shade} */ (this.shade);
    const hatch = this.hatch(ctx);
    const areas = this.areas().filter(({ shape }) => shape.meets(view));
    ctx.lineWidth = 1;
    ctx.lineJoin = "round";
    ctx.strokeStyle = this.looks.edge;
    for (const { shape, at } of areas) {
      const path = shape.path(view.scale, view.origin);
      const look = classes[at];
      ctx.fillStyle = colours[Number(look)] || this.looks.none;
      ctx.fill(path, "evenodd");
      if (look === "u") {
        ctx.fillStyle = hatch;
        ctx.fill(path, "evenodd");
      }
      ctx.stroke(path);
    }
    this.provinces(ctx, view);
  }

  /** The provinces' edges over those of districts.
   * @param {Ink} ctx
   * @param {View} view
   */
  provinces(ctx, view) {
    if (this.shade?.level !== "admin2") return;
    ctx.strokeStyle = this.looks.province;
    for (const { shape, level } of this.layer.outlines) {
      if (level === PROVINCE && shape.meets(view)) ctx.stroke(shape.path(view.scale, view.origin));
    }
  }

  /** @param {Ink} ctx */
  hatch(ctx) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 7;
    const pen = inkOf(tile);
    pen.strokeStyle = this.looks.hatch;
    pen.beginPath();
    for (const shift of [-7, 0, 7]) {
      pen.moveTo(shift, 7);
      pen.lineTo(shift + 7, 0);
    }
    pen.stroke();
    return ctx.createPattern(tile, "repeat") ?? this.looks.hatch;
  }

  /** The words for a shaded area: its name and its number.
   * @param {{ at: number, name: string }} given
   */
  wordsFor({ at, name }) {
    const { classes, said, unit, level } = /** @type {Shade} */ (this.shade);
    const title = `${name} ${KINDS[level]}`;
    if (classes[at] === "n") return `${title}: no ${unit.replace(/ per .*/, "")} shown`;
    if (classes[at] === "u") return `${title}: deaths not stated`;
    return `${title}: ${said[at]} ${said[at] === "1" ? unit.replace(/s\b/, "") : unit}`;
  }
}
