// The words in place of a video: what is under way with its seconds, or how it ended.

import { STATES } from "../shared/constants.js";
import { el, setAttribute, setText, setVisible } from "../shared/dom.js";
import { againText, capitalized, clockText } from "../shared/format.js";

/** @typedef {import("../shared/types").WaitingSpec} WaitingSpec */

export class WaitingWords {
  constructor() {
    this.elapsed = el("div", { class: "elapsed" });
    this.message = el("p", { class: "message", role: "status" });
    this.hint = el("p", { class: "hint" });
    this.node = el("div", { class: "words" }, this.elapsed, this.message, this.hint);
  }

  /** @param {WaitingSpec} spec */
  show(spec) {
    const ended = STATES[spec.state]?.ended ?? false;
    setVisible(this.elapsed, ended || spec.startedAt !== null);
    setAttribute(this.elapsed, "role", ended ? "presentation" : "timer");
    if (ended) setText(this.elapsed, capitalized(STATES[spec.state].word));
    setText(this.message, spec.message);
    setText(this.hint, spec.hint);
    const link = { class: "way", target: "_blank", rel: "noopener noreferrer", href: spec.link };
    if (spec.link && !this.node.querySelector(".way")) this.node.append(el("a", link, "Buy credits"));
  }

  /** @param {number} seconds since it was begun */
  showElapsed(seconds) {
    setText(this.elapsed, clockText(Math.max(0, Math.floor(seconds))));
  }

  /** @param {string} message that it takes longer than usual */
  showLate(message) {
    setText(this.message, message);
  }

  /** @param {number} seconds until the studio tries by itself */
  showLeft(seconds) {
    setText(this.elapsed, againText(seconds));
  }
}
