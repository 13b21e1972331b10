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
    const rows = KEYS.flatMap(([keys, action]) => [
      el("dt", {}, ...keys.split(" ").map((key) => (key === "–" ? key : el("kbd", {}, key)))),
      el("dd", {}, action),
    ]);
    const close = el("button", { class: "again", type: "button" }, "Close");
    const props = { class: "keys", "aria-label": "Keys" };
    this.node = el("dialog", props, el("h2", {}, "Keys"), el("dl", {}, ...rows), close);
    close.onclick = () => this.node.close();
    // A press beside the window closes it too.
    this.node.onclick = (event) => event.target === this.node && this.node.close();
  }

  toggle() {
    if (this.node.open) this.node.close();
    else this.node.showModal();
  }
}
