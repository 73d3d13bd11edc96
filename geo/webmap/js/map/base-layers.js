/* Everything under and around the events: land, provinces, tiles when they come, the border line,
 * the crossings, and the names. Files are fetched by address; names only ever become textContent.
 *
 * From below: own polygons (always there) · tiles (hide them where they load) · border line ·
 * crossings · events (event-layer.js) · names. */

import { CanvasLayer } from "../core/canvas-layer.js";
import { fetchJson } from "../core/fetch-json.js";
import { Outline, linesOf, outlinesOf } from "../core/outline.js";
import { FirstView } from "./first-view.js";
import { showNotice } from "./notice.js";
import { PlaceNames } from "./place-names.js";

const EMPTY_TILE = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const CREDITS =
  '© <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">' +
  "OpenStreetMap</a> contributors (border, tiles) · Natural Earth · GeoNames";
const BORDER_NAMES = ["Afghanistan–Pakistan border", "AF–PK border"];
const COUNTRIES = [
  { name: "Afghanistan", lat: 34.4, lon: 65.0 },
  { name: "Pakistan", lat: 28.4, lon: 69.0 },
];
const FIRST_GATES = ["torkham", "chaman"]; // named at every zoom
const THEMES = {
  light: { land: "#f8f6f1", province: "#d2ccc0", border: "#3b3b3b", casing: "#ffffff" },
  dark: { land: "#23282e", province: "#3d454e", border: "#d8d8d8", casing: "#14171a" },
};

const GROUND_PADDING = 0.3; // of the view, drawn beyond its edges: a drag shows no end of the land

/**
 * @param {L.Map} map
 * @param {string} name
 * @param {number} level
 */
function pane(map, name, level) {
  const made = map.createPane(name);
  made.style.zIndex = `${level}`;
  made.style.pointerEvents = "none";
  return made;
}

/** @typedef {typeof THEMES.light} Theme */

/** Outlines drawn one over another on a sheet of their own; clicks pass through to the events. */
class Ground {
  /**
   * @param {L.Map} map
   * @param {string} name
   */
  constructor(map, name) {
    /** @type {{ outlines: Outline[], strokes: Stroke[], fill: string }[]} */
    this.drawn = [];
    this.sheet = new CanvasLayer(name, (ctx, view) => this.paint(ctx, view), GROUND_PADDING).addTo(map);
  }

  /** Add outlines with their strokes {color, weight, opacity} and their `fill`.
   * @param {Outline[]} outlines
   * @param {{ strokes?: Stroke[], fill?: string }} also
   */
  add(outlines, { strokes = [], fill = "" }) {
    this.drawn.push({ outlines, strokes, fill });
    this.sheet.schedule();
  }

