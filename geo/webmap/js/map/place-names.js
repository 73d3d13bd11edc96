/* Names on the map: placed in order of importance, beside their spot, never one over another.
 * They are laid out anew whenever the view comes to rest and hidden while it zooms. */

const FONTS = {
  gate: "600 11px system-ui, sans-serif",
  country: "600 13px system-ui, sans-serif",
  city: "400 11px system-ui, sans-serif",
  border: "italic 500 11px system-ui, sans-serif",
};
const WIDER = { country: 1.35 }; // letter-spacing in map.css
const MINOR_ZOOM = 6; // from here on small crossings have their mark
const REST = 40; // ms
const GAP = 9; // px between a spot and its name
const HEIGHT = 15;

const MAX_BEND = 8; // px the border may stray from a straight line beneath its name

const overlaps = (a, b) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const boxAt = (x, y, width, height) => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});

/** Where a name may stand: for towns and gates beside the spot, else on it. */
function candidates(item, at) {
  const { width } = item;
  if (item.kind === "country") return [boxAt(at.x - width / 2, at.y - HEIGHT / 2, width, HEIGHT)];
  const middle = at.y - HEIGHT / 2;
  const sides = [at.x + GAP, at.x - GAP - width];
  const beside = (drop) => sides.map((x) => boxAt(x, middle + drop, width, HEIGHT));
  return [
    ...beside(0),
    boxAt(at.x - width / 2, at.y + GAP - 1, width, HEIGHT),
    boxAt(at.x - width / 2, at.y - GAP - HEIGHT + 1, width, HEIGHT),
    ...(item.kind === "gate" ? [...beside(-HEIGHT), ...beside(HEIGHT)] : []),
  ];
}

/** How far points stray from the straight line between the first and the last. */
function bend(points) {
  const [from, to] = [points[0], points[points.length - 1]];
  return Math.max(...points.map((p) => L.LineUtil.pointToSegmentDistance(p, from, to)));
}

export class PlaceNames {
  constructor(map, panes) {
    this.map = map;
    this.panes = panes;
    this.items = [];
    this.lines = [];
    this.ruler = document.createElement("canvas").getContext("2d");
    map.on("zoomstart", () => this.hide(true));
    map.on("moveend resize", () => this.later());
    map.on("crowds", (event) => this.avoid(event));
    this.numbers = []; // what names make way for, see `avoid`
    this.bodies = [];
    this.corner = null;
  }

  /** Add `{latlng, text, kind, order, minZoom?, maxZoom?, mark?}`; smaller orders go first. */
  add(items) {
    for (const item of items) {
      item.width = this.measure(item.text, item.kind);
      const pane = item.kind === "gate" ? this.panes.names : this.panes.under;
      item.node = this.node(pane, `border-map-name ${item.kind}`, item.text);
      if (item.kind === "city") item.mark = "border-map-city";
      if (item.mark) item.spot = this.node(this.panes.under, item.mark, "");
    }
    this.items = this.items.concat(items).sort((a, b) => a.order - b.order);
    this.layout();
    this.map.fire("named");
  }

  /** Write the first of `texts` that fits along the straightest stretch of the lines in view. */
  follow(lines, texts) {
    this.lines = lines;
    this.along = this.node(this.panes.names, "border-map-name border", "");
    if (!this.alongSaid) this.nameAlong(texts);
    else this.layout();
  }

  /** Another name for the lines, the longest form first; may come before the lines do. */
  nameAlong(texts) {
    if (texts.join() === (this.alongSaid || []).join()) return;
    this.alongSaid = texts;
    this.alongTexts = texts.map((text) => ({ text, width: this.measure(text, "border") }));
    if (this.along) this.layout();
  }

  /** The gate whose name is under a point of the container, or that is within `reach` px of it. */
  gateAt(point, reach) {
    const gates = this.items.filter((item) => item.kind === "gate" && item.at);
    const named = ({ box }) => box && overlaps(box, boxAt(point.x, point.y, 1, 1));
    const near = ({ at }) => at.distanceTo(point) <= reach;
    return gates.find(named) || gates.find((item) => reach && near(item)) || null;
  }

  /** The gate of a number in the crossings' file. */
  gate(number) {
    return this.items.find((item) => item.kind === "gate" && item.number === number) || null;
  }

  /** Shaded areas cover the names that tiles bring. */
  setShaded(shaded) {
    this.shaded = shaded;
    this.layout();
  }

  /** Tiles bring their own names of countries and towns. */
  setTiles(present) {
    this.tiles = present;
    this.layout();
  }

  measure(text, kind) {
    this.ruler.font = FONTS[kind];
    return this.ruler.measureText(text).width * (WIDER[kind] || 1) + 4;
  }

  node(pane, className, text) {
    const made = L.DomUtil.create("div", className, this.map.getPane(pane));
    made.textContent = text;
    made.hidden = true;
    return made;
  }

  /** Names make way for what the events say: all of them for `numbers`, those of towns and
   *  countries for `bodies` too. Both are {x, y, wide, high}, middle and size on a canvas whose
   *  `corner` is a point of the layer. */
  avoid({ numbers, bodies, corner }) {
    if (!numbers.length && !bodies.length && !this.numbers.length) return;
    Object.assign(this, { numbers, bodies, corner });
    this.later();
  }

