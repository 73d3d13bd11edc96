/* Names on the map: placed in order of importance, beside their spot, never one over another.
 * They are laid out anew whenever the view comes to rest and hidden while it zooms. */

import { boxAt, overlaps } from "../core/boxes.js";
import { inkOf } from "../core/elements.js";
import { BorderName } from "./border-name.js";

/** @type {Record<string, string>} */
const FONTS = {
  gate: "600 11px system-ui, sans-serif",
  country: "600 13px system-ui, sans-serif",
  city: "400 11px system-ui, sans-serif",
  border: "italic 500 11px system-ui, sans-serif",
};
/** @type {Record<string, number>} */
const WIDER = { country: 1.35 }; // letter-spacing in map.css
const MINOR_ZOOM = 6; // from here on small crossings have their mark
const REST = 40; // ms
const GAP = 9; // px between a spot and its name
const HEIGHT = 15;

/** Where a name may stand: for towns and gates beside the spot, else on it.
 * @param {Item} item
 * @param {L.Point} at
 */
function candidates(item, at) {
  const { width } = item;
  if (item.kind === "country") return [boxAt(at.x - width / 2, at.y - HEIGHT / 2, width, HEIGHT)];
  const middle = at.y - HEIGHT / 2;
  const sides = [at.x + GAP, at.x - GAP - width];
  /** @param {number} drop */
  const beside = (drop) => sides.map((x) => boxAt(x, middle + drop, width, HEIGHT));
  return [
    ...beside(0),
    boxAt(at.x - width / 2, at.y + GAP - 1, width, HEIGHT),
    boxAt(at.x - width / 2, at.y - GAP - HEIGHT + 1, width, HEIGHT),
    ...(item.kind === "gate" ? [...beside(-HEIGHT), ...beside(HEIGHT)] : []),
  ];
}

/** @typedef {PlaceName & { width: number, node: HTMLElement, spot?: HTMLElement, at: L.Point, box: Box | null }} Item a name laid out: `at` its spot and `box` its room in the view */

export class PlaceNames {
  /** @type {Item[]} */
  items = [];
  /** @type {Room[]} what names make way for, see `avoid` */
  numbers = [];
  /** @type {Room[]} */
  bodies = [];
  corner = L.point(0, 0);
  tiles = false;
  shaded = false;
  /** @type {number | undefined} */
  soon;

  /**
   * @param {L.Map} map
   * @param {{ under: string, names: string }} panes
   */
  constructor(map, panes) {
    this.map = map;
    this.panes = panes;
    this.border = new BorderName(map);
    this.ruler = inkOf(document.createElement("canvas"));
    map.on("zoomstart", () => this.hide(true));
    map.on("moveend resize", () => this.later());
    map.on("crowds", (event) => this.avoid(/** @type {Crowds} */ (event)));
  }

  /** Add `{latlng, text, kind, order, minZoom?, maxZoom?, mark?}`; smaller orders go first.
   * @param {PlaceName[]} items
   */
  add(items) {
    const laid = items.map((item) => this.itemOf(item));
    this.items = this.items.concat(laid).sort((a, b) => a.order - b.order);
    this.layout();
    this.map.fire("named");
  }

  /**
   * @param {PlaceName} name
   * @returns {Item}
   */
  itemOf(name) {
    const { kind, text } = name;
    const look = kind === "city" ? "border-map-city" : name.mark;
    return {
      ...name,
      width: this.measure(text, kind),
      node: this.node(kind === "gate" ? this.panes.names : this.panes.under, `border-map-name ${kind}`, text),
      spot: look ? this.node(this.panes.under, look, "") : undefined,
      at: L.point(0, 0),
      box: null,
    };
  }

  /** Write the name of the border along `lines`: the first of `texts` that fits, or of those that
   *  `nameAlong` has given meanwhile.
   * @param {Float64Array[]} lines
   * @param {string[]} texts
   */
  follow(lines, texts) {
    this.border.follow(lines, this.node(this.panes.names, "border-map-name border", ""));
    if (!this.border.texts.length) this.nameAlong(texts);
    else this.layout();
  }

  /** Another name for the lines, the longest form first; may come before the lines do.
   * @param {string[]} texts
   */
  nameAlong(texts) {
    const sized = texts.map((text) => ({ text, width: this.measure(text, "border") }));
    if (this.border.call(sized)) this.layout();
  }

  /** The gate whose name is under a point of the container, or that is within `reach` px of it.
   * @param {L.Point} point
   * @param {number} reach
   */
  gateAt(point, reach) {
    const gates = this.items.filter((item) => item.kind === "gate" && item.at);
    /** @param {Item} given */
    const named = ({ box }) => box !== null && overlaps(box, boxAt(point.x, point.y, 1, 1));
    /** @param {Item} given */
    const near = ({ at }) => at.distanceTo(point) <= reach;
    return gates.find(named) || gates.find((item) => reach && near(item)) || null;
  }

  /** The gate of a number in the crossings' file.
   * @param {number} number
   */
  gate(number) {
    return this.items.find((item) => item.kind === "gate" && item.number === number) || null;
  }

