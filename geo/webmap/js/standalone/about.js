/* What stands at the foot of the standalone page: what the file is, and what its sources ask for. */

import { byId, el } from "../core/elements.js";
import { eventsWords, formatNumber } from "../core/words.js";

/** Where everything comes from, and what this file does not do.
 * @param {Book} book
 */
export function about(book) {
  /** @param {Dataset} given */
  const line = ({ label, rows, licence, citation, conditions }) =>
    el("tr", {},
      el("th", { scope: "row", dir: "auto" }, label),
      el("td", { class: "sa-tight", "data-head": "Events" }, formatNumber(rows)),
      el("td", { dir: "auto", "data-head": "Licence" }, licence || "not stated", conditions ? el("p", {}, conditions) : null),
      el("td", { dir: "auto", "data-head": "Cite as" }, citation || "not stated"),
    );
  const heads = ["Dataset", "Events", "Licence", "Cite as"].map((head) => el("th", { scope: "col" }, head));
  byId("about").replaceChildren(
    el("h2", {}, "What this file is"),
    el("p", {}, `Made ${book.made} · data version ${book.version} · ${eventsWords(book.rows)}. Nothing is sent anywhere: the page asks nothing of any network and counts no one. A link to a source opens only when you follow it.`),
    el("p", {}, "“Not stated” means that no source gave a figure; it is not zero. What one party alone says is marked as claimed, an accusation as alleged. Kilometres run from the point where an event is placed to the line, and are given with their bounds where the place is an area. The land is drawn to about 200 m, the border line to 11 m."),
    el("table", { class: "sa-table" }, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, book.datasets.map(line))),
    el("p", {}, "Border line, countries and provinces: © OpenStreetMap contributors, ODbL 1.0; provinces after Natural Earth (public domain). Towns: GeoNames, CC BY 4.0. Drawn with Leaflet 1.9 (BSD 2-Clause).", book.credits.length ? ` Districts: ${book.credits.join("; ")}.` : ""),
  );
}
