/* What the reader is told when something on the map went wrong. */

/** A line of words over the map, for what went wrong.
 * @param {L.Map} map
 * @param {string} words
 * @param {unknown} problem
 */
export function showNotice(map, words, problem) {
  window.console.warn(problem);
  L.DomUtil.create("div", "border-map-notice", map.getContainer()).textContent = words;
}
