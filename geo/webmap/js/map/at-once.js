/* streamlit-folium hands a click on a quarter of a second later, in case a hand is still dragging or
 * drawing. An answer of ours is whole when it is given, so it goes to Python at once, as what
 * streamlit-folium would send; that then finds nothing new to send. Where its state is not found, as
 * in a later version, its own way is waited for. */

/** What streamlit-folium keeps in the map's frame, as far as it is needed here.
 * @typedef {{ returned_objects?: string[], last_active_drawing?: object, previous_data?: object }} Kept
 */

const DRAWING = "last_active_drawing";

/** Send what was clicked last to Python, in the words of Streamlit's protocol for components. */
export function sendAtOnce() {
  const kept = /** @type {{ __GLOBAL_DATA__?: Kept }} */ (globalThis).__GLOBAL_DATA__;
  const drawing = kept?.last_active_drawing;
  if (!kept || !drawing || kept.returned_objects?.join() !== DRAWING) return;
  const value = { [DRAWING]: drawing };
  kept.previous_data = value;
  const message = { isStreamlitMessage: true, type: "streamlit:setComponentValue", dataType: "json", value };
  window.parent.postMessage(message, "*");
}
