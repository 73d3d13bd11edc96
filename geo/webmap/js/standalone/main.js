/* Where the standalone file starts: it unpacks what it carries, makes the map and the page around it. */

import { byId } from "../core/elements.js";
import { base, events } from "../map/main.js";
import { about } from "./about.js";
import { openBook } from "./book.js";
import { Page } from "./page.js";

/** @param {unknown} problem */
function fail(problem) {
  window.console.error(problem);
  const node = byId("problem");
  node.hidden = false;
  node.textContent =
    "This file could not be opened. It needs a browser from 2023 or later (Firefox 113, Chrome 103, Safari 16.4); if yours is newer, the file may be damaged: copy it again.";
}

async function start() {
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", () => location.reload()); // the address keeps the view
  const book = await openBook(scheme.matches);
  about(book);
  byId("map").replaceChildren();
  const map = L.map("map", { ...book.settings.map, center: [33, 67.4], zoom: 6, attributionControl: false });
  base(map, book.settings.base);
  new Page(book, events(map, book.settings.events));
}

start().catch(fail);
