/* Two rings laid over the canvas, so that pointing redraws nothing: how far the event under the
 * pointer may lie from its mark, and where the keys are. */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const LEAST = 14; // px: a smaller reach shows well enough by itself

  class Ring {
    constructor(pane, name) {
      this.node = L.DomUtil.create("div", `border-map-spot ${name}`, pane);
      this.hide();
    }

    hide() {
      this.node.hidden = true;
    }

    /** Around a point of the layer, `r` px. */
    show(point, r) {
      const { style } = this.node;
      style.width = style.height = `${2 * r}px`;
      L.DomUtil.setPosition(this.node, point.subtract([r, r]).round());
      this.node.hidden = false;
    }
  }

  BM.EventCanvas.include({
    addSpotlight(map) {
      const pane = map.createPane("spotlight");
      pane.style.zIndex = 460;
      pane.style.pointerEvents = "none";
      this.reachRing = new Ring(pane, "reach");
      this.cursorRing = new Ring(pane, "cursor");
      map.on("zoomstart", () => {
        this.reachRing.hide();
        this.cursorRing.hide();
      });
    },

    /** Where a mark is in Leaflet's layer pixels. */
    layerPointOf(mark) {
      const { x, y } = mark.badge && mark.outline >= 0 ? mark.tag : mark;
      return L.point(x, y).add(this.view.offset);
    },

    /** The circle within which the events of a mark lie; none for areas that have an outline. */
    showReach(mark) {
      const r = mark ? (mark.ring ? mark.r : mark.reach) || 0 : 0;
      const { x, y } = this._map.getSize();
      if (r < LEAST || r > Math.max(x, y)) this.reachRing.hide();
      else this.reachRing.show(this.layerPointOf(mark), r);
    },

    showCursor(mark) {
      if (!mark) this.cursorRing.hide();
      else this.cursorRing.show(this.layerPointOf(mark), 6 + this.bodyOf(mark));
    },

    /** Px from a mark's middle to the edge of what is painted there. */
    bodyOf(mark) {
      if (mark.cell) return BM.HEX - 4;
      return mark.ring || mark.outline >= 0 ? 10 : mark.r;
    },
  });
})();
