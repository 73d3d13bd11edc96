// A newly chosen event or place is told from its first line on, and on a narrow screen, where the
// panel lies below the map, the page moves to it. What the page opens with moves nothing.
const NARROW = "(max-width: 640px)";
const CALM = "(prefers-reduced-motion: reduce)";

export default function ({ data }) {
  const before = window.borderMapChosen;
  window.borderMapChosen = data.chosen;
  if (before === undefined || before === data.chosen) return;
  const panel = document.querySelector(".st-key-panel");
  if (!panel) return;
  panel.scrollTop = 0;
  panel.parentElement.scrollTop = 0;
  if (!data.chosen || !matchMedia(NARROW).matches) return;
  panel.scrollIntoView({ block: "start", behavior: matchMedia(CALM).matches ? "auto" : "smooth" });
}
