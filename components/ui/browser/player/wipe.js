// The pane over two stacked videos: a line to drag across them, or a hint at what their difference says.

import { el, icon, setAttribute, setVisible } from "../shared/dom.js";
import { ICONS } from "./icons.js";
import { cutAfterKey } from "./keys.js";

/** @typedef {import("./views.js").Views} Views */

const DIFFERENCE = "Black is equal. What glows differs; it is shown three times as bright.";

export class Wipe {
  /**
   * @param {Views} views
   * @param {() => void} togglePlay
   */
  constructor(views, togglePlay) {
    this.views = views;
    const range = { "aria-valuemin": "0", "aria-valuemax": "100" };
    this.line = el("div", { class: "line", role: "slider", tabindex: "0", "aria-label": "Wipe", ...range });
    this.line.append(el("span", { class: "knob" }, icon(ICONS.wipe)));
    this.line.onkeydown = (event) => this.onKey(event);
    this.hint = el("p", { class: "explanation" }, DIFFERENCE);
    this.node = el("div", { class: "overlay", hidden: "" }, this.line, this.hint);
    this.node.onpointerdown = (event) => this.onPointerDown(event);
    this.node.onpointermove = (event) => this.node.hasPointerCapture(event.pointerId) && this.dragTo(event);
    this.node.onclick = () => views.view === "diff" && togglePlay();
  }

  /** @param {PointerEvent} event */
  onPointerDown(event) {
    if (this.views.view !== "wipe" || event.button !== 0) return;
    event.preventDefault();
    this.line.focus({ preventScroll: true });
    this.node.setPointerCapture(event.pointerId);
    // A finger that only scrolls past begins here too: it moves the line with its first step aside.
    if (event.pointerType !== "touch") this.dragTo(event);
  }

  /** @param {PointerEvent} event */
  dragTo(event) {
    const { left, width } = this.node.getBoundingClientRect();
    this.views.wipeTo((100 * (event.clientX - left)) / width);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const goal = cutAfterKey(event.key, this.views.cut);
    if (goal === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.views.wipeTo(goal);
  }

  /** @param {number} percent */
  moveBy(percent) {
    if (this.views.view === "wipe") this.views.wipeTo(this.views.cut + percent);
  }

  reflect() {
    const { view, cut } = this.views;
    setVisible(this.node, view === "wipe" || view === "diff");
    setVisible(this.line, view === "wipe");
    setVisible(this.hint, view === "diff");
    setAttribute(this.node, "data-view", view);
    setAttribute(this.line, "aria-valuenow", String(cut));
    setAttribute(this.line, "aria-valuetext", `${Math.round(cut)} % left, ${Math.round(100 - cut)} % right`);
  }
}
