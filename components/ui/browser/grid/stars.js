// One to five stars: radio buttons for whoever hears the page, arrows and digits for the keyboard.

import { MOST_STARS } from "../shared/constants.js";
import { el, icon, setAttribute } from "../shared/dom.js";
import { ICONS } from "./icons.js";
import { ratingAfterKey, ratingAfterPress } from "./rating.js";

export class Stars {
  /** @param {(rating: number) => void} onRate called with 0 to 5 */
  constructor(onRate) {
    this.onRate = onRate;
    this.value = 0;
    this.buttons = Array.from({ length: MOST_STARS }, (_, index) => this.makeStar(index + 1));
    this.node = el("div", { class: "stars", role: "radiogroup" }, ...this.buttons);
    this.node.onkeydown = (event) => this.onKey(event);
  }

  /** @param {number} count */
  makeStar(count) {
    const label = count === 1 ? "1 star" : `${count} stars`;
    const props = { type: "button", role: "radio", class: "star", "aria-label": label, title: label };
    const onclick = () => this.onRate(ratingAfterPress(count, this.value));
    return el("button", { ...props, onclick }, icon(ICONS.star));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const value = ratingAfterKey(event.key, this.value);
    if (value === null) return;
    event.preventDefault();
    if (value !== this.value) this.onRate(value);
    this.buttons[Math.max(value, 1) - 1].focus();
  }

  /**
   * @param {number} value
   * @param {string} name of what is rated
   */
  show(value, name) {
    this.value = value;
    setAttribute(this.node, "aria-label", `Rating of ${name}`);
    this.buttons.forEach((button, index) => {
      setAttribute(button, "aria-checked", String(index + 1 === value));
      setAttribute(button, "data-lit", String(index < value));
      setAttribute(button, "tabindex", index + 1 === Math.max(value, 1) ? "0" : "-1");
    });
  }
}
