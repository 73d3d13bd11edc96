/* The map as a picture to keep: a button composes what is shown (land, areas, events, line, names,
 * legend, scale, the sentence of what is shown, the day, the credits) into one PNG at twice the
 * pixels, in the browser, and saves it. Nothing is sent anywhere.
 *
 * The map is drawn anew at twice its pixels for the moment the picture is taken; then its panes are
 * copied from below to above: canvases and tiles as they are, everything else (names, gates,
 * legend, words) from its own box, font and colours. */

import { CanvasLayer } from "../core/canvas-layer.js";
import { dayWords, today } from "../core/days.js";
import { el, inkOf } from "../core/elements.js";
import { capitalise, eventsWords, formatNumber } from "../core/words.js";
import { legendRows } from "./legend.js";
import { showNotice } from "./notice.js";

const SCALE = 2;
const LEGEND_COLUMN = 215; // px
const FAINT = "rgba(0, 0, 0, 0)";

/* ---- painting a piece of the page ---- */

/** @type {("Top" | "Right" | "Bottom" | "Left")[]} */
const sides = ["Top", "Right", "Bottom", "Left"];

/**
 * @param {Ink} ctx
 * @param {DOMRect} box
 * @param {CSSStyleDeclaration} look
 */
function paintBox(ctx, box, look) {
  const colour = look.backgroundColor;
  if (colour !== FAINT) {
    const asked = parseFloat(look.borderTopLeftRadius) || 0;
    const most = Math.min(box.width, box.height) / 2;
    const radius = look.borderTopLeftRadius.endsWith("%") ? most : Math.min(asked, most);
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.roundRect(box.x, box.y, box.width, box.height, radius);
    ctx.fill();
  }
  sides.forEach((side, at) => {
    const width = look[`border${side}Style`] === "solid" ? parseFloat(look[`border${side}Width`]) : 0;
    if (!width || look[`border${side}Color`] === FAINT) return;
    ctx.fillStyle = look[`border${side}Color`];
    const x = at === 1 ? box.right - width : box.x;
    const y = at === 2 ? box.bottom - width : box.y;
    ctx.fillRect(x, y, at % 2 ? width : box.width, at % 2 ? box.height : width);
  });
}

/** Words of a text node, joined to lines: [{text, x, y, height}].
 * @param {Text} node
 */
function linesOf(node) {
  const lines = [];
  const range = document.createRange();
  for (const found of node.data.matchAll(/\S+/g)) {
    range.setStart(node, found.index);
    range.setEnd(node, found.index + found[0].length);
    const box = range.getBoundingClientRect();
    const last = lines[lines.length - 1];
    if (last && Math.abs(last.y - box.y) < 2) {
      last.text += ` ${found[0]}`;
      last.x = Math.min(last.x, box.x);
    } else lines.push({ text: found[0], x: box.x, y: box.y, height: box.height });
  }
  return lines;
}

/**
 * @param {Ink} ctx
 * @param {CSSStyleDeclaration} look
 */
