// How the videos lie on the page. Only names what each one is; the style sheet lays them out, and no video is moved:
// one that leaves the document, if only for a moment, stops.

import { VIEWS } from "../shared/constants.js";
import { tell } from "../shared/dom.js";

const OF_TWO = new Set(["pair", "wipe", "diff"]);

export class Views {
  constructor(onChange) {
    this.onChange = onChange;
    this.ids = []; // of the videos, in their order
    this.view = "grid";
    this.pair = [null, null]; // left and right, by id
    this.front = null; // the large one, or the one in sight where one swipes
    this.cut = 50; // percent of the width that the wipe leaves to the left one
    this.narrow = false;
  }

  get ofTwo() {
    return OF_TWO.has(this.view);
  }

  get swiped() {
    return this.narrow && this.view === "grid" && this.ids.length > 1;
  }

  // Videos came or went: what was chosen stays chosen while it is there. The same ones in another order: the places
  // stay, or a shuffle would not hide which is which.
  meet(ids) {
    if (this.shuffled(ids)) {
      const moved = (id) => ids[this.ids.indexOf(id)] ?? null;
      this.pair = this.pair.map(moved);
      this.front = moved(this.front);
    }
    this.ids = ids;
    const there = (id) => (ids.includes(id) ? id : null);
    if (!there(this.front)) this.front = ids[0] ?? null;
    const [left, right] = this.pair.map(there);
    const other = (taken) => ids.find((id) => id !== taken) ?? null;
    this.pair = [left ?? other(right), right];
    this.pair[1] = right ?? other(this.pair[0]);
    if (ids.length < 2) this.view = "grid";
  }

  shuffled(ids) {
    const same = ids.length === this.ids.length && ids.every((id) => this.ids.includes(id));
    return same && ids.some((id, place) => id !== this.ids[place]);
  }

  choose(view) {
    if (!VIEWS[view] || (this.ids.length < 2 && view !== "grid")) return;
    this.view = view;
    this.onChange();
  }

  next() {
    const names = Object.keys(VIEWS);
    this.choose(names[(names.indexOf(this.view) + 1) % names.length]);
  }

  // Choosing the one that stands on the other side changes sides.
  choosePair(side, id) {
    if (!this.ids.includes(id)) return;
    if (this.pair[1 - side] === id) this.pair.reverse();
    else this.pair[side] = id;
    this.onChange();
  }

  swap() {
    this.pair.reverse();
    this.onChange();
  }

  bring(id) {
    if (!this.ids.includes(id)) return;
    this.front = id;
    this.onChange();
  }

  bringNext(steps) {
    const { ids } = this;
    const at = ids.indexOf(this.front) + steps;
    if (ids.length) this.bring(ids[(at + ids.length) % ids.length]);
  }

  wipeTo(percent) {
    this.cut = Math.min(Math.max(Math.round(percent * 10) / 10, 0), 100);
    this.onChange();
  }

  // Whether this one is to be seen.
  shows(id) {
    if (this.ofTwo) return this.pair.includes(id);
    return this.swiped ? id === this.front : true;
  }

  // --- to the screen

  apply(grid, tiles) {
    tell(grid, "data-view", this.swiped ? "swipe" : this.view);
    grid.style.setProperty("--cut", `${this.cut}%`);
    grid.style.setProperty("--others", String(Math.max(1, tiles.size - 1)));
    for (const [id, tile] of tiles) {
      const side = this.ofTwo ? ["left", "right"][this.pair.indexOf(id)] ?? "none" : "none";
      tell(tile.node, "data-side", side);
      tell(tile.node, "data-front", String(id === this.front));
      // What lies out of sight in a view of two is not to be reached by the keyboard either.
      tile.node.inert = this.ofTwo && side === "none";
    }
  }
}
