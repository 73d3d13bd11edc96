/* Pointing at the layer of events: what lies under the pointer, what it says there, and what a click
 * does. A click on a hexagon draws nearer; on any other mark it chooses an event. */

import { wantsLittleMotion } from "../core/elements.js";
import { HEXAGON_RADIUS } from "../core/hexagons.js";
import { factsOf, wordsFor } from "./mark-words.js";

/** @type {Record<string, number>} */
const REACH = { mouse: 6, touch: 12 }; // px around a mark that count as a hit
const BESIDE = 14; // px from the pointer to its words
const NEARER = 2; // zoom levels a click on a hexagon draws nearer

export class Pointer {
  /**
   * @param {EventLayer} layer
   * @param {L.Map} map
   */
  constructor(layer, map) {
    this.layer = layer;
    this.map = map;
    this.kind = "mouse";
    this.hint = L.DomUtil.create("div", "border-map-hint", map.getContainer());
    this.hint.hidden = true;
    map.getContainer().addEventListener("pointerleave", () => this.showHint(null));
    map.getContainer().addEventListener("pointerdown", (event) => {
      this.kind = event.pointerType === "mouse" ? "mouse" : "touch";
    });
  }

  remove() {
    L.DomUtil.remove(this.hint);
  }

  /** The mark under a point of the map's container, or null: small and exact ones first.
   * @param {L.Point} containerPoint
   */
  pick(containerPoint) {
    const { drawn } = this.layer.picture;
    if (!drawn) return null;
    const { dots, cells, rings, tints } = drawn;
    const at = this.map.containerPointToLayerPoint(containerPoint).subtract(this.layer.view.offset);
    const slack = REACH[this.kind];
    /** @param {Mark} mark */
    const away = (mark) => Math.hypot(mark.x - at.x, mark.y - at.y);
    /**
     * @param {Mark[]} marks
     * @param {(mark: Mark) => number} limit
     * @param {(mark: Mark) => number} rank
     */
    const closest = (marks, limit, rank) => {
      const hits = marks.filter((mark) => away(mark) <= limit(mark));
      return hits.sort((a, b) => rank(a) - rank(b))[0] || null;
    };
    const onEdge = rings.filter((mark) => Math.abs(away(mark) - mark.r) <= slack);
    const wide = rings.concat(tints);
    return (
      closest(dots, (mark) => mark.r + slack, away) ||
      this.badgeAt(wide, at) ||
      closest(cells, () => HEXAGON_RADIUS, away) ||
      closest(wide, () => 12, away) ||
      closest(rings, (mark) => Math.min(mark.r, 60), (mark) => mark.r) ||
      onEdge.sort((a, b) => a.r - b.r)[0] ||
      (this.takesPlaces ? null : this.areaAt(at)) // else the story of the area tells of them
    );
  }

  /** The area whose count lies under a point.
   * @param {Mark[]} wide
   * @param {L.Point} at
   */
  badgeAt(wide, at) {
    /** @param {Mark} given */
    const near = ({ badge, tag }) => badge && tag !== null && Math.hypot(tag.x - at.x, tag.y - at.y) <= 10;
    return wide.find(near) || null;
  }

  /** The smallest area around a point: a district before its province.
   * @param {L.Point} at
   */
  areaAt(at) {
    const { scale, origin } = this.layer.view;
    const [x, y] = [(at.x + origin.x) / scale, (at.y + origin.y) / scale];
    const hits = this.layer.picture.drawn.tints.filter((mark) => this.layer.outlines[mark.outline].shape.contains(x, y));
    return hits.sort((a, b) => this.layer.levelOf(a) - this.layer.levelOf(b))[0] || null;
  }

  /** Whether the page takes clicks beside the marks too. */
  get takesPlaces() {
    return this.layer.placePicks.active;
  }

  /** Shown rows of a mark, newest first.
   * @param {Mark} mark
   */
  rowsOf(mark) {
    const { keep, markOf, marks, places } = this.layer;
    const wanted = marks.indexOf(mark);
    return places.rowsWhere(keep, (place) => markOf[place] === wanted);
  }

  /** A crowd that drawing nearer can part.
   * @param {Mark} mark
   */
  canPart(mark) {
    return mark.cell && mark.spots > 1 && this.map.getZoom() < this.map.getMaxZoom();
  }

