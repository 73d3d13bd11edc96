import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { sendAtOnce } from "../../../geo/webmap/js/map/at-once.js";

const drawing = { type: "Feature", properties: { row: 3 } };
let sent;

beforeEach(() => {
  sent = [];
  globalThis.window = { parent: { postMessage: (message) => sent.push(message) } };
});

afterEach(() => {
  delete globalThis.window;
  delete globalThis.__GLOBAL_DATA__;
});

test("an answer goes to Python as streamlit-folium would send it, and is not sent twice", () => {
  const kept = { returned_objects: ["last_active_drawing"], last_active_drawing: drawing };
  globalThis.__GLOBAL_DATA__ = kept;
  sendAtOnce();
  const value = { last_active_drawing: drawing };
  assert.deepEqual(sent.map((message) => [message.type, message.value]), [["streamlit:setComponentValue", value]]);
  assert.deepEqual(kept.previous_data, value);
});

test("without streamlit-folium, or where it returns more than the drawing, its own way is waited for", () => {
  sendAtOnce();
  globalThis.__GLOBAL_DATA__ = { returned_objects: ["zoom"], last_active_drawing: drawing };
  sendAtOnce();
  globalThis.__GLOBAL_DATA__ = { returned_objects: ["last_active_drawing"] };
  sendAtOnce();
  assert.deepEqual(sent, []);
});
