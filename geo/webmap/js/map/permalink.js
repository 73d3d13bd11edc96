/* Where the map stands, and what is switched on it, goes into the address of the page around the
 * frame: a link copied from there opens the same view. Written in place, so neither Python nor the
 * browser's history hears of it, and nothing is rerun. A page of another site around the frame
 * keeps its address.
 *
 *   view=lat,lon,zoom      once the reader has moved the map
 *   marks=known,heat       what is switched on: only what is known to 25 km, heat */

import { roundTo } from "../core/words.js";

const REST = 250; // ms after which a map counts as come to rest

/** The page around the frame, or null where there is none or it belongs to another site. */
function pageAround() {
  try {
    return window.parent !== window && window.parent.location.href ? window.parent : null;
  } catch {
    return null;
  }
}

/** A query with other values for some keys, empty ones left out, the rest as it was written.
 * @param {string} search
 * @param {Record<string, string>} values
 */
export function withParams(search, values) {
  /** @param {string} pair */
  const others = (pair) => pair !== "" && !(pair.split("=")[0] in values);
  const kept = search.replace(/^\?/, "").split("&").filter(others);
  const given = Object.entries(values).filter(([, value]) => value);
  const pairs = kept.concat(given.map((pair) => pair.join("=")));
  return pairs.length ? `?${pairs.join("&")}` : "";
}

/** @param {L.Map} map */
function viewOf(map) {
  const middle = map.getCenter();
  return [roundTo(middle.lat, 4), roundTo(middle.lng, 4), map.getZoom()].join();
}

/** Keep the address of the page around the frame in step with the map and its switches.
 * @param {L.Map} map
 * @param {EventLayer} layer
 */
export function addPermalink(map, layer) {
  const { firstView } = layer.background;
  const page = pageAround();
  const asked = page ? new URLSearchParams(page.location.search).get("marks") || "" : "";
  if (asked.split(",").includes("known")) layer.setOnlyKnown(true);
  if (asked.split(",").includes("heat")) layer.setHeat(true);
  /** @type {number | undefined} */
  let timer;
  const write = () => {
    if (!page) return;
    const { pathname, search, hash } = page.location;
    const marks = [layer.onlyKnown && "known", layer.heat && "heat"].filter(Boolean).join();
    // until the reader moves the map the view is the first one, or the link's own
    const view = firstView.held ? null : { view: viewOf(map) };
    const query = withParams(search, { ...view, marks });
    if (query !== search) page.history.replaceState(page.history.state, "", pathname + query + hash);
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(write, REST);
  };
  map.on("moveend", later);
  layer.on("switched filtered", later); // Python may have written the address anew with its filter
}
