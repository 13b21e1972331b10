// On a narrow page the grid is a row to swipe through: which one is in sight, and dots that say so.

import { el, say, show, tell } from "../shared/dom.js";

export class Swipe {
  constructor(views, grid) {
    Object.assign(this, { views, grid });
    this.goal = null; // where a scroll of ours is going
    this.dots = el("span", { class: "dots" });
    this.count = el("span", { class: "count", role: "status" });
    this.node = el("div", { class: "swipe", role: "group", "aria-label": "Videos", hidden: "" }, this.dots, this.count);
    grid.addEventListener("scroll", () => this.look(), { passive: true });
    for (const name of ["scrollend", "pointerdown", "wheel"]) {
      grid.addEventListener(name, () => (this.goal = null), { passive: true });
    }
  }

  // The person's finger decides; nothing is scrolled back.
  look() {
    const { views, grid } = this;
    if (!views.swiped || !grid.clientWidth) return;
    const at = Math.round(grid.scrollLeft / (grid.clientWidth + this.gap()));
    const id = views.ids[at];
    if (this.goal === at) this.goal = null;
    if (this.goal !== null) return; // what it passes on its way is not chosen
    if (id && id !== views.front) views.bring(id);
  }

  gap() {
    return parseFloat(getComputedStyle(this.grid).columnGap) || 0;
  }

  // Scrolls to the one that was chosen by other means than the finger.
  go(id, behavior = "smooth") {
    const at = this.views.ids.indexOf(id);
    const left = at * (this.grid.clientWidth + this.gap());
    if (Math.abs(this.grid.scrollLeft - left) < 1) return;
    this.goal = at;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.grid.scrollTo({ left, behavior: calm ? "instant" : behavior });
  }

  reflect(names) {
    const { views } = this;
    show(this.node, views.swiped);
    if (views.swiped && !this.wasSwiped) this.go(views.front, "instant");
    this.wasSwiped = views.swiped;
    if (!views.swiped) return;
    if (this.dots.childElementCount !== views.ids.length) this.dots.replaceChildren(...views.ids.map((_, at) => this.dot(at)));
    views.ids.forEach((id, at) => {
      const dot = this.dots.children[at];
      tell(dot, "aria-label", `Show ${names.get(id) ?? ""}`);
      tell(dot, "aria-current", String(id === views.front));
    });
    say(this.count, `${views.ids.indexOf(views.front) + 1} of ${views.ids.length}`);
  }

  dot(at) {
    return el("button", { class: "dot", type: "button", onclick: () => this.go(this.views.ids[at]) });
  }
}