function setFont(ctx, look) {
  ctx.font = `${look.fontStyle} ${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
  if ("letterSpacing" in ctx) ctx.letterSpacing = look.letterSpacing === "normal" ? "0px" : look.letterSpacing;
  ctx.direction = look.direction === "rtl" ? "rtl" : "ltr";
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
}

/** A line of words with its halo, if it has one; `y` is the top of its box.
 * @param {Ink} ctx
 * @param {CSSStyleDeclaration} look
 * @param {{ text: string, x: number, y: number, height: number }} more
 */
function write(ctx, look, { text, x, y, height }) {
  const said = look.textTransform === "uppercase" ? text.toUpperCase() : text;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ctx.measureText(said);
  const base = y + (height - up - down) / 2 + up;
  if (look.textShadow !== "none") {
    ctx.strokeStyle = look.getPropertyValue("--halo") || "#ffffff";
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeText(said, x, base);
  }
  ctx.fillStyle = look.color;
  ctx.fillText(said, x, base);
}

/** A name set along the border: its own turn, from the corner of its pane.
 * @param {Ink} ctx
 * @param {HTMLElement} node
 * @param {CSSStyleDeclaration} look
 * @param {DOMMatrix} turn
 */
function paintTurned(ctx, node, look, turn) {
  const { left, top } = /** @type {HTMLElement} */ (node.offsetParent).getBoundingClientRect();
  ctx.save();
  ctx.translate(left, top);
  ctx.transform(turn.a, turn.b, turn.c, turn.d, turn.e, turn.f);
  setFont(ctx, look);
  write(ctx, look, { text: node.textContent, x: 2, y: 0, height: node.offsetHeight });
  ctx.restore();
}

/**
 * @param {Ink} ctx
 * @param {HTMLCanvasElement | HTMLImageElement} node
 * @param {CSSStyleDeclaration} look
 */
function paintPicture(ctx, node, look) {
  const box = node.getBoundingClientRect();
  if (!box.width || !box.height) return;
  ctx.save();
  if ("filter" in ctx && look.filter !== "none") ctx.filter = look.filter;
  ctx.drawImage(node, box.x, box.y, box.width, box.height);
  ctx.restore();
}

/** Paint an element and all it holds where it stands in the window.
 * @param {Ink} ctx
 * @param {Element} node
 * @param {number} [opacity]
 */
function paint(ctx, node, opacity = 1) {
  const look = getComputedStyle(node);
  if (look.display === "none" || look.visibility === "hidden") return;
  const seen = opacity * Number(look.opacity);
  ctx.globalAlpha = seen;
  if (node instanceof HTMLCanvasElement || node instanceof HTMLImageElement) {
    paintPicture(ctx, node, look);
    return;
  }
  const turn = look.transform === "none" ? null : new DOMMatrix(look.transform);
  if (turn && Math.abs(turn.b) > 1e-6) {
    paintTurned(ctx, /** @type {HTMLElement} */ (node), look, turn);
    return;
  }
  const box = node.getBoundingClientRect();
  if (box.width && box.height) paintBox(ctx, box, look);
  for (const child of node.childNodes) {
    ctx.globalAlpha = seen;
    if (child instanceof Element) paint(ctx, child, seen);
    else if (child instanceof Text && child.data.trim()) {
      setFont(ctx, look);
      for (const line of linesOf(child)) write(ctx, look, line);
    }
  }
}

/* ---- the map at twice its pixels ---- */

/** Draw every canvas of the map anew at `ratio` pixels to one.
 * @param {L.Map} map
 * @param {EventLayer} layer
 * @param {number} ratio
 * @param {boolean} retina
 */
function sharpen(map, layer, ratio, retina) {
  /** @type {any} */ (L.Browser).retina = retina; // what Leaflet's own canvases look at
  layer.painter.ratio = ratio;
  layer.painter.stamps.clear();
  map.eachLayer((one) => {
    if (one instanceof L.Canvas) /** @type {any} */ (one)._update();
    if (!(one instanceof CanvasLayer)) return;
    one.ratio = ratio;
    one.redraw();
  });
  layer.redraw();
}

/**
 * @param {Ink} ctx
 * @param {L.Map} map
 * @param {boolean} tiles
 */
function paintMap(ctx, map, tiles) {
  const panes = [...(map.getPane("mapPane")?.children ?? [])];
  panes.sort((a, b) => (Number(getComputedStyle(a).zIndex) || 0) - (Number(getComputedStyle(b).zIndex) || 0));
  for (const pane of panes) {
    if (tiles || pane !== map.getPane("tilePane")) paint(ctx, pane);
  }
  for (const own of map.getContainer().querySelectorAll(".leaflet-control-scale, .border-map-shades[open]")) {
    paint(ctx, own);
  }
}

/* ---- what stands around the map ---- */

/** "1,204 events, 19 Feb 2023 – 3 Mar 2024: violence, within 50 km of the line".
 * @param {EventLayer} layer
 * @param {Timeline} timeline
 */
function sentence(layer, timeline) {
  const { shown, placed } = layer.counts;
  const dates = timeline.ready ? `, ${timeline.dateWords()}` : "";
  const { said: filter } = layer.filter; // the page's own words; a picture needs none for all
  const said = filter && filter !== "all events" ? `: ${filter}` : "";
  const off = shown - placed;
  const lost = off ? ` ${formatNumber(off)} without a place on the map.` : "";
  return capitalise(`${eventsWords(shown)}${dates}${said}.${lost}`);
}

/** A page of the picture's size, out of sight, with a gap for the map: {root, gap}.
 * @param {L.Map} map
 * @param {EventLayer} layer
 * @param {Timeline} timeline
 * @param {string} note
 */
function frame(map, layer, timeline, note) {
  const { x, y } = map.getSize();
  const root = el("div", { class: `border-map border-map-picture ${layer.settings.dark ? "dark" : "light"}` });
  const gap = el("div", { class: "border-map-picture-gap" });
  const legend = el("div", { class: "border-map-picture-legend" });
  const credits = map.getContainer().querySelector(".leaflet-control-attribution");
  root.style.width = `${x}px`;
  gap.style.height = `${y}px`;
  legend.style.columnCount = `${Math.max(1, Math.floor(x / LEGEND_COLUMN))}`;
  legend.append(...legendRows(layer.painter, layer.settings));
  for (const span of legend.querySelectorAll("span")) {
    span.textContent = span.textContent.replace(/; click.*$/, ""); // a picture cannot be clicked
  }
  const version = layer.settings.version || layer.filter.version;
  const day = dayWords(today());
  const made = `Made ${day}${version ? `, data version ${version}` : ""}.`;
  root.append(
    el("h1", { dir: "auto" }, layer.settings.title || "Afghanistan–Pakistan border events"),
    el("p", {}, sentence(layer, timeline)),
    gap,
    legend,
    el("p", { class: "border-map-picture-credits" }, `${made} ${credits ? credits.textContent : ""}${note}`),
  );
  document.body.append(root);
  return { root, gap };
}

/**
 * @param {L.Map} map
 * @param {EventLayer} layer
 * @param {Timeline} timeline
 * @param {{ tiles: boolean, note: string }} last
 */
function compose(map, layer, timeline, { tiles, note }) {
  const { root, gap } = frame(map, layer, timeline, note);
  try {
    const [whole, hole] = [root.getBoundingClientRect(), gap.getBoundingClientRect()];
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(whole.width * SCALE);
    canvas.height = Math.round(whole.height * SCALE);
    const ctx = inkOf(canvas);
    ctx.scale(SCALE, SCALE);
    ctx.translate(-whole.x, -whole.y);
    paint(ctx, root);
    ctx.globalAlpha = 1;
    const box = map.getContainer().getBoundingClientRect();
    ctx.translate(hole.x - box.x, hole.y - box.y);
    ctx.beginPath();
    ctx.rect(box.x, box.y, box.width, box.height);
    ctx.clip();
    ctx.fillStyle = getComputedStyle(map.getContainer()).backgroundColor;
    ctx.fillRect(box.x, box.y, box.width, box.height);
    paintMap(ctx, map, tiles);
    return canvas;
  } finally {
    root.remove();
  }
}

/** The map as a canvas. Tiles that may not be read are left out, and the picture says so.
 * @param {L.Map} map
 * @param {EventLayer} layer
 * @param {Timeline} timeline
 */
function pictureOf(map, layer, timeline) {
  const [ratio, retina] = [layer.painter.ratio, L.Browser.retina];
  sharpen(map, layer, SCALE, true);
  try {
    const canvas = compose(map, layer, timeline, { tiles: true, note: "" });
    try {
      inkOf(canvas).getImageData(0, 0, 1, 1);
      return canvas;
    } catch {
      return compose(map, layer, timeline, { tiles: false, note: " Background tiles left out." });
    }
  } finally {
    sharpen(map, layer, ratio, retina);
  }
}

/** @param {Blob} blob */
function save(blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `border-events-${new Date().toISOString().slice(0, 10)}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The button on the map.
 * @param {L.Map} map
 * @param {EventLayer} layer
 * @param {Timeline} timeline
 */
export function addPictureButton(map, layer, timeline) {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const button = el("button", { class: "border-map-snapshot", type: "button" }, "Save as picture");
    button.addEventListener("click", () => {
      button.disabled = true;
      requestAnimationFrame(() => {
        try {
          pictureOf(map, layer, timeline).toBlob((blob) => {
            if (blob) save(blob);
            else showNotice(map, "The picture could not be made: the window is too large.", "no blob");
          });
        } finally {
          button.disabled = false;
        }
      });
    });
    L.DomEvent.disableClickPropagation(button);
    return button;
  };
  control.addTo(map);
}
