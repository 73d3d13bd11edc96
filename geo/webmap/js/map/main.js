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

/** @type {BaseLayers} */
let background; // the base layers of the frame's map
/** @type {EventLayer | undefined} */
let layer; // and its layer of events
/** @type {Filter | undefined} */
let message; // the latest filter; it may come before the layer does

/** Called once by the base map's script (geo/webmap/base_map.py).
 * @param {L.Map} map
 * @param {BaseSettings} settings
 */
export function base(map, settings) {
  background = new BaseLayers(map, settings);
}

/** Called once, after `base`: add the layer now, fill it when the data are in; returns it.
 * @param {L.Map} map
 * @param {EventSettings} settings
 */
export function events(map, settings) {
  const made = new EventLayer(settings, background);
  made.placePicks = new PlacePicks(map, made);
  made.addTo(map);
  const timeline = new Timeline(map, made);
  addLegend(map, made.painter, settings);
  addPermalink(map, made);
  addSwitches(map, made);
  addPictureButton(map, made, timeline);
  layer = made;
  if (message) apply(message);
  loadEvents(made, settings.url).catch((problem) =>
    showNotice(map, "The events could not be loaded. Reload the page.", problem),
  );
  loadOutlines(made, settings.admin1, PROVINCE);
  loadOutlines(made, settings.districts, DISTRICT);
  return made;
}

/**
 * @param {EventLayer} of
 * @param {string} url
 */
async function loadEvents(of, url) {
  const answer = await fetchOk(url);
  of.setTable(await decode(await answer.arrayBuffer()));
}

/** Rings stand in for outlines that do not come.
 * @param {EventLayer} of
 * @param {string | null} url
 * @param {number} level
 */
function loadOutlines(of, url, level) {
  if (!url) return;
  fetchJson(url)
    .then((areas) => of.addOutlines(areas, level))
    .catch((problem) => window.console.warn(problem));
}

/** Called by every feature group (geo/webmap/event_layer.py): {rows, bits, selected} and, if the page
 *  sets them, dates {from, to, undated}, view [lat, lon, zoom], line, the names for the border line,
 *  said, the filter in words, version, and areas {place, shade} (place-picks.js, choropleth.js).
 * @param {Filter} filter
 */
export function apply(filter) {
  message = filter;
  if (filter.line) background.names.nameAlong(filter.line);
  if (!layer) return;
  layer.setFilter(filter);
  if (filter.areas) layer.placePicks.take(filter.areas);
}
