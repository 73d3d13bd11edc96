// Tab from the button of an open popover goes into it, and out of its end on to what follows the
// button: Streamlit draws popovers at the end of the page, where no one finds them by keyboard.
const STOPS = [
  "a[href]",
  "button",
  "input",
  "select",
  "textarea",
  "[tabindex]",
  "[contenteditable=true]",
].join();

function stopsIn(body) {
  return [...body.querySelectorAll(STOPS)].filter(
    (node) => node.tabIndex >= 0 && !node.disabled && node.getClientRects().length,
  );
}

/** Focus the first stop, as soon as there is one: a popover opens before it is filled. */
function enter(body, tries = 60) {
  const [first] = stopsIn(body);
  if (first) first.focus();
  else if (tries) setTimeout(enter, 30, body, tries - 1);
}

function tab(event) {
  if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey) return;
  const body = document.querySelector("[data-testid=stPopoverBody]");
  const opener = document.querySelector("[data-testid=stPopoverButton][aria-expanded=true]");
  if (!body || !opener) return;
  const stops = stopsIn(body);
  const at = document.activeElement;
  if (at === opener && !event.shiftKey) {
    event.preventDefault();
    enter(body);
  } else if (body.contains(at) && event.shiftKey && at === stops[0]) {
    event.preventDefault();
    opener.focus();
  } else if (body.contains(at) && !event.shiftKey && at === stops.at(-1)) {
    opener.focus(); // the browser goes on from here
  }
}

export default function () {
  if (window.borderMapPopoverKeys) return;
  window.borderMapPopoverKeys = true;
  document.addEventListener("keydown", tab, true);
}
