/* The list under the map: the same events as the map shows, as a table that can be read without it.
 * Newest first, a hundred at a time. */

import { el } from "../core/elements.js";
import { capitalise, formatNumber } from "../core/words.js";

const STEP = 100;
const HEADS = ["When", "Event", "Place is", "Deaths", "Side", "To the line", "Summary"];

export class EventList {
  /** `page` has select(row, focus) and shownRows().
   * @param {HTMLElement} host
   * @param {Book} book
   * @param {Page} page
   */
  constructor(host, book, page) {
    this.host = host;
    this.book = book;
    this.page = page;
    this.most = STEP;
    this.caption = el("caption", {});
    this.body = el("tbody", {});
    const heads = el("tr", {}, HEADS.map((head) => el("th", { scope: "col" }, head)));
    this.table = el("table", { class: "sa-table" }, this.caption, el("thead", {}, heads), this.body);
    this.more = el("button", { type: "button", class: "sa-quiet", onclick: () => this.longer() });
    host.replaceChildren(el("h2", {}, "The same events as a list"), this.table, this.more);
    this.body.addEventListener("click", (event) => {
      const line = event.target instanceof Element && event.target.closest("tr");
      if (line && !window.getSelection()?.toString()) page.select(Number(line.dataset.row), true);
    });
  }

  longer() {
    const first = this.most;
    this.most += STEP;
    this.fill();
    this.body.children[first]?.querySelector("button")?.focus();
  }

  refresh() {
    this.most = STEP;
    this.fill();
  }

  fill() {
    const rows = this.page.shownRows();
    const some = rows.slice(0, this.most);
    this.body.replaceChildren(...some.map((row) => this.line(row)));
    this.caption.textContent = rows.length
      ? `${formatNumber(some.length)} of ${formatNumber(rows.length)} shown, newest first`
      : "No events match the filter.";
    this.more.hidden = some.length >= rows.length;
    this.more.textContent = `Show ${formatNumber(Math.min(STEP, rows.length - some.length))} more`;
    this.mark(this.page.selected);
  }

  /** @param {number} row */
  line(row) {
    const { book } = this;
    /** @param {string} name */
    const say = (name) => book.say(name, row);
    /**
     * @param {string} head
     * @param {string} text
     * @param {object} [more]
     */
    const cell = (head, text, more = {}) => el("td", { "data-head": head, dir: "auto", ...more }, text);
    const choose = el("button", { type: "button", class: "sa-link" }, el("bdi", {}, say("title")));
    return el(
      "tr",
      { "data-row": row },
      cell("When", capitalise(say("when")), { class: "sa-tight" }),
      el("th", { scope: "row" }, choose),
      cell("Place is", say("known")),
      cell("Deaths", say("deaths"), { class: "sa-tight" }),
      cell("Side", book.sideWords.get(say("side")) ?? ""),
      cell("To the line", say("distance") || "not known", { class: "sa-tight" }),
      cell("Summary", say("summary") || say("notes")),
    );
  }

  /** Mark the selected row, if it is in the list.
   * @param {number | null} row
   */
  mark(row) {
    for (const line of this.body.querySelectorAll("[aria-current]")) line.removeAttribute("aria-current");
    const line = row === null ? null : this.body.querySelector(`tr[data-row="${row}"]`);
    if (line) line.setAttribute("aria-current", "true");
  }
}
