/* Outlines and lines from GeoJSON in Mercator fractions of the world: x and y from 0 to 1. */

/** A polygon, or a line that is not `closed`, in Mercator fractions: hit test, path for a canvas. */
export class Outline {
  /**
   * @param {Float64Array[]} rings
   * @param {boolean} [closed]
   */
  constructor(rings, closed = true) {
    this.rings = rings;
    this.closed = closed;
    const box = [Infinity, Infinity, -Infinity, -Infinity]; // west, north, east, south
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        box[0] = Math.min(box[0], ring[i]);
        box[1] = Math.min(box[1], ring[i + 1]);
        box[2] = Math.max(box[2], ring[i]);
        box[3] = Math.max(box[3], ring[i + 1]);
      }
    }
    this.box = box;
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  contains(x, y) {
    const [west, north, east, south] = this.box;
    if (x < west || x > east || y < north || y > south) return false;
    let inside = false;
    for (const ring of this.rings) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        const [ay, by] = [ring[i + 1], ring[j + 1]];
        if (ay > y === by > y) continue;
        if (x < ((ring[j] - ring[i]) * (y - ay)) / (by - ay) + ring[i]) inside = !inside;
      }
    }
    return inside;
  }

  /** Whether it may be seen in a view {scale, origin, size}.
   * @param {Projection} given
   */
  meets({ scale, origin, size }) {
    const [west, north, east, south] = this.box;
    const [x, y] = [origin.x / scale, origin.y / scale];
    return east >= x && south >= y && west <= x + size.x / scale && north <= y + size.y / scale;
  }

  /** Whether its box reaches beyond the view on every side.
   * @param {Projection} given
   */
  surrounds({ scale, origin, size }) {
    const [west, north, east, south] = this.box;
    const [x, y] = [origin.x / scale, origin.y / scale];
    return west < x && north < y && east > x + size.x / scale && south > y + size.y / scale;
  }

  /** Vertices closer than a pixel to the one before are left out.
   * @param {number} scale
   * @param {Spot} origin
   */
  path(scale, origin) {
    const path = new Path2D();
    for (const ring of this.rings) {
      let [lastX, lastY] = [Infinity, Infinity];
      for (let i = 0; i < ring.length; i += 2) {
        const x = ring[i] * scale - origin.x;
        const y = ring[i + 1] * scale - origin.y;
        if (i && Math.abs(x - lastX) + Math.abs(y - lastY) < 1) continue;
        if (i) path.lineTo(x, y);
        else path.moveTo(x, y);
        [lastX, lastY] = [x, y];
      }
      if (this.closed) path.closePath();
    }
    return path;
  }
}

/** A line of [lon, lat] in degrees as x, y, x, y … in Mercator fractions of the world.
 * @param {number[][]} line
 */
function flatten(line) {
  const flat = new Float64Array(2 * line.length);
  line.forEach(([lon, lat], at) => {
    flat[2 * at] = (lon + 180) / 360;
    flat[2 * at + 1] = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
  });
  return flat;
}

/** Outline of a GeoJSON Polygon or MultiPolygon.
 * @param {Polygons} geometry
 */
export function outlineOf(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return new Outline(polygons.flat().map(flatten));
}

/** Lines of any GeoJSON with LineString or MultiLineString geometries, flattened.
 * @param {any} data
 */
export function linesOf(data) {
  const geometries = (data.features || [data]).map((/** @type {any} */ item) => item.geometry || item);
  return geometries
    .flatMap((/** @type {any} */ g) => (g.type === "LineString" ? [g.coordinates] : g.coordinates))
    .map(flatten);
}

/** Outlines of every feature of a collection.
 * @param {Areas} data
 */
export const outlinesOf = (data) => data.features.map((feature) => outlineOf(feature.geometry));
