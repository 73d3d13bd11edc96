/* Two rings laid over the canvas, so that pointing redraws nothing: how far the event under the
 * pointer may lie from its mark, and where the keys are. */

import { HEXAGON_RADIUS } from "../core/hexagons.js";

const LEAST = 14; // px: a smaller reach shows well enough by itself

class Ring {
  /**
   * @param {HTMLElement} pane
   * @param {string} name
   */
  constructor(pane, name) {
    this.node = L.DomUtil.create("div", `border-map-spot ${name}`, pane);
    this.hide();
  }

  hide() {
    this.node.hidden = true;
  }

  /** Around a point of the layer, `r` px.
   * @param {L.Point} point
   * @param {number} r
   */
  show(point, r) {
    const { style } = this.node;
    style.width = style.height = `${2 * r}px`;
    L.DomUtil.setPosition(this.node, point.subtract([r, r]).round());
    this.node.hidden = false;
  }
}

/** Px from a mark's middle to the edge of what is painted there.
 * @param {Mark} mark
 */
function bodyOf(mark) {
  if (mark.cell) return HEXAGON_RADIUS - 4;
  return mark.ring || mark.outline >= 0 ? 10 : mark.r;
}

export class Spotlight {
  /**
   * @param {EventLayer} layer
   * @param {L.Map} map
   */
  constructor(layer, map) {
    this.layer = layer;
    this.map = map;
    const pane = map.createPane("spotlight");
    pane.style.zIndex = "460";
    pane.style.pointerEvents = "none";
    this.reachRing = new Ring(pane, "reach");
    this.cursorRing = new Ring(pane, "cursor");
    map.on("zoomstart", () => {
      this.reachRing.hide();
      this.cursorRing.hide();
    });
  }

  /** The circle within which the events of a mark lie; none for areas that have an outline.
   * @param {Mark | null} mark
   */
  showReach(mark) {
    const r = mark ? (mark.ring ? mark.r : mark.reach) || 0 : 0;
    const { x, y } = this.map.getSize();
    if (!mark || r < LEAST || r > Math.max(x, y)) this.reachRing.hide();
    else this.reachRing.show(this.layer.layerPointOf(mark), r);
  }

  /** The ring around the mark that the keys are on, or null.
   * @param {Mark | null} mark
   */
  showCursor(mark) {
    if (!mark) this.cursorRing.hide();
    else this.cursorRing.show(this.layer.layerPointOf(mark), 6 + bodyOf(mark));
  }
}
