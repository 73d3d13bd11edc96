/* A canvas that lies over the map in a pane of its own: kept in place while the map moves or zooms,
 * painted anew when it comes to rest. What is on it, `paint(ctx, view)` decides; view = {zoom, corner,
 * origin, offset, size, scale}: world pixel = Mercator fraction * scale, canvas pixel = that - origin. */

import { inkOf } from "./elements.js";

const PADDING = 0.15; // of the view, drawn beyond its edges

export class CanvasLayer extends L.Layer {
  /** @type {HTMLCanvasElement} not there before the layer is on a map */
  canvas;
  /** @type {View} not there before the first redraw */
  view;
  /** @type {number | null} a redraw that is asked for */
  frame = null;

  /** `paint(ctx, view)` is called for every redraw; a kind of layer of its own has it as a method.
   * @param {string} pane
   * @param {((ctx: Ink, view: View) => void) | null} [paint]
   * @param {number} [padding]
   */
  constructor(pane, paint = null, padding = PADDING) {
    super({ pane });
    L.setOptions(this, { pane });
    this.padding = padding;
    this.painting = paint;
    this.ratio = Math.min(window.devicePixelRatio || 1, 2);
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this.canvas = L.DomUtil.create("canvas", `leaflet-zoom-animated border-map-sheet-${this.options.pane}`);
    this.getPane()?.appendChild(this.canvas);
    this.schedule();
    return this;
  }

  /** @param {L.Map} map */
  onRemove(map) {
    L.DomUtil.remove(this.canvas);
    return this;
  }

  /** @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return {
      viewreset: this.schedule,
      moveend: this.schedule,
      resize: this.schedule,
      zoomanim: (event) => this.stretch(event.center, event.zoom),
      zoom: () => this.stretch(this._map.getCenter(), this._map.getZoom()),
    };
  }

  /** While a zoom runs: move and scale the picture that is there.
   * @param {L.LatLng} center
   * @param {number} zoom
   */
  stretch(center, zoom) {
    if (!this.view) return;
    const map = this._map;
    const pane = L.DomUtil.getPosition(/** @type {HTMLElement} */ (map.getPane("mapPane")));
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane);
    const corner = map.project(this.view.corner, zoom).subtract(origin.round());
    L.DomUtil.setTransform(this.canvas, corner, map.getZoomScale(zoom, this.view.zoom));
  }

  schedule() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.redraw());
  }

  redraw() {
    this.frame = null;
    if (!this._map) return;
    const ctx = this.lay();
    this.painting?.(ctx, this.view);
  }

  /** Lay the canvas, cleared, over the view; remember how the world maps onto it. */
  lay() {
    const map = this._map;
    const margin = map.getSize().multiplyBy(this.padding).round();
    const size = map.getSize().add(margin.multiplyBy(2));
    const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
    this.canvas.width = size.x * this.ratio; // also clears it
    this.canvas.height = size.y * this.ratio;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    L.DomUtil.setTransform(this.canvas, corner, 1);
    const zoom = map.getZoom();
    this.view = {
      zoom,
      corner: map.layerPointToLatLng(corner),
      origin: map.getPixelOrigin().add(corner),
      offset: corner,
      size,
      scale: 256 * 2 ** zoom,
    };
    const ctx = inkOf(this.canvas);
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    return ctx;
  }
}
