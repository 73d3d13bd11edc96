/* The layer of events without a mouse, while the map has the focus: arrows go from mark to mark,
 * Enter does what a click does, Escape clears, Space plays; Shift with an arrow moves the map, plus
 * and minus zoom (both Leaflet's own). What the cursor stands on is said in a live region. */

import { eventsWords, formatNumber, roundTo } from "../core/words.js";

const PAN = 100; // px, where no mark lies in that direction
const MARGIN = 30; // px of the view's edge that the cursor keeps free
const SIDEWAYS = 2; // a mark off the straight line counts as that much farther
/** @type {Record<string, L.PointTuple>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HELP =
  "Arrow keys go from mark to mark, Enter opens one or draws nearer, Escape clears, " +
  "Space plays, plus and minus zoom, Shift with an arrow moves the map.";

export class Keyboard {
  /**
   * @param {EventLayer} layer
   * @param {L.Map} map
   */
  constructor(layer, map) {
    this.layer = layer;
    this.map = map;
    const frame = map.getContainer();
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", `Map of events. ${HELP}`);
    layer.canvas.setAttribute("role", "img");
    this.said = L.DomUtil.create("p", "border-map-unseen", frame);
    this.said.setAttribute("aria-live", "polite");
    this.cursorPlace = -1;
    frame.addEventListener("keydown", (event) => this.key(event));
    frame.addEventListener("blur", () => layer.spotlight.showCursor(null));
    layer.on("drawn", () => this.followCursor());
    layer.on("counted", () => this.describe());
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const plain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    if (!plain || event.target !== this.map.getContainer() || !this.layer.picture.drawn) return;
    if (event.key in ARROWS) this.moveCursor(ARROWS[event.key]);
    else if (event.key === "Enter") this.chooseAtCursor();
    else if (event.key === "Escape") this.clearCursor();
    else if (event.key === " ") this.layer.fire("play");
    else return;
    event.preventDefault();
    event.stopPropagation(); // Leaflet would pan
  }

  /** The mark that the cursor is on, or null when there is none to be seen. */
  cursorMark() {
    const mark = this.cursorPlace < 0 ? null : this.layer.marks[this.layer.markOf[this.cursorPlace]];
    return mark && this.seenMarks().includes(mark) ? mark : null;
  }

  seenMarks() {
    const { dots, cells, rings, tints } = this.layer.picture.drawn;
    return dots.concat(cells, rings, tints);
  }

  /** @param {L.PointTuple} direction */
  moveCursor(direction) {
    const mark = this.nextMark(direction);
    if (!mark) {
      this.map.panBy(L.point(direction).multiplyBy(PAN), { animate: false });
      return;
    }
    const { background, markOf, marks, places } = this.layer;
    const wanted = marks.indexOf(mark);
    this.cursorPlace = places.active.find((place) => markOf[place] === wanted) ?? -1;
    background.firstView.release();
    this.map.panInside(this.map.layerPointToLatLng(this.layer.layerPointOf(mark)), {
      padding: [MARGIN, MARGIN],
      animate: false,
    });
    this.followCursor();
    this.speak(mark);
  }

  /** The nearest mark that lies more along a direction than beside it, or null.
   * @param {L.PointTuple} given
   */
  nextMark([dx, dy]) {
    const at = this.cursorMark();
    const size = this.map.getSize();
    const from = at
      ? this.map.layerPointToContainerPoint(this.layer.layerPointOf(at))
      : size.divideBy(2);
    /** @type {Mark | null} */
    let best = null;
    let least = Infinity;
    for (const mark of this.seenMarks()) {
      const to = this.map.layerPointToContainerPoint(this.layer.layerPointOf(mark));
      const [x, y] = [to.x - from.x, to.y - from.y];
      const [along, beside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
      const inView = to.x >= 0 && to.y >= 0 && to.x <= size.x && to.y <= size.y;
      if (mark === at || !inView || along < 1 || beside > along) continue;
      const far = along + SIDEWAYS * beside;
      if (far >= least) continue;
      best = mark;
      least = far;
    }
    return best;
  }

  chooseAtCursor() {
    const middle = this.map.getSize().divideBy(2);
    const mark = this.cursorMark() || this.layer.pointer.pick(middle);
    if (mark) this.layer.pointer.choose(mark, this.map.layerPointToContainerPoint(this.layer.layerPointOf(mark)));
    else if (this.layer.placePicks.active) {
      this.layer.placePicks.click({ containerPoint: middle, latlng: this.map.getCenter() });
    }
  }

  clearCursor() {
    this.cursorPlace = -1;
    this.layer.spotlight.showCursor(null);
    this.layer.pointer.showHint(null);
    const chosen = this.layer.filter.selected !== null || (this.layer.placePicks.active && this.layer.placePicks.chosen);
    if (chosen) this.layer.answer({ row: null }, this.map.getCenter());
  }

  /** Keep the ring on the mark that holds the cursor's place now: zooming parts and joins marks. */
  followCursor() {
    const focused = document.activeElement === this.map.getContainer();
    this.layer.spotlight.showCursor(focused ? this.cursorMark() : null);
  }

  /** What the cursor stands on, and where that is.
   * @param {Mark} mark
   */
  speak(mark) {
    const { lat, lng } = this.map.layerPointToLatLng(this.layer.layerPointOf(mark));
    const where = `${roundTo(lat, 1)}° north, ${roundTo(lng, 1)}° east`;
    const then = this.layer.pointer.canPart(mark) ? "Enter draws nearer." : "Enter opens.";
    this.said.textContent = `${this.layer.pointer.factsOf(mark).join(", ")}; ${where}. ${then}`;
  }

  /** The picture in a sentence, as the canvas's own text. */
  describe() {
    const { shown, placed } = this.layer.counts;
    const beside = shown - placed;
    const off = beside ? `, ${formatNumber(beside)} more without a place on it` : "";
    const words = `Map of ${eventsWords(placed)}${off}.`;
    this.layer.canvas.setAttribute("aria-label", words);
  }
}
