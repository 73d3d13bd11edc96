/* What travels in the standalone file: unpacked once, asked by row. */


/** @param {string} id */
function bytesOf(id) {
  const node = document.getElementById(id);
  const bytes = Uint8Array.from(atob(node.textContent.trim()), (letter) => letter.charCodeAt(0));
  node.remove(); // the text is not needed any more
  return bytes;
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
  /** @param {any} facts */
  constructor(facts) {
    Object.assign(this, facts);
    this.rows = facts.ids.length;
    this.rowOf = new Map(facts.ids.map((id, row) => [id, row]));
    this.typeWords = new Map(Object.entries(facts.words.types));
    this.sideWords = new Map(Object.entries(facts.words.sides));
    this.precisionWords = new Map(Object.entries(facts.words.precisions));
    this.datasetWords = new Map(facts.datasets.map(({ name, label }) => [name, label]));
  }

  /** What a column of geo/story/event.py says of a row.
   * @param {string} name
   * @param {number} row
   * @returns {any}
   */
  say(name, row) {
    const { of, at } = this.told[name];
    return of[at[row]];
  }

  /** @param {number} row */
  kind(row) {
    const code = this.say("type", row);
    return this.typeWords.get(code) ?? code;
  }

  /** What and where: "Suicide attack, Torkham".
   * @param {number} row
   */
  headline(row) {
    const place = this.say("named", row) || this.say("place", row);
    return place ? `${this.kind(row)}, ${place}` : this.kind(row);
  }

  /** Everything a search looks in, folded; made once, when first asked for. */
  texts() {
    if (!this.folded) {
      const plain = ["summary", "notes", "place", "named", "actors", "claimed"];
      this.folded = Array.from({ length: this.rows }, (_, row) => {
        const parts = plain.map((name) => this.say(name, row));
        for (const { notes, claims } of this.say("tellings", row)) {
          parts.push(notes || "", ...(claims || []).flat());
        }
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
  const book = new Book(await inflated("story"));
  const { base, events } = book.settings;
  /** @param {string} name */
  const at = (name) => book.layers[name] && addressOf(book.layers[name]);
  Object.assign(base, { dark, urls: { ...base.urls } });
  for (const name of Object.keys(base.urls)) base.urls[name] = at(base.urls[name]);
  Object.assign(events, { dark, url: addressOf(bytesOf("events")), timeHost: "time" });
  events.title = book.title;
  events.admin1 = base.urls.admin1;
  events.districts = at(events.districts);
  delete book.layers;
  return book;
}
