/* What is said of a mark: counts and our own names, no text from a source. */

import { PROVINCE } from "../core/places.js";
import { eventsWords, formatNumber, groupWords } from "../core/words.js";

/** How well a mark is placed, or "". `level`: what its outline is, PROVINCE or DISTRICT.
 * @param {Mark} mark
 * @param {number | null} level
 */
function vagueness(mark, level) {
  if (mark.ring) return "known to a wider area only";
  if (level !== null) return `known to the ${level === PROVINCE ? "province" : "district"} only`;
  return mark.reach > mark.r ? "known to within the disc" : "";
}

/** What is known of a mark: number, deaths or kinds, how well it is placed.
 * @param {Mark} mark
 * @param {Group[]} groups
 * @param {number | null} level
 */
export function factsOf(mark, groups, level) {
  const where = vagueness(mark, level);
  const deaths = mark.deaths < 0 ? "deaths not stated" : `${formatNumber(mark.deaths)} dead`;
  const sole = mark.groups.indexOf(mark.count);
  const kind = sole >= 0 ? groups[sole].label.toLowerCase() : "";
  if (mark.count === 1) return [eventsWords(mark.count), kind, deaths].concat(where || []);
  const kinds = kind ? `all ${kind}` : groupWords(mark.groups, groups, 3);
  return [`${eventsWords(mark.count)} here`, kinds].concat(where || []);
}

/** The words beside the pointer; `position` is which of the mark's events a click has just chosen, 0
 *  for none; `parts`: whether a click draws nearer.
 * @param {string[]} facts
 * @param {Mark} mark
 * @param {number} position
 * @param {boolean} parts
 */
export function wordsFor(facts, mark, position, parts) {
  if (position && mark.count > 1) {
    return `${position} of ${formatNumber(mark.count)} here; click again for the next`;
  }
  if (mark.count === 1) return facts.join(", ");
  return [...facts, parts ? "Click to draw nearer" : ""].filter(Boolean).join("\n");
}
