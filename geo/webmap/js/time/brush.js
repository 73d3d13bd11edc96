/* Hands on the histogram: drag to choose dates, drag the chosen part to move it, drag its ends, tap
 * a bar; and the same with keys. Dates snap to the bars. */

/** @typedef {{ hold: string, x: number, start: number, bins: number[], moved: boolean }} Drag what is held, from where, and the bins chosen then */

/** @type {Record<string, number>} */
const GRIP = { mouse: 6, touch: 16, pen: 10 }; // px around an end that take hold of it
const SLIP = 4; // px a tap may move

/** Which of the two sliders an element is, or "".
 * @param {EventTarget | null} node
 */
const endOf = (node) => (node instanceof HTMLElement && node.dataset.end) || "";

/** What a press at `x` takes hold of: an end, the range, or nothing (a new range).
 * @param {Timeline} time
 * @param {number} x
 * @param {number} grip
 * @param {EventTarget | null} node
 */
export function holdAt(time, x, grip, node) {
  const { range } = time.layer;
  const end = endOf(node);
  if (end) return end;
  if (!range) return "new";
  const [from, to] = time.ends(range);
  if (Math.abs(x - from) <= grip) return "from";
  if (Math.abs(x - to) <= grip) return "to";
  return x > from && x < to ? "range" : "new";
}

/** The range while something is dragged from edge `start` to edge `now` (numbers of edges).
 * @param {Timeline} time
 * @param {Drag} drag
 * @param {number} now
 */
export function dragged(time, drag, now) {
  const { bins } = time.calendar;
  const [from, to] = drag.bins;
  if (drag.hold === "range") {
    const shift = Math.min(Math.max(now - drag.start, -from), bins - 1 - to);
    return time.player.rangeOf(from + shift, to + shift);
  }
  const other = { from: to + 1, to: from }[drag.hold] ?? drag.start;
  const [low, high] = [Math.min(other, now), Math.max(other, now)];
  if (low < high) return time.player.rangeOf(low, high - 1);
  return time.player.rangeOf(Math.min(low, bins - 1), Math.min(low, bins - 1));
}

/** @param {Timeline} time */
function pointing(time) {
  const { chart } = time;
  /** @type {Drag | null} */
  let drag = null;
  /** @param {PointerEvent} event */
  const xOf = (event) => event.clientX - chart.getBoundingClientRect().left;
  chart.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const x = xOf(event);
    const hold = holdAt(time, x, GRIP[event.pointerType] || 8, event.target);
    const { range } = time.layer;
    drag = { hold, x, start: time.edgeAt(x), bins: time.player.binsOf(range), moved: false };
    chart.setPointerCapture(event.pointerId);
    time.player.drop();
  });
  chart.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const x = xOf(event);
    if (!drag.moved && Math.abs(x - drag.x) < SLIP) return;
    drag.moved = true;
    time.set(dragged(time, drag, time.edgeAt(x)), false);
  });
  chart.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const tapped = !drag.moved && drag.hold === "new";
    const bin = time.calendar.bin(Math.floor(time.dayAt(xOf(event))));
    if (tapped) time.set(time.player.rangeOf(bin, bin), true);
    else if (drag.moved) time.set(time.layer.range, true);
    drag = null;
  });
  chart.addEventListener("pointercancel", () => {
    if (drag && drag.moved) time.set(time.layer.range, true);
    drag = null;
  });
}

/** One end moved by `steps` bins, or to the first or last bin; never past the other.
 * @param {Timeline} time
 * @param {string} end
 * @param {number} steps
 */
export function endMoved(time, end, steps) {
  const last = time.calendar.bins - 1;
  const [from, to] = time.player.binsOf(time.layer.range);
  /**
   * @param {number} bin
   * @param {number} low
   * @param {number} high
   */
  const within = (bin, low, high) => Math.min(Math.max(bin, low), high);
  return end === "from"
    ? time.player.rangeOf(within(from + steps, 0, to), to)
    : time.player.rangeOf(from, within(to + steps, from, last));
}

/** @type {Record<string, number>} */
const STEPS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -12,
  PageUp: 12,
  Home: -Infinity,
  End: Infinity,
};

/** @param {Timeline} time */
function keys(time) {
  time.chart.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { range } = time.layer;
    const end = endOf(event.target) || (event.shiftKey ? "to" : "");
    if (event.key === " ") time.player.toggle(range);
    else if (event.key === "Escape" && range) time.set(null, true);
    else if (event.key in STEPS) {
      const bound = time.calendar.bins;
      const steps = Math.min(Math.max(STEPS[event.key], -bound), bound);
      time.setSoon(end ? endMoved(time, end, steps) : time.player.moved(range, steps));
    } else return;
    event.preventDefault();
  });
}

/** Give the histogram of a Timeline its pointer and its keys.
 * @param {Timeline} time
 */
export function addBrush(time) {
  pointing(time);
  keys(time);
}
