/* For tests and benchmarks only, run in a page before its own scripts: finds the map that Leaflet makes
 * there and says, as window.mapProbe, what is drawn on it. Nothing of this is in what we ship. */
(() => {
  const probe = (window.mapProbe = {
    map: null,
    draws: 0, // of the layer of events
    drawnAt: 0, // when it was drawn last, ms since the epoch
    drawMs: 0, // and how long that took
    said: "", // the filter drawn last, in words
    selected: null,

    /** The layer of events, or null before it is there. */
    get layer() {
      const layers = Object.values(probe.map?._layers ?? {});
      return layers.find((one) => one.canvas?.classList.contains("border-map-events")) ?? null;
    },

    get rows() {
      return probe.layer?.table?.rows ?? 0;
    },

    /** Where in the frame a row's mark is, or null. */
    at(row) {
      const { layer, map } = probe;
      const mark = layer?.marks[layer.markOf?.[layer.places.ofRow[row]]];
      if (!mark) return null;
      return inFrame(map.layerPointToContainerPoint(layer.layerPointOf(mark)));
    },

    /** What the layer's canvas holds at a place: [red, green, blue, alpha]. */
    colourAt(lat, lon, left = 0) {
      const { layer } = probe;
      return colour(layer, lat, lon, left);
    },

    /** The same of the shades under the events, or null while there are none. */
    shadeAt(lat, lon) {
      const { sheet } = probe.layer.placePicks.choropleth;
      return sheet._map && sheet.view ? colour(sheet, lat, lon) : null;
    },

    /** A spot of the frame, well within a place, where a click means it; or null. */
    spotOf(kind, number) {
      const { layer, map } = probe;
      const size = map.getSize();
      const slack = kind === "crossing" ? 3 : 10;
      const isIt = (x, y) => {
        const point = window.L.point(x, y);
        const place = layer.placePicks.under(point, map.containerPointToLatLng(point));
        return place?.kind === kind && place.number === number && !layer.pointer.pick(point);
      };
      const around = [[0, 0], [-slack, 0], [slack, 0], [0, -slack], [0, slack]];
      for (let x = 6; x < size.x; x += 6) {
        for (let y = 6; y < size.y; y += 6) {
          if (!around.every(([dx, dy]) => isIt(x + dx, y + dy))) continue;
          const spot = inFrame({ x, y });
          if (!document.elementFromPoint(...spot)?.closest(".leaflet-control")) return spot;
        }
      }
      return null;
    },

    /** Whether areas and crossings can be clicked and seen. */
    get hasPlaces() {
      const gates = document.querySelectorAll(".border-map-gate:not([hidden])").length;
      return Boolean(probe.layer?.outlines.length && gates);
    },

    /** Px from the left of the histogram to a day (since 1970). */
    dayX(day) {
      const chart = document.querySelector(".border-map-time-chart");
      const handle = chart.querySelector("[role=slider]");
      const [first, last] = ["min", "max"].map((end) => Number(handle.getAttribute(`aria-value${end}`)));
      return 10 + ((chart.clientWidth - 20) * (day - first)) / (last + 1 - first);
    },
  });

  for (const name of ["listed", "shown", "vague", "placed"]) {
    Object.defineProperty(probe, name, { get: () => probe.layer?.counts[name] });
  }

  function inFrame({ x, y }) {
    const box = probe.map.getContainer().getBoundingClientRect();
    return [x + box.left, y + box.top];
  }

  function colour({ canvas, view, ratio }, lat, lon, left = 0) {
    const at = probe.map.latLngToLayerPoint([lat, lon]).subtract(view.offset).multiplyBy(ratio);
    return [...canvas.getContext("2d").getImageData(at.x - left * ratio, at.y, 1, 1).data];
  }

  /** Time every redraw of the layer of events. */
  function watch(layer) {
    const redraw = layer.redraw;
    layer.redraw = function timed() {
      const start = performance.now();
      redraw.call(this);
      probe.drawMs = performance.now() - start;
    };
  }

  function found(map) {
    probe.map = map;
    map.on("layeradd", ({ layer }) => layer === probe.layer && watch(layer));
    map.on("crowds", () => {
      probe.draws += 1;
      probe.drawnAt = performance.timeOrigin + performance.now();
      probe.said = probe.layer.filter.said ?? "";
      probe.selected = probe.layer.filter.selected;
    });
  }

  let leaflet;
  Object.defineProperty(window, "L", {
    configurable: true,
    get: () => leaflet,
    set(value) {
      leaflet = value;
      value.Map.addInitHook(function hook() {
        found(this);
      });
    },
  });
})();
