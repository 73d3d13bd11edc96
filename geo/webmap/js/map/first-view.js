/* The view a map opens with: shown at once, and again when the frame gets its size late (a hidden tab,
 * a slow layout), until the reader moves the map. */

export class FirstView {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {(() => void) | null} */
    this.show = null;
    for (const kind of ["pointerdown", "wheel", "keydown"]) {
      map.getContainer().addEventListener(kind, () => this.release(), { passive: true });
    }
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false, pan: false });
      if (this.show && map.getSize().x > 0) this.show();
    }).observe(map.getContainer());
  }

  /** Whether the map still stands where it opened. */
  get held() {
    return this.show !== null;
  }

  /** @param {() => void} show */
  settle(show) {
    if (this.map.getSize().x > 0) show();
    this.show = show;
  }

  /** From now on the map stands where the reader, or what the reader chose, has brought it. */
  release() {
    this.show = null;
  }
}