  /** @param {L.LeafletMouseEvent} event */
  click(event) {
    const mark = this.nameOfGateAt(event) ? null : this.pick(event.containerPoint);
    // quick clicks on a mark step through its events and must not zoom
    this.map.doubleClickZoom[mark ? "disable" : "enable"]();
    if (mark) this.choose(mark, event.containerPoint);
    else if (this.takesPlaces) this.layer.placePicks.click(event);
    else if (this.layer.filter.selected !== null) this.layer.answer({ row: null }, event.latlng);
  }

  /** First the newest event of the mark; again: the next older, round again.
   * @param {Mark} mark
   * @param {L.Point} point
   */
  choose(mark, point) {
    if (this.canPart(mark)) {
      this.drawNearer(mark);
      return;
    }
    const rows = this.rowsOf(mark);
    const row = rows[(rows.indexOf(this.layer.chosenRow ?? -1) + 1) % rows.length];
    this.showHint(point, mark, rows.indexOf(row) + 1);
    this.layer.chosenRow = row;
    this.layer.answer({ row }, this.map.containerPointToLatLng(point));
  }

  /** A crossing's name lies over the marks, so it is what a click on it means.
   * @param {L.LeafletMouseEvent} event
   */
  nameOfGateAt(event) {
    return this.takesPlaces && this.layer.background.names.gateAt(event.containerPoint, 0);
  }

  /** Towards where the events of a hexagon lie.
   * @param {Mark} mark
   */
  drawNearer(mark) {
    const { markOf, marks, places } = this.layer;
    const wanted = marks.indexOf(mark);
    let [x, y] = [0, 0];
    for (const place of places.active) {
      if (markOf[place] !== wanted) continue;
      x += (places.x[place] * places.events[place]) / mark.count;
      y += (places.y[place] * places.events[place]) / mark.count;
    }
    const size = 256 * 2 ** this.map.getZoom();
    const target = this.map.unproject(L.point(x * size, y * size));
    const zoom = Math.min(this.map.getMaxZoom(), this.map.getZoom() + NEARER);
    this.map.setView(target, zoom, { animate: !wantsLittleMotion() });
  }

  /** @param {L.LeafletMouseEvent} event */
  hover(event) {
    const { containerPoint, latlng } = event;
    const mark = this.nameOfGateAt(event) ? null : this.pick(containerPoint);
    const place = !mark && this.takesPlaces ? this.layer.placePicks.wordsAt(containerPoint, latlng) : "";
    this.map.getContainer().classList.toggle("border-map-over-event", Boolean(mark || place));
    this.showWords(containerPoint, mark ? this.wordsFor(mark, 0) : place);
    this.layer.spotlight.showReach(mark);
  }

  /**
   * @param {L.Point | null} point
   * @param {Mark | null} [mark]
   * @param {number} [position]
   */
  showHint(point, mark = null, position = 0) {
    this.showWords(point, mark ? this.wordsFor(mark, position) : "");
    this.layer.spotlight.showReach(mark);
  }

  /** A few words of ours beside the pointer; counts and our own names, no text from a source.
   * @param {L.Point | null} point
   * @param {string} words
   */
  showWords(point, words) {
    this.hint.hidden = !words;
    if (!words || !point) return;
    this.hint.textContent = words;
    const { x: width, y: height } = this.map.getSize();
    const [wide, high] = [this.hint.offsetWidth, this.hint.offsetHeight];
    const x = point.x + BESIDE + wide < width ? point.x + BESIDE : Math.max(0, point.x - BESIDE - wide);
    const y = point.y + BESIDE + high < height ? point.y + BESIDE : point.y - BESIDE - high;
    this.hint.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  /** Words for a mark; `position` is which of its events a click has just chosen, 0 for none.
   * @param {Mark} mark
   * @param {number} position
   */
  wordsFor(mark, position) {
    return wordsFor(this.factsOf(mark), mark, position, this.canPart(mark));
  }

  /** @param {Mark} mark */
  factsOf(mark) {
    const { layer } = this;
    const level = mark.outline >= 0 ? layer.levelOf(mark) : null;
    return factsOf(mark, layer.settings.groups, level);
  }
}