  /** Shaded areas cover the names that tiles bring.
   * @param {boolean} shaded
   */
  setShaded(shaded) {
    this.shaded = shaded;
    this.layout();
  }

  /** Tiles bring their own names of countries and towns.
   * @param {boolean} present
   */
  setTiles(present) {
    this.tiles = present;
    this.layout();
  }

  /**
   * @param {string} text
   * @param {PlaceName["kind"]} kind
   */
  measure(text, kind) {
    this.ruler.font = FONTS[kind];
    return this.ruler.measureText(text).width * (WIDER[kind] || 1) + 4;
  }

  /**
   * @param {string} pane
   * @param {string} className
   * @param {string} text
   */
  node(pane, className, text) {
    const made = L.DomUtil.create("div", className, this.map.getPane(pane));
    made.textContent = text;
    made.hidden = true;
    return made;
  }

  /** Names make way for what the events say: all of them for `numbers`, those of towns and
   *  countries for `bodies` too. Both are {x, y, wide, high}, middle and size on a canvas whose
   *  `corner` is a point of the layer.
   * @param {Crowds} given
   */
  avoid({ numbers, bodies, corner }) {
    if (!numbers.length && !bodies.length && !this.numbers.length) return;
    this.numbers = numbers;
    this.bodies = bodies;
    this.corner = corner;
    this.later();
  }

  /** Lay out once, when all that happens at a move has happened. */
  later() {
    clearTimeout(this.soon);
    this.soon = window.setTimeout(() => this.layout(), REST);
  }

  /** Where such boxes are in the view now; their canvas starts beyond it.
   * @param {Room[]} spots
   */
  boxesOf(spots) {
    if (!spots.length) return [];
    const corner = this.map.layerPointToContainerPoint(this.corner);
    return spots.map(({ x, y, wide, high }) =>
      boxAt(corner.x + x - wide / 2, corner.y + y - high / 2, wide, high),
    );
  }

  /** @param {boolean} hidden */
  hide(hidden) {
    for (const pane of Object.values(this.panes)) {
      const node = this.map.getPane(pane);
      if (node) node.style.opacity = hidden ? "0" : "1";
    }
  }

  layout() {
    this.hide(false);
    const size = this.map.getSize();
    const view = boxAt(0, 0, size.x, size.y);
    const near = boxAt(-20, -20, size.x + 40, size.y + 40);
    const zoom = this.map.getZoom();
    const wanted = this.items.filter((item) => {
      item.at = this.map.latLngToContainerPoint(item.latlng);
      const own = item.kind === "gate" || this.shaded || !this.tiles;
      const seen = own && overlaps(boxAt(item.at.x, item.at.y, 1, 1), near);
      item.node.hidden = true;
      item.box = null;
      if (item.spot) item.spot.hidden = true;
      return seen;
    });
    const gates = wanted
      .filter((item) => item.kind === "gate")
      .map((item) => boxAt(item.at.x - 7, item.at.y - 6, 14, 12));
    const taken = [...gates];
    const numbers = this.boxesOf(this.numbers);
    const solid = numbers.concat(this.boxesOf(this.bodies));
    for (const item of wanted) {
      const inZoom = zoom >= (item.minZoom ?? 0) && zoom <= (item.maxZoom ?? 99);
      if (item.spot && item.kind === "gate" && (zoom >= MINOR_ZOOM || item.order < 2)) this.put(item.spot, item.at);
      if (inZoom) this.place(item, taken, view, item.kind === "gate" ? numbers : solid);
    }
    this.border.place(gates, taken.slice(gates.length).concat(numbers), view);
  }

  /**
   * @param {Item} item
   * @param {Box[]} taken
   * @param {Box} view
   * @param {Box[]} crowds
   */
  place(item, taken, view, crowds) {
    /** @param {Box} box */
    const inside = (box) =>
      box.left >= view.left && box.right <= view.right && box.top >= 0 && box.bottom <= view.bottom;
    const dot = boxAt(item.at.x - 3, item.at.y - 3, 6, 6);
    /** @type {(box: Box) => (other: Box) => boolean} */
    const meets = (box) => (other) => overlaps(box, other);
    if (item.kind === "city" && (taken.some(meets(dot)) || crowds.some(meets(dot)))) return;
    const open = candidates(item, item.at).filter((box) => inside(box) && !taken.some(meets(box)));
    /** @param {Box} box */
    const covered = (box) => crowds.filter(meets(box)).length;
    let free = open.find((box) => !covered(box));
    // the great crossings are named in any crowd, where their names cover least
    if (!free && item.order === 0) [free] = open.sort((a, b) => covered(a) - covered(b));
    if (!free) return;
    taken.push(free);
    item.box = free;
    if (item.kind === "city") taken.push(dot);
    this.put(item.node, L.point(free.left, free.top));
    if (item.spot && item.kind === "city") this.put(item.spot, item.at);
  }

  /**
   * @param {HTMLElement} node
   * @param {L.Point} containerPoint
   */
  put(node, containerPoint) {
    node.hidden = false;
    L.DomUtil.setPosition(node, this.map.containerPointToLayerPoint(containerPoint).round());
  }
}
