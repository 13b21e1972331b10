// The pane over two stacked videos: a line to drag across them, or a hint at what their difference says.

import { el, icon, show, tell } from "../shared/dom.js";
import { ICONS } from "./icons.js";

const STEP = 2; // percent a press of a key

export class Wipe {
  constructor(views, toggle) {
    this.views = views;
    this.line = el("div", { class: "line", role: "slider", tabindex: "0", "aria-label": "Wipe", "aria-valuemin": "0", "aria-valuemax": "100" });
    this.line.append(el("span", { class: "knob" }, icon(ICONS.wipe)));
    this.line.onkeydown = (event) => this.key(event);
    this.hint = el("p", { class: "saying" }, "Black is equal. What glows differs; it is shown three times as bright.");
    this.node = el("div", { class: "glass", hidden: "" }, this.line, this.hint);
    this.node.onpointerdown = (event) => this.grab(event);
    this.node.onpointermove = (event) => this.node.hasPointerCapture(event.pointerId) && this.drag(event);
    this.node.onclick = () => views.view === "diff" && toggle();
  }

  grab(event) {
    if (this.views.view !== "wipe" || event.button !== 0) return;
    event.preventDefault();
    this.line.focus({ preventScroll: true });
    this.node.setPointerCapture(event.pointerId);
    // A finger that only scrolls past begins here too: it moves the line with its first step aside.
    if (event.pointerType !== "touch") this.drag(event);
  }

  drag(event) {
    const { left, width } = this.node.getBoundingClientRect();
    this.views.wipeTo((100 * (event.clientX - left)) / width);
  }

  key(event) {
    const { views } = this;
    const goal = {
      ArrowLeft: views.cut - STEP,
      ArrowDown: views.cut - STEP,
      ArrowRight: views.cut + STEP,
      ArrowUp: views.cut + STEP,
      PageDown: views.cut - 5 * STEP,
      PageUp: views.cut + 5 * STEP,
      Home: 0,
      End: 100,
    }[event.key];
    if (goal === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    views.wipeTo(goal);
  }

  step(direction) {
    if (this.views.view === "wipe") this.views.wipeTo(this.views.cut + direction * STEP);
  }

  reflect() {
    const { view, cut } = this.views;
    show(this.node, view === "wipe" || view === "diff");
    show(this.line, view === "wipe");
    show(this.hint, view === "diff");
    tell(this.node, "data-view", view);
    tell(this.line, "aria-valuenow", String(cut));
    tell(this.line, "aria-valuetext", `${Math.round(cut)} % left, ${Math.round(100 - cut)} % right`);
  }
}
