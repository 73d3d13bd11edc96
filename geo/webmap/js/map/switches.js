/* Two choices on the map itself: counts and points or heat, and only what is known to 25 km. They
 * belong to the picture, not to the filter: the page's counts stay, and the switch says what it hides. */

import { formatNumber } from "../core/words.js";

/**
 * @param {string} words
 * @param {boolean} on
 * @param {(on: boolean) => void} changed
 */
function tick(words, on, changed) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = on;
  box.addEventListener("change", () => changed(box.checked));
  const text = document.createElement("span");
  text.textContent = words;
  label.append(box, text);
  return [label, text];
}

/** Add both, top right.
 * @param {L.Map} map
 * @param {EventLayer} layer
 */
export function addSwitches(map, layer) {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const panel = L.DomUtil.create("div", "border-map-options");
    const known25 = "Only what is known to 25 km";
    const [known, words] = tick(known25, layer.onlyKnown, (on) => layer.setOnlyKnown(on));
    const [heat] = tick("Heat", layer.heat, (on) => layer.setHeat(on));
    panel.append(known, heat);
    layer.on("counted", () => {
      const { vague } = layer.counts;
      const hidden = layer.onlyKnown ? ` (${formatNumber(vague)} hidden)` : "";
      words.textContent = known25 + hidden;
    });
    L.DomEvent.disableClickPropagation(panel);
    L.DomEvent.disableScrollPropagation(panel);
    return panel;
  };
  control.addTo(map);
}
