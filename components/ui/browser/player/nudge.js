// The small tools under a video: hear it, and shift it against the others. Knows one video's number and shift.

import { SHIFT_LIMIT } from "../shared/constants.js";
import { el, say, show, tell } from "../shared/dom.js";
import { between } from "./member.js";

const TENTH = 0.1;

// Rounded, so that ten steps of 0.1 and back again are nothing.
export const shifted = (shift, by) => between(Math.round((shift + by) * 1e4) / 1e4, -SHIFT_LIMIT, SHIFT_LIMIT);

export const shiftWords = (shift) => (shift ? `${shift > 0 ? "+" : "−"}${Math.abs(shift).toFixed(2)} s` : "shift");

export class Nudge {
  constructor(tile, asks) {
    this.tile = tile;
    this.asks = asks; // hear(id), shift(id, by seconds), unshift(id), frame(id) in seconds
    this.hear = el("button", { class: "pill ear", type: "button", onclick: () => asks.hear(tile.id) }, "♪");
    this.pill = el("button", { class: "pill shift", type: "button", "aria-expanded": "false", onclick: () => this.toggle() });
    this.steps = el("span", { class: "steps", role: "group", hidden: "" }, ...this.makeSteps());
    this.node = el("div", { class: "tools" }, this.steps, this.pill, this.hear);
    this.reflect({ shift: 0, heard: false });
  }

  makeSteps() {
    const { id } = this.tile;
    const { shift, unshift, frame } = this.asks;
    const step = (text, label, by) =>
      el("button", { class: "pill step", type: "button", "aria-label": label, title: label, onclick: () => shift(id, by()) }, text);
    this.reset = el("button", { class: "pill step", type: "button", title: "No shift (0)", onclick: () => unshift(id) }, "reset");
    return [
      step("−0.1 s", "0.1 s back", () => -TENTH),
      step("−1 f", "One frame back", () => -frame(id)),
      step("+1 f", "One frame ahead", () => frame(id)),
      step("+0.1 s", "0.1 s ahead", () => TENTH),
      this.reset,
    ];
  }

  toggle() {
    show(this.steps, this.steps.hidden);
    tell(this.pill, "aria-expanded", String(!this.steps.hidden));
    tell(this.tile.node, "data-shifting", String(!this.steps.hidden));
  }

  // The steps are named by what they move, once it has a name.
  name(words) {
    this.words = words;
    tell(this.hear, "aria-label", `♪ Hear ${words}`);
    tell(this.steps, "aria-label", `Shift ${words}`);
    tell(this.node, "data-clip", String(Boolean(this.tile.video)));
  }

  reflect({ shift, heard }) {
    const words = shiftWords(shift);
    say(this.pill, words);
    tell(this.pill, "aria-label", `Shift ${this.words ?? ""}: ${shift ? words : "none"}`);
    tell(this.pill, "title", shift ? `Runs ${Math.abs(shift).toFixed(2)} s ${shift > 0 ? "ahead of" : "behind"} the clock` : "Shift in time");
    tell(this.pill, "data-changed", String(shift !== 0));
    tell(this.hear, "aria-pressed", String(heard));
    tell(this.hear, "title", heard ? "The sound is from this one" : "Hear this one");
    this.reset.disabled = shift === 0;
  }
}
