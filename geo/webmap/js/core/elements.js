/* Elements of the page. Text from the data only ever becomes text of a node: nothing writes HTML. */

/** An element with attributes and children; a string child becomes text, null is left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [facts]
 * @param {...any} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, facts = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== ""));
  return node;
}

/** What draws on a canvas.
 * @param {HTMLCanvasElement} canvas
 * @returns {Ink}
 */
export function inkOf(canvas) {
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this browser draws on no canvas");
  return ctx;
}

/** An element that the page is known to have.
 * @param {string} id
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/** Whether the reader asked for little motion. */
export const wantsLittleMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