  /** Lay out once, when all that happens at a move has happened. */
  later() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.layout(), REST);
  }

  /** Where such boxes are in the view now; their canvas starts beyond it. */
  boxesOf(spots) {
    if (!spots.length) return [];
    const corner = this.map.layerPointToContainerPoint(this.corner);
    return spots.map(({ x, y, wide, high }) =>
      boxAt(corner.x + x - wide / 2, corner.y + y - high / 2, wide, high),
    );
  }

  hide(hidden) {
    for (const pane of Object.values(this.panes)) {
      this.map.getPane(pane).style.opacity = hidden ? 0 : 1;
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
      if (item.kind === "gate" && (zoom >= MINOR_ZOOM || item.order < 2)) this.put(item.spot, item.at);
      if (inZoom) this.place(item, taken, view, item.kind === "gate" ? numbers : solid);
    }
    this.placeAlong(gates, taken.slice(gates.length).concat(numbers), view);
  }

  place(item, taken, view, crowds) {
    const inside = (box) =>
      box.left >= view.left && box.right <= view.right && box.top >= 0 && box.bottom <= view.bottom;
    const dot = boxAt(item.at.x - 3, item.at.y - 3, 6, 6);
    const meets = (box) => (other) => overlaps(box, other);
    if (item.kind === "city" && (taken.some(meets(dot)) || crowds.some(meets(dot)))) return;
    const open = candidates(item, item.at).filter((box) => inside(box) && !taken.some(meets(box)));
    const covered = (box) => crowds.filter(meets(box)).length;
    let free = open.find((box) => !covered(box));
    // the great crossings are named in any crowd, where their names cover least
    if (!free && item.order === 0) [free] = open.sort((a, b) => covered(a) - covered(b));
    if (!free) return;
    taken.push(free);
    item.box = free;
    if (item.kind === "city") taken.push(dot);
    this.put(item.node, L.point(free.left, free.top));
    if (item.kind === "city") this.put(item.spot, item.at);
  }

  put(node, containerPoint) {
    node.hidden = false;
    L.DomUtil.setPosition(node, this.map.containerPointToLayerPoint(containerPoint).round());
  }

  /* ---- the border's name ---- */

  /** Never over another name; over a gate only when nothing else is free. */
  placeAlong(gates, names, view) {
    if (!this.along) return;
    this.along.hidden = true;
    const meets = (stretch, box) => stretch.boxes.some((own) => overlaps(own, box));
    const worth = (stretch) =>
      stretch.score - 0.5 * gates.filter((box) => meets(stretch, box)).length;
    for (const { text, width } of this.alongTexts) {
      const best = this.stretches(view, width)
        .filter((stretch) => !names.some((box) => meets(stretch, box)))
        .sort((a, b) => worth(b) - worth(a))[0];
      if (!best) continue;
      this.along.textContent = text;
      this.put(this.along, L.point(best.x, best.y));
      this.along.style.transform += ` rotate(${best.angle}rad) translate(-50%, -135%)`;
      return;
    }
  }

  /** Fairly straight stretches of the line, `width` px long, that lie within the view. */
  stretches(view, width) {
    const found = [];
    for (const line of this.lines) {
      const points = this.pointsEvery(line, 12, view);
      const span = Math.ceil(width / 12) + 1;
      for (let i = 0; i + span < points.length; i += 2) {
        const part = points.slice(i, i + span + 1);
        if (part.some((p) => !p || p.x < 24 || p.y < 24)) continue;
        if (part.some((p) => p.x > view.right - 24 || p.y > view.bottom - 24)) continue;
        if (bend(part) <= MAX_BEND) found.push(this.judge(part, view));
      }
    }
    return found;
  }

  /** Points `step` px apart along a line; null where it leaves the surroundings of the view. */
  pointsEvery(line, step, view) {
    const scale = 256 * 2 ** this.map.getZoom();
    const corner = this.map.containerPointToLayerPoint([0, 0]).add(this.map.getPixelOrigin());
    const points = [];
    let last = null;
    for (let i = 0; i < line.length; i += 2) {
      const p = L.point(line[i] * scale - corner.x, line[i + 1] * scale - corner.y);
      const out = p.x < -200 || p.y < -200 || p.x > view.right + 200 || p.y > view.bottom + 200;
      if (out) {
        if (last) points.push(null);
        last = null;
        continue;
      }
      if (!last) points.push((last = p));
      for (let gap = p.distanceTo(last); gap >= step; gap = p.distanceTo(last)) {
        last = last.add(p.subtract(last).multiplyBy(step / gap));
        points.push(last);
      }
    }
    return points;
  }

  judge(part, view) {
    const [from, to] = [part[0], part[part.length - 1]];
    const middle = from.add(to).divideBy(2);
    const straight = from.distanceTo(to) / (12 * (part.length - 1));
    const off = middle.distanceTo(L.point(view.right / 2, view.bottom / 2));
    let angle = Math.atan2(to.y - from.y, to.x - from.x);
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    const [across, up] = [Math.sin(angle) * 14, -Math.cos(angle) * 14]; // where the name stands
    const boxes = part.map((p) => boxAt(p.x + across - 6, p.y + up - 6, 12, 12));
    const flat = 1 - Math.abs(angle) / Math.PI;
    const score = 3 * straight + flat - off / (view.right + view.bottom);
    return { x: middle.x, y: middle.y, angle, boxes, score };
  }
}
