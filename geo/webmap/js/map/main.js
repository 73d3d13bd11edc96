/* Where Python comes in. The scripts that Folium writes call `base` and `events` once, when the map is
 * made, and `apply` with every filter; nothing else of ours is seen outside. */

import { fetchJson, fetchOk } from "../core/fetch-json.js";
import { decode } from "../core/event-table.js";
import { DISTRICT, PROVINCE } from "../core/places.js";
import { Timeline } from "../time/timeline.js";
import { BaseLayers } from "./base-layers.js";
import { EventLayer } from "./event-layer.js";
import { addLegend } from "./legend.js";
import { showNotice } from "./notice.js";
import { addPermalink } from "./permalink.js";
import { addPictureButton } from "./picture.js";
import { PlacePicks } from "./place-picks.js";
import { addSwitches } from "./switches.js";

let background = null; // the base layers of the frame's map
let layer = null; // and its layer of events
let message = null; // the latest filter; it may come before the layer does

/** Called once by the base map's script (geo/webmap/base_map.py). */
export function base(map, settings) {
  background = new BaseLayers(map, settings);
}

/** Called once, after `base`: add the layer now, fill it when the data are in; returns it. */
export function events(map, settings) {
  layer = new EventLayer(settings, background);
  layer.placePicks = new PlacePicks(map, layer);
  layer.addTo(map);
  const timeline = new Timeline(map, layer);
  addLegend(map, layer.painter, settings);
  addPermalink(map, layer);
  addSwitches(map, layer);
  addPictureButton(map, layer, timeline);
  if (message) apply(message);
  load(map, settings);
  return layer;
}

async function loadEvents(url) {
  const answer = await fetchOk(url);
  layer.setTable(await decode(await answer.arrayBuffer()));
}

/** Ask for the events and for the outlines of areas; rings stand in for outlines that do not come. */
function load(map, settings) {
  loadEvents(settings.url).catch((problem) =>
    showNotice(map, "The events could not be loaded. Reload the page.", problem),
  );
  for (const [url, level] of [[settings.admin1, PROVINCE], [settings.districts, DISTRICT]]) {
    if (!url) continue;
    fetchJson(url)
      .then((areas) => layer.addOutlines(areas, level))
      .catch((problem) => window.console.warn(problem));
  }
}

/** Called by every feature group (geo/webmap/event_layer.py): {rows, bits, selected} and, if the page
 *  sets them, dates {from, to, undated}, view [lat, lon, zoom], line, the names for the border line,
 *  said, the filter in words, version, and areas {place, shade} (place-picks.js, choropleth.js). */
export function apply(filter) {
  message = filter;
  if (filter.line) background.names.nameAlong(filter.line);
  if (!layer) return;
  layer.setFilter(filter);
  if (filter.areas) layer.placePicks.take(filter.areas);
}
