/* Places under the pointer: a crossing by its gate or its name, else the district or province. A
 * click answers Python as {dataset, place: [kind, number], stamp, view}, kind = "crossing", "admin1"
 * or "admin2" and number = its position in that layer's file. The place chosen is outlined in the
 * accent colour, which means selection and nothing else.
 *
 * Only a page that sends `areas` with its filter takes places; elsewhere nothing changes. */

import { CanvasLayer } from "../core/canvas-layer.js";
import { wantsLittleMotion } from "../core/elements.js";
import { DISTRICT, PROVINCE } from "../core/places.js";
import { Choropleth } from "./choropleth.js";

const DISTRICT_ZOOM = 7; // from here on a click means the district, where districts are
const GATE_REACH = 9; // px around a gate
/** @type {Record<number, string>} */
const KIND_OF = { [PROVINCE]: "admin1", [DISTRICT]: "admin2" };
/** @type {Record<string, number>} */
const LEVEL_OF = { admin1: PROVINCE, admin2: DISTRICT };

export class PlacePicks {
  /**
   * @param {L.Map} map
   * @param {EventLayer} layer
   */
  constructor(map, layer) {
    const { names, firstView } = layer.background;
    this.map = map;
    this.layer = layer;
    this.names = names;
    this.firstView = firstView;
    this.active = false; // until a page sends areas
    /** @type {PlaceNumber | null} */
    this.chosen = null;
    /** @type {string | null} the place clicked last */
    this.clicked = null;
    this.unseen = false; // whether the place chosen must come into view
    this.choropleth = new Choropleth(map, layer, names);
    const pane = map.createPane("chosen");
    pane.style.zIndex = "420"; // over the events, which would bury the ring around a gate
    pane.style.pointerEvents = "none";
    this.sheet = new CanvasLayer("chosen", (ctx, view) => this.paint(ctx, view));
    layer.on("outlines", () => this.arrived());
    map.on("named", () => this.arrived());
  }

  /** Take {place, shade} from Python.
   * @param {NonNullable<Filter["areas"]>} given
   */
  take({ place, shade }) {
    const byLink = !this.active && this.layer.viewTaken; // it says where the map stands
    this.active = true;
    this.choropleth.take(shade || null);
    if (String(place || "") === String(this.chosen || "")) return;
    this.chosen = place || null;
    if (!place) this.map.removeLayer(this.sheet);
    else if (this.map.hasLayer(this.sheet)) this.sheet.schedule();
    else this.sheet.addTo(this.map);
    this.unseen = place !== null && !byLink && String(place) !== this.clicked;
    this.bringIntoView();
  }

  /** Outlines or gates came: what waited for them can be drawn. */
  arrived() {
    if (!this.chosen) return;
    this.sheet.schedule();
    this.bringIntoView();
  }

  /** The place under a point of the map's container as {kind, number, name}, or null.
   * @param {L.Point} point
   * @param {L.LatLng} latlng
   */
  under(point, latlng) {
    const gate = this.names.gateAt(point, GATE_REACH);
    if (gate) return { kind: "crossing", number: gate.number ?? -1, name: gate.text };
    const spot = this.map.project(latlng, 0).divideBy(256);
    const { shade } = this.choropleth;
    const fine = shade ? shade.level === "admin2" : this.map.getZoom() >= DISTRICT_ZOOM;
    const wanted = fine ? [DISTRICT, PROVINCE] : [PROVINCE];
    for (const level of wanted) {
      const area = this.layer.outlines.find(
        (outline) => outline.level === level && outline.shape.contains(spot.x, spot.y),
      );
      if (area) return { kind: KIND_OF[level], number: area.at, name: area.name };
    }
    return null;
  }

  /** A click beside the marks: choose the place there; the one chosen already, let it go.
   * @param {{ containerPoint: L.Point, latlng: L.LatLng }} event
   */
  click(event) {
    const place = this.under(event.containerPoint, event.latlng);
    const same = place && String([place.kind, place.number]) === String(this.chosen || "");
    if (place && !same) {
      this.clicked = String([place.kind, place.number]);
      this.layer.answer({ place: [place.kind, place.number] }, event.latlng);
    } else if (this.chosen || this.layer.filter.selected !== null) {
      this.clicked = null;
      this.layer.answer({ row: null }, event.latlng);
    }
  }

  /** Words beside the pointer: of a gate always, of an area while areas are shaded.
   * @param {L.Point} point
   * @param {L.LatLng} latlng
   */
  wordsAt(point, latlng) {
    const place = this.under(point, latlng);
    if (!place) return "";
    if (place.kind === "crossing") return `${place.name}: click for its story`;
    const { shade } = this.choropleth;
    if (!shade || shade.level !== place.kind) return "";
    return `${this.choropleth.wordsFor({ at: place.number, name: place.name })}\nClick for its story`;
  }

  /** @param {PlaceNumber} given */
  outline([kind, number]) {
    const level = LEVEL_OF[kind];
    return this.layer.outlines.find((one) => one.level === level && one.at === number);
  }

  /**
   * @param {Ink} ctx
   * @param {View} view
   */
  paint(ctx, view) {
    if (!this.chosen) return;
    const [kind] = this.chosen;
    const trace = kind === "crossing" ? this.gateRing(this.chosen, view) : this.areaEdge(this.chosen, view);
    if (!trace) return;
    ctx.lineJoin = "round";
    for (const { colour, width } of [
      { colour: "#1a1a1a", width: 5 },
      { colour: this.layer.settings.accent, width: 2.5 },
    ]) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke(trace);
    }
  }

  /**
   * @param {PlaceNumber} chosen
   * @param {View} view
   */
  areaEdge(chosen, view) {
    const area = this.outline(chosen);
    return area && area.shape.path(view.scale, view.origin);
  }

  /**
   * @param {PlaceNumber} chosen
   * @param {View} view
   */
  gateRing([, number], view) {
    const gate = this.names.gate(number);
    if (!gate) return null;
    const at = this.map.latLngToLayerPoint(gate.latlng).subtract(view.offset);
    const ring = new Path2D();
    ring.arc(at.x, at.y, 15, 0, 2 * Math.PI);
    return ring;
  }

  /** A place chosen elsewhere (a list, a link) comes into view, at the zoom the map has. */
  bringIntoView() {
    const middle = this.unseen && this.chosen && this.middle(this.chosen);
    if (!middle) return;
    this.unseen = false;
    if (this.map.getBounds().pad(-0.05).contains(middle)) return;
    this.firstView.release();
    this.map.panTo(middle, { animate: !wantsLittleMotion() });
  }

  /** @param {PlaceNumber} given */
  middle([kind, number]) {
    if (kind === "crossing") return this.names.gate(number)?.latlng;
    const area = this.outline([kind, number]);
    if (!area) return null;
    const [west, north, east, south] = area.shape.box;
    return this.map.unproject(L.point((west + east) * 128, (north + south) * 128), 0);
  }
}
