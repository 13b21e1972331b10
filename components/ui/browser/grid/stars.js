// One to five stars: radio buttons for whoever hears the page, arrows and digits for the keyboard.

import { MOST_STARS } from "../shared/constants.js";
import { el, icon, tell } from "../shared/dom.js";
import { ICONS } from "./icons.js";

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

export class Stars {
  constructor(rated) {
    this.rated = rated; // called with 0 to 5
    this.value = 0;
    this.buttons = Array.from({ length: MOST_STARS }, (_, index) => this.star(index + 1));
    this.node = el("div", { class: "stars", role: "radiogroup" }, ...this.buttons);
    this.node.onkeydown = (event) => this.key(event);
  }

  star(count) {
    const label = count === 1 ? "1 star" : `${count} stars`;
    const props = { type: "button", role: "radio", class: "star", "aria-label": label, title: label };
    return el("button", { ...props, onclick: () => this.choose(count) }, icon(ICONS.star));
  }

  // The same star again takes the rating away.
  choose(count) {
    this.rated(count === this.value ? 0 : count);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const value = this.wish(event.key);
    if (value === null) return;
    event.preventDefault();
    if (value !== this.value) this.rated(value);
    this.buttons[Math.max(value, 1) - 1].focus();
  }

  wish(key) {
    if (key in STEPS) return Math.min(MOST_STARS, Math.max(1, this.value + STEPS[key]));
    if (key === "Home") return 1;
    if (key === "End") return MOST_STARS;
    if (key === "Delete" || key === "Backspace") return 0;
    return /^[0-5]$/.test(key) ? Number(key) : null;
  }

  show(value, name) {
    this.value = value;
    tell(this.node, "aria-label", `Rating of ${name}`);
    this.buttons.forEach((button, index) => {
      tell(button, "aria-checked", String(index + 1 === value));
      tell(button, "data-lit", String(index < value));
      tell(button, "tabindex", index + 1 === Math.max(value, 1) ? "0" : "-1");
    });
  }
}
