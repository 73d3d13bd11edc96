/* Everything under and around the events: land, provinces, tiles when they come, the border line,
 * the crossings, and the names. Files are fetched by address; names only ever become textContent.
 *
 * From below: own polygons (always there) · tiles (hide them where they load) · border line ·
 * crossings · events (eventlayer.js) · names. */
(() => {
  "use strict";

  const BM = window.BorderMap;
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

  const fetched = new Map();

  /** JSON by address, asked for once. */
  BM.json = (url) => {
    if (!fetched.has(url)) {
      fetched.set(
        url,
        fetch(url).then((answer) => {
          if (!answer.ok) throw new Error(`${url}: status ${answer.status}`);
          return answer.json();
        }),
      );
    }
    return fetched.get(url);
  };

  /** A line of words over the map, for what went wrong. */
  BM.notice = (map, words, problem) => {
    window.console.warn(problem);
    L.DomUtil.create("div", "border-map-notice", map.getContainer()).textContent = words;
  };

  /** A polygon, or a line that is not `closed`, in Mercator fractions: hit test, path for a canvas. */
  class Outline {
    constructor(rings, closed = true) {
      Object.assign(this, { rings, closed });
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

    /** Whether it may be seen in a view {scale, origin, size}. */
    meets({ scale, origin, size }) {
      const [west, north, east, south] = this.box;
      const [x, y] = [origin.x / scale, origin.y / scale];
      return east >= x && south >= y && west <= x + size.x / scale && north <= y + size.y / scale;
    }

    /** Whether its box reaches beyond the view on every side. */
    surrounds({ scale, origin, size }) {
      const [west, north, east, south] = this.box;
      const [x, y] = [origin.x / scale, origin.y / scale];
      return west < x && north < y && east > x + size.x / scale && south > y + size.y / scale;
    }

    /** Vertices closer than a pixel to the one before are left out. */
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

  /** A line of [lon, lat] in degrees as x, y, x, y … in Mercator fractions of the world. */
  function flatten(line) {
    const flat = new Float64Array(2 * line.length);
    line.forEach(([lon, lat], at) => {
      flat[2 * at] = (lon + 180) / 360;
      flat[2 * at + 1] = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
    });
    return flat;
  }

  /** Outline of a GeoJSON Polygon or MultiPolygon. */
  BM.outlineOf = (geometry) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return new Outline(polygons.flat().map(flatten));
  };

  /** Lines of any GeoJSON with LineString or MultiLineString geometries, flattened. */
  function linesOf(data) {
    const geometries = (data.features || [data]).map((item) => item.geometry || item);
    return geometries
      .flatMap((g) => (g.type === "LineString" ? [g.coordinates] : g.coordinates))
      .map(flatten);
  }

  function pane(map, name, level) {
    const made = map.createPane(name);
    made.style.zIndex = level;
    made.style.pointerEvents = "none";
    return made;
  }

  /** Outlines drawn one over another on a sheet of their own; clicks pass through to the events. */
  class Ground {
    constructor(map, name) {
      this.drawn = [];
      this.sheet = new BM.Sheet(name, (ctx, view) => this.paint(ctx, view), GROUND_PADDING).addTo(map);
    }

    /** Add outlines with their strokes {color, weight, opacity} and their `fill`. */
    add(outlines, { strokes = [], fill = null }) {
      this.drawn.push({ outlines, strokes, fill });
      this.sheet.schedule();
    }

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

  const outlinesOf = (data) => data.features.map((feature) => BM.outlineOf(feature.geometry));

  /** OpenStreetMap tiles; a failed one stays transparent, and without any the layer retires. */
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
    tiles.on("tileload", () => {
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

  /** Run `show` now, and again when the frame gets its size late (a hidden tab, a slow layout),
   *  until the reader moves the map. */
  BM.settle = (map, show) => {
    if (map.getSize().x > 0) show();
    BM.showFirst = show;
  };

  /** Follow the frame's size. */
  function watchSize(map) {
    const moved = () => (BM.showFirst = null);
    for (const kind of ["pointerdown", "wheel", "keydown"]) {
      map.getContainer().addEventListener(kind, moved, { passive: true });
    }
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false, pan: false });
      if (BM.showFirst && map.getSize().x > 0) BM.showFirst();
    }).observe(map.getContainer());
  }

  const nameOf = (place, facts) => ({ latlng: [place.lat, place.lon], text: place.name, ...facts });

  function gateNames(gates) {
    const rank = { formal: 1, trade: 2 };
    return gates.map((gate, number) => {
      const first = FIRST_GATES.some((word) => gate.name.toLowerCase().startsWith(word));
      const order = first ? 0 : (rank[gate.kind] ?? 3);
      const look = ["border-map-gate", order > 2 ? "minor" : "", gate.precision].join(" ");
      return nameOf(gate, { kind: "gate", number, order, minZoom: [0, 7, 7, 8][order], mark: look });
    });
  }

  /** Called once by the base map's script. */
  BM.base = (map, settings) => {
    const theme = settings.dark ? THEMES.dark : THEMES.light;
    map.getContainer().classList.add("border-map", settings.dark ? "dark" : "light");
    pane(map, "land", 150);
    pane(map, "border", 350);
    pane(map, "under", 380);
    pane(map, "names", 450);
    watchSize(map);
    BM.settle(map, () => map.fitBounds(settings.belt, { animate: false, padding: [8, 8] }));
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(CREDITS).addTo(map);
    const names = new BM.Names(map, { under: "under", names: "names" });
    BM.names = names;
    BM.nameLine = (texts) => names.nameAlong(texts);
    addTiles(map, settings, names);
    const { urls } = settings;
    const late = (problem) => BM.notice(map, "Part of the map could not be loaded.", problem);
    const land = new Ground(map, "land");
    BM.json(urls.countries)
      .then((data) => land.add(outlinesOf(data), { fill: theme.land }))
      .then(() => BM.json(urls.admin1))
      .then((data) => {
        const strokes = [{ color: theme.province, weight: 1, opacity: 1 }];
        land.add(outlinesOf(data), { strokes });
      })
      .catch(late);
    BM.json(urls.border)
      .then((data) => {
        const lines = linesOf(data);
        const strokes = [
          { color: theme.casing, weight: 5, opacity: 0.75 },
          { color: theme.border, weight: 2, opacity: 0.9 },
        ];
        new Ground(map, "border").add([new Outline(lines, false)], { strokes });
        names.follow(lines, BORDER_NAMES);
      })
      .catch(late);
    BM.json(urls.crossings).then((gates) => names.add(gateNames(gates))).catch(late);
    names.add(COUNTRIES.map((item) => nameOf(item, { kind: "country", order: 4, maxZoom: 8 })));
    BM.json(urls.cities)
      .then((cities) =>
        names.add(
          cities.map((city, at) =>
            nameOf(city, { kind: "city", order: 5 + at, minZoom: at < 12 ? 0 : 7 }),
          ),
        ),
      )
      .catch(late);
  };
})();
