// The list of keys, in a window that Escape closes.

import { el } from "../shared/dom.js";

const KEYS = [
  ["space", "play or pause"],
  ["← →", "one frame"],
  ["shift ← →", "one second"],
  ["home end", "first and last frame"],
  ["− +", "slower, faster"],
  ["I O", "loop from here, to here"],
  ["U L", "clear the marks, loop on or off"],
  ["V", "next view"],
  ["X", "swap the two sides"],
  ["[ ]", "move the wipe"],
  ["N P", "next, previous in front"],
  ["1 – 9", "hear that one"],
  ["M F", "mute, full screen"],
  [", .", "shift the one you hear by a frame"],
  ["< >", "shift it by 0.1 s"],
  ["0", "undo its shift"],
  ["?", "these keys"],
];

export class Help {
  constructor() {
    const rows = KEYS.flatMap(([keys, does]) => [
      el("dt", {}, ...keys.split(" ").map((key) => (key === "–" ? key : el("kbd", {}, key)))),
      el("dd", {}, does),
    ]);
    const close = el("button", { class: "again", type: "button", onclick: () => this.node.close() }, "Close");
    this.node = el("dialog", { class: "keys", "aria-label": "Keys" }, el("h2", {}, "Keys"), el("dl", {}, ...rows), close);
    // A press beside the window closes it too.
    this.node.onclick = (event) => event.target === this.node && this.node.close();
  }

  toggle() {
    if (this.node.open) this.node.close();
    else this.node.showModal();
  }
}
