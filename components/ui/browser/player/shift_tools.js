// The small tools under a video: hear it, and shift it against the others. Knows one video's name and shift.

import { el, setAttribute, setText, setVisible } from "../shared/dom.js";
import { shiftText, shiftTitle } from "./shift.js";

const TENTH = 0.1;

/**
 * What the tools ask of the comparison.
 * @typedef {{
 *   hear: (id: string) => void,
 *   shift: (id: string, bySeconds: number) => void,
 *   resetShift: (id: string) => void,
 *   frameSeconds: (id: string) => number,
 * }} ShiftRequests
 */

export class ShiftTools {
  /**
   * @param {import("./tile.js").Tile} tile
   * @param {ShiftRequests} requests
   */
  constructor(tile, requests) {
    this.tile = tile;
    this.requests = requests;
    this.name = "";
    const hear = { class: "pill ear", type: "button", onclick: () => requests.hear(tile.id) };
    const toggle = { class: "pill shift", type: "button", "aria-expanded": "false", onclick: () => this.toggle() };
    const reset = { class: "pill step", type: "button", title: "No shift (0)" };
    this.hear = el("button", hear, "♪");
    this.pill = el("button", toggle);
    this.reset = el("button", { ...reset, onclick: () => requests.resetShift(tile.id) }, "reset");
    this.steps = el("span", { class: "steps", role: "group", hidden: "" }, ...this.makeSteps(), this.reset);
    this.node = el("div", { class: "tools" }, this.steps, this.pill, this.hear);
    this.reflect({ shift: 0, heard: false });
  }

  makeSteps() {
    const { id } = this.tile;
    const { shift, frameSeconds } = this.requests;
    const step = (/** @type {string} */ text, /** @type {string} */ label, /** @type {() => number} */ by) => {
      const props = { class: "pill step", type: "button", "aria-label": label, title: label };
      return el("button", { ...props, onclick: () => shift(id, by()) }, text);
    };
    return [
      step("−0.1 s", "0.1 s back", () => -TENTH),
      step("−1 f", "One frame back", () => -frameSeconds(id)),
      step("+1 f", "One frame ahead", () => frameSeconds(id)),
      step("+0.1 s", "0.1 s ahead", () => TENTH),
    ];
  }

  toggle() {
    setVisible(this.steps, Boolean(this.steps.hidden));
    setAttribute(this.pill, "aria-expanded", String(!this.steps.hidden));
    setAttribute(this.tile.node, "data-shifting", String(!this.steps.hidden));
  }

  /**
   * The steps are named by what they move, once it has a name.
   * @param {string} name
   */
  setName(name) {
    this.name = name;
    setAttribute(this.hear, "aria-label", `♪ Hear ${name}`);
    setAttribute(this.steps, "aria-label", `Shift ${name}`);
    setAttribute(this.node, "data-clip", String(Boolean(this.tile.video)));
  }

  /** @param {{shift: number, heard: boolean}} state */
  reflect({ shift, heard }) {
    setText(this.pill, shiftText(shift));
    setAttribute(this.pill, "aria-label", `Shift ${this.name}: ${shift ? shiftText(shift) : "none"}`);
    setAttribute(this.pill, "title", shiftTitle(shift));
    setAttribute(this.pill, "data-changed", String(shift !== 0));
    setAttribute(this.hear, "aria-pressed", String(heard));
    setAttribute(this.hear, "title", heard ? "The sound is from this one" : "Hear this one");
    this.reset.disabled = shift === 0;
  }
}
