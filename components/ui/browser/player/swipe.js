// On a narrow page the grid is a row to swipe through: which one is in sight, and dots that say so.

import { el, setAttribute, setText, setVisible } from "../shared/dom.js";

/** @typedef {import("./views.js").Views} Views */

/**
 * Which place of the row is in sight.
 * @param {number} scrolled pixels
 * @param {number} width of one place
 * @param {number} gap between two
 */
export const placeInSight = (scrolled, width, gap) => Math.round(scrolled / (width + gap));

export class Swipe {
  /**
   * @param {Views} views
   * @param {HTMLElement} grid
   */
  constructor(views, grid) {
    this.views = views;
    this.grid = grid;
    /** @type {number | null} */
    this.goal = null; // where a scroll of ours is going
    this.wasSwiped = false;
    this.dots = el("span", { class: "dots" });
    this.count = el("span", { class: "count", role: "status" });
    const props = { class: "swipe", role: "group", "aria-label": "Videos", hidden: "" };
    this.node = el("div", props, this.dots, this.count);
    grid.addEventListener("scroll", () => this.onScroll(), { passive: true });
    const forget = () => {
      this.goal = null;
    };
    for (const name of ["scrollend", "pointerdown", "wheel"])
      grid.addEventListener(name, forget, { passive: true });
  }

  // The person's finger decides; nothing is scrolled back.
  onScroll() {
    const { views, grid } = this;
    if (!views.swiped || !grid.clientWidth) return;
    const at = placeInSight(grid.scrollLeft, grid.clientWidth, this.gap());
    const id = views.ids[at];
    if (this.goal === at) this.goal = null;
    if (this.goal !== null) return; // what it passes on its way is not chosen
    if (id && id !== views.front) views.bringToFront(id);
  }

  gap() {
    return parseFloat(getComputedStyle(this.grid).columnGap) || 0;
  }

  /**
   * Scrolls to the one that was chosen by other means than the finger.
   * @param {string | null} id
   * @param {ScrollBehavior} [behavior]
   */
  scrollTo(id, behavior = "smooth") {
    const at = id === null ? -1 : this.views.ids.indexOf(id);
    const left = at * (this.grid.clientWidth + this.gap());
    if (Math.abs(this.grid.scrollLeft - left) < 1) return;
    this.goal = at;
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.grid.scrollTo({ left, behavior: reduced ? "instant" : behavior });
  }

  /** @param {Map<string, string>} names */
  reflect(names) {
    const { views } = this;
    setVisible(this.node, views.swiped);
    if (views.swiped && !this.wasSwiped) this.scrollTo(views.front, "instant");
    this.wasSwiped = views.swiped;
    if (!views.swiped) return;
    if (this.dots.childElementCount !== views.ids.length) {
      this.dots.replaceChildren(...views.ids.map((_, at) => this.makeDot(at)));
    }
    views.ids.forEach((id, at) => {
      const dot = this.dots.children[at];
      setAttribute(dot, "aria-label", `Show ${names.get(id) ?? ""}`);
      setAttribute(dot, "aria-current", String(id === views.front));
    });
    const place = views.front === null ? 0 : views.ids.indexOf(views.front) + 1;
    setText(this.count, `${place} of ${views.ids.length}`);
  }

  /** @param {number} at */
  makeDot(at) {
    return el("button", { class: "dot", type: "button", onclick: () => this.scrollTo(this.views.ids[at]) });
  }
}
