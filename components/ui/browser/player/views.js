// Which videos are shown, and how: the view, the two sides, the one in front. Knows ids only, no element.

import { VIEWS } from "../shared/constants.js";
import { between } from "./time.js";

/** @typedef {string | null} Id */

const OF_TWO = new Set(["pair", "wipe", "diff"]);

export class Views {
  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    /** @type {string[]} */
    this.ids = []; // of the videos, in their order
    this.view = "grid";
    /** @type {[left: Id, right: Id]} */
    this.pair = [null, null];
    /** @type {Id} */
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

  /**
   * Videos came or went: what was chosen stays chosen while it is there. The same ones in another order: the places
   * stay, or a shuffle would not hide which is which.
   * @param {string[]} ids
   */
  setIds(ids) {
    if (this.isShuffle(ids)) {
      const moved = (/** @type {Id} */ id) => (id === null ? null : (ids[this.ids.indexOf(id)] ?? null));
      this.pair = [moved(this.pair[0]), moved(this.pair[1])];
      this.front = moved(this.front);
    }
    this.ids = ids;
    const there = (/** @type {Id} */ id) => (id !== null && ids.includes(id) ? id : null);
    const other = (/** @type {Id} */ taken) => ids.find((id) => id !== taken) ?? null;
    this.front = there(this.front) ?? ids[0] ?? null;
    const right = there(this.pair[1]);
    const left = there(this.pair[0]) ?? other(right);
    this.pair = [left, right ?? other(left)];
    if (ids.length < 2) this.view = "grid";
  }

  /** @param {string[]} ids */
  isShuffle(ids) {
    const same = ids.length === this.ids.length && ids.every((id) => this.ids.includes(id));
    return same && ids.some((id, place) => id !== this.ids[place]);
  }

  /** @param {string} view */
  choose(view) {
    if (!Object.hasOwn(VIEWS, view) || (this.ids.length < 2 && view !== "grid")) return;
    this.view = view;
    this.onChange();
  }

  chooseNext() {
    const names = Object.keys(VIEWS);
    this.choose(names[(names.indexOf(this.view) + 1) % names.length]);
  }

  /**
   * Choosing the one that stands on the other side changes sides.
   * @param {0 | 1} side
   * @param {string} id
   */
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

  /** @param {string} id */
  bringToFront(id) {
    if (!this.ids.includes(id)) return;
    this.front = id;
    this.onChange();
  }

  /** @param {number} steps */
  bringNext(steps) {
    const { ids } = this;
    const at = (this.front === null ? -1 : ids.indexOf(this.front)) + steps;
    if (ids.length) this.bringToFront(ids[(at + ids.length) % ids.length]);
  }

  /** @param {number} percent */
  wipeTo(percent) {
    this.cut = between(Math.round(percent * 10) / 10, 0, 100);
    this.onChange();
  }

  /**
   * Whether this one is to be seen.
   * @param {string} id
   */
  shows(id) {
    if (this.ofTwo) return this.pair.includes(id);
    return this.swiped ? id === this.front : true;
  }

  /**
   * On which side of a view of two it stands.
   * @param {string} id
   */
  sideOf(id) {
    return (this.ofTwo && ["left", "right"][this.pair.indexOf(id)]) || "none";
  }
}
