// Names on the page what each video is in the view; the style sheet lays them out. No video is moved: one that leaves
// the document, if only for a moment, stops.

import { setAttribute } from "../shared/dom.js";

/**
 * @param {import("./views.js").Views} views
 * @param {HTMLElement} grid
 * @param {Map<string, import("./tile.js").Tile>} tiles
 */
export function applyViews(views, grid, tiles) {
  setAttribute(grid, "data-view", views.swiped ? "swipe" : views.view);
  grid.style.setProperty("--cut", `${views.cut}%`);
  grid.style.setProperty("--others", String(Math.max(1, tiles.size - 1)));
  for (const [id, tile] of tiles) {
    const side = views.sideOf(id);
    setAttribute(tile.node, "data-side", side);
    setAttribute(tile.node, "data-front", String(id === views.front));
    // What lies out of sight in a view of two is not to be reached by the keyboard either.
    tile.node.inert = views.ofTwo && side === "none";
  }
}
