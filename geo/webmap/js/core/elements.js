/* Elements of the page. Text from the data only ever becomes text of a node: nothing writes HTML. */

/** An element with attributes and children; a string child becomes text, null is left out. */
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

export const byId = (id) => document.getElementById(id);

/** Whether the reader asked for little motion. */
export const wantsLittleMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
