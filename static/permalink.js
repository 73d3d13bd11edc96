/* Where the map stands goes into the address of the page around the frame, while the reader moves
 * it: a link copied from there opens the same view. Written in place, so neither Python nor the
 * browser's history hears of it, and nothing is rerun. A page of another site around the frame
 * keeps its address. */
(() => {
  "use strict";

  const BM = window.BorderMap;
  const REST = 250; // ms after which a map counts as come to rest
  const VIEW = /(^|&)view=[^&]*/;

  /** The page around the frame, or null where there is none or it belongs to another site. */
  function pageAround() {
    try {
      return window.parent !== window && window.parent.location.href ? window.parent : null;
    } catch {
      return null;
    }
  }

  /** The query with the view in it, the rest as it was written. */
  BM.withView = (search, [lat, lon, zoom]) => {
    const rest = search.replace(/^\?/, "").replace(VIEW, "").replace(/^&/, "");
    return `?${rest ? `${rest}&` : ""}view=${lat},${lon},${zoom}`;
  };

  BM.permalink = (map) => {
    const page = pageAround();
    let timer;
    const write = () => {
      if (BM.showFirst) return; // the first view, or the link's own: the reader has not moved it
      const middle = map.getCenter();
      const view = [BM.round(middle.lat, 4), BM.round(middle.lng, 4), map.getZoom()];
      const { pathname, search, hash } = page.location;
      const query = BM.withView(search, view);
      if (query !== search) page.history.replaceState(page.history.state, "", pathname + query + hash);
    };
    /** Also called after a filter from Python, which may have written the address anew. */
    BM.writeView = () => {
      clearTimeout(timer);
      if (page) timer = setTimeout(write, REST);
    };
    map.on("moveend", BM.writeView);
  };
})();