  /**
   * @param {Ink} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    ctx.lineJoin = ctx.lineCap = "round";
    for (const { outlines, strokes, fill } of this.drawn) {
      const seen = outlines.filter((outline) => outline.meets(view));
      const paths = seen.map((outline) => outline.path(view.scale, view.origin));
      ctx.fillStyle = fill;
      if (fill) for (const path of paths) ctx.fill(path, "evenodd");
      for (const { color, weight, opacity } of strokes) {
        ctx.globalAlpha = opacity;
        ctx.strokeStyle = color;
        ctx.lineWidth = weight;
        for (const path of paths) ctx.stroke(path);
      }
      ctx.globalAlpha = 1;
    }
  }
}

/** OpenStreetMap tiles; a failed one stays transparent, and without any the layer retires.
 * @param {L.Map} map
 * @param {BaseSettings} settings
 * @param {PlaceNames} names
 */
function addTiles(map, settings, names) {
  if (!settings.tiles) return;
  let loaded = 0;
  let failed = 0;
  const tiles = L.tileLayer(settings.tiles, {
    maxZoom: settings.maxZoom,
    errorTileUrl: EMPTY_TILE,
    referrerPolicy: "strict-origin-when-cross-origin", // the tile service asks for it
    crossOrigin: "anonymous", // so that a picture of the map may hold them
    className: settings.dark ? "border-map-tiles-dark" : "border-map-tiles",
  });
  tiles.on("tileload", ({ tile }) => {
    if (/** @type {HTMLImageElement} */ (tile).src === EMPTY_TILE) return; // stands in for a failed one
    loaded += 1;
    if (loaded === 1) names.setTiles(true);
  });
  tiles.on("tileerror", () => {
    failed += 1;
    if (!loaded && failed >= 4 && map.hasLayer(tiles)) map.removeLayer(tiles);
  });
  window.addEventListener("online", () => {
    failed = 0;
    tiles.addTo(map);
  });
  if (navigator.onLine) tiles.addTo(map);
}

/**
 * @param {{ lat: number, lon: number, name: string }} place
 * @param {Omit<PlaceName, "latlng" | "text">} facts
 * @returns {PlaceName}
 */
const nameOf = (place, facts) => ({ latlng: [place.lat, place.lon], text: place.name, ...facts });

/**
 * @param {Gate[]} gates
 * @returns {PlaceName[]}
 */
function gateNames(gates) {
  /** @type {Record<string, number>} */
  const rank = { formal: 1, trade: 2 };
  return gates.map((gate, number) => {
    const first = FIRST_GATES.some((word) => gate.name.toLowerCase().startsWith(word));
    const order = first ? 0 : (rank[gate.kind] ?? 3);
    const look = ["border-map-gate", order > 2 ? "minor" : "", gate.precision].join(" ");
    return nameOf(gate, { kind: "gate", number, order, minZoom: [0, 7, 7, 8][order], mark: look });
  });
}

/**
 * @param {City[]} cities
 * @returns {PlaceName[]}
 */
const cityNames = (cities) =>
  cities.map((city, at) => nameOf(city, { kind: "city", order: 5 + at, minZoom: at < 12 ? 0 : 7 }));

/** Everything on a map that does not depend on a filter. */
export class BaseLayers {
  /** `settings` from Python (geo.webmap.base_map.base_settings).
   * @param {L.Map} map
   * @param {BaseSettings} settings
   */
  constructor(map, settings) {
    this.map = map;
    map.getContainer().classList.add("border-map", settings.dark ? "dark" : "light");
    pane(map, "land", 150);
    pane(map, "border", 350);
    pane(map, "under", 380);
    pane(map, "names", 450);
    this.firstView = new FirstView(map);
    this.firstView.settle(() => map.fitBounds(settings.belt, { animate: false, padding: [8, 8] }));
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(CREDITS).addTo(map);
    this.names = new PlaceNames(map, { under: "under", names: "names" });
    addTiles(map, settings, this.names);
    this.fetchAll(settings.urls, settings.dark ? THEMES.dark : THEMES.light);
  }

  /** Ask for every file; what does not come is said, the rest is shown.
   * @param {BaseSettings["urls"]} urls
   * @param {Theme} theme
   */
  fetchAll(urls, theme) {
    const { map, names } = this;
    /** @param {unknown} problem */
    const late = (problem) => showNotice(map, "Part of the map could not be loaded.", problem);
    this.addLand(urls, theme).catch(late);
    this.addBorder(urls.border, theme).catch(late);
    fetchJson(urls.crossings).then((gates) => names.add(gateNames(gates))).catch(late);
    names.add(COUNTRIES.map((item) => nameOf(item, { kind: "country", order: 4, maxZoom: 8 })));
    fetchJson(urls.cities).then((cities) => names.add(cityNames(cities))).catch(late);
  }

  /** The two countries and their provinces.
   * @param {BaseSettings["urls"]} urls
   * @param {Theme} theme
   */
  async addLand(urls, theme) {
    const land = new Ground(this.map, "land");
    land.add(outlinesOf(await fetchJson(urls.countries)), { fill: theme.land });
    const strokes = [{ color: theme.province, weight: 1, opacity: 1 }];
    land.add(outlinesOf(await fetchJson(urls.admin1)), { strokes });
  }

  /**
   * @param {string} url
   * @param {Theme} theme
   */
  async addBorder(url, theme) {
    const lines = linesOf(await fetchJson(url));
    const strokes = [
      { color: theme.casing, weight: 5, opacity: 0.75 },
      { color: theme.border, weight: 2, opacity: 0.9 },
    ];
    new Ground(this.map, "border").add([new Outline(lines, false)], { strokes });
    this.names.follow(lines, BORDER_NAMES);
  }
}
