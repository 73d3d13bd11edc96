/* What travels in the standalone file: unpacked once, asked by row. */

import { byId } from "../core/elements.js";

/** @param {string} id */
function bytesOf(id) {
  const node = byId(id);
  const text = node.textContent ?? "";
  node.remove(); // it is not needed any more
  return Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
}

/** @param {string} id */
async function inflated(id) {
  const stream = new Blob([bytesOf(id)]).stream();
  const plain = stream.pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(plain).text());
}

/** An address within this page for bytes or text: the layer fetches by address.
 * @param {BlobPart} content
 */
const addressOf = (content) => URL.createObjectURL(new Blob([content]));

export class Book {
  /** @type {string[] | undefined} what a search looks in, row by row */
  folded;

  /** @param {Omit<Payload, "layers">} facts */
  constructor(facts) {
    this.title = facts.title;
    this.version = facts.version;
    this.made = facts.made;
    this.settings = facts.settings;
    this.credits = facts.credits;
    this.words = facts.words;
    this.datasets = facts.datasets;
    this.ids = facts.ids;
    this.told = facts.told;
    this.dimensions = facts.dimensions;
    this.rows = facts.ids.length;
    this.rowOf = new Map(facts.ids.map((id, row) => [id, row]));
    this.sideWords = new Map(Object.entries(facts.words.sides));
  }

  /** What a column of geo/webmap/told.py says of a row.
   * @param {string} name
   * @param {number} row
   */
  say(name, row) {
    const { of, at } = this.told[name];
    return of[at[row]];
  }

  /** Everything a search looks in, folded; made once, when first asked for. */
  texts() {
    if (!this.folded) {
      const plain = ["summary", "notes", "place", "named", "actors", "claimed"];
      this.folded = Array.from({ length: this.rows }, (_, row) => {
        const parts = plain.map((name) => this.say(name, row));
        for (const { notes } of this.say("tellings", row)) parts.push(notes || "");
        parts.push(...this.say("claims", row).flat(2));
        return fold(parts.join(" "));
      });
    }
    return this.folded;
  }
}

/** Text as it is searched.
 * @param {string} text
 */
export const fold = (text) => text.normalize("NFKC").toLowerCase();

/** Unpack the file. Gives the Book, its settings filled with addresses within the page.
 * @param {boolean} dark
 */
export async function openBook(dark) {
  /** @type {Payload} */
  const { layers, ...facts } = await inflated("story");
  const { base, events } = facts.settings;
  /** @param {string} name */
  const at = (name) => addressOf(layers[name] ?? "");
  const urls = Object.entries(base.urls).map(([name, layer]) => [name, at(layer)]);
  Object.assign(base, { dark, urls: Object.fromEntries(urls) });
  Object.assign(events, { dark, url: addressOf(bytesOf("events")), timeHost: "time" });
  events.title = facts.title;
  events.admin1 = base.urls.admin1;
  events.districts = layers.districts ? at("districts") : null;
  return new Book(facts);
}
