/* What travels in the standalone file: unpacked once, asked by row. */


function bytesOf(id) {
  const node = document.getElementById(id);
  const bytes = Uint8Array.from(atob(node.textContent.trim()), (letter) => letter.charCodeAt(0));
  node.remove(); // the text is not needed any more
  return bytes;
}

async function inflated(id) {
  const stream = new Blob([bytesOf(id)]).stream();
  const plain = stream.pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(plain).text());
}

/** An address within this page for bytes or text: the layer fetches by address. */
const addressOf = (content) => URL.createObjectURL(new Blob([content]));

export class Book {
  constructor(facts) {
    Object.assign(this, facts);
    this.rows = facts.ids.length;
    this.rowOf = new Map(facts.ids.map((id, row) => [id, row]));
    this.sideWords = new Map(Object.entries(facts.words.sides));
  }

  /** What a column of geo/webmap/told.py says of a row. */
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

/** Text as it is searched. */
export const fold = (text) => text.normalize("NFKC").toLowerCase();

/** Unpack the file. Gives the Book, its settings filled with addresses within the page. */
export async function openBook(dark) {
  const book = new Book(await inflated("story"));
  const { base, events } = book.settings;
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
