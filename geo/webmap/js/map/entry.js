/* Where Python comes in: BorderMap.events (once, in the base map's script) makes the layer and all
 * that hangs on it, BorderMap.apply (in every feature group) hands it a filter. */
(() => {
  "use strict";

  const BM = window.BorderMap;

  /** Called once by the base map's script: add the layer now, fill it when the data are in. */
  BM.events = (map, settings) => {
    const layer = new BM.EventCanvas(settings).addTo(map);
    BM.layer = layer;
    window.__events = layer.state;
    BM.timeline(map, layer, settings);
    BM.legend(map, layer.painter, settings);
    BM.permalink(map, layer);
    BM.options(map, layer);
    BM.snapshot(map, layer);
    BM.places = BM.placePicks(map, layer, settings);
    if (BM.pending) BM.apply(BM.pending);
    fetch(settings.url)
      .then((answer) => {
        if (!answer.ok) throw new Error(`events: status ${answer.status}`);
        return answer.arrayBuffer();
      })
      .then(BM.decode)
      .then((table) => layer.setTable(table))
      .catch((problem) => BM.notice(map, "The events could not be loaded. Reload the page.", problem));
    for (const [url, level] of [[settings.admin1, BM.PROVINCE], [settings.districts, BM.DISTRICT]]) {
      if (!url) continue;
      BM.json(url)
        .then((areas) => layer.addOutlines(areas, level))
        .catch((problem) => window.console.warn(problem)); // rings instead of outlines
    }
  };

  /** Called by every feature group: {rows, bits, selected, token} and, if the page sets them, dates
   *  {from, to, undated}, view [lat, lon, zoom], line, the names for the border line, said, the
   *  filter in words, and areas {place, shade} (placepicks.js, choropleth.js). */
  BM.apply = (message) => {
    BM.pending = message;
    if (message.line) BM.nameLine(message.line);
    if (!BM.layer) return;
    BM.layer.setFilter(message);
    if (message.areas) BM.places.take(message.areas);
    BM.writeView();
  };
})();
