// The marked part of the loop: buttons that set and clear its ends, and a band on the scrub bar with ends to drag.

import { el, icon, setAttribute, setText, setVisible } from "../shared/dom.js";
import { ICONS } from "./icons.js";
import { framesForKey } from "./keys.js";
import { between } from "./time.js";

/** @typedef {import("./clock.js").Clock} Clock */

const THUMB = 15; // pixels: the middle of the scrub bar's thumb keeps half of this from either end

export class LoopControls {
  /** @param {Clock} clock */
  constructor(clock) {
    this.clock = clock;
    this.from = makeButton("from", "Loop from here", "I", ICONS.from, () => clock.startLoopHere());
    this.to = makeButton("to", "Loop to here", "O", ICONS.to, () => clock.endLoopHere());
    this.clear = makeButton("clear", "Clear the marks", "U", ICONS.clear, () => clock.clearLoop());
    this.band = el("span", { class: "band", hidden: "" });
    this.start = makeGrip(clock, "Loop start", (time) => clock.setLoopStart(time));
    this.end = makeGrip(clock, "Loop end", (time) => clock.setLoopEnd(time));
  }

  get onTrack() {
    return [this.band, this.start, this.end];
  }

  get buttons() {
    return [this.from, this.to, this.clear];
  }

  /** @param {HTMLElement} label the bar's own button, which says what is played over and over */
  reflect(label) {
    const { band, start, end, clear } = this;
    const { loop } = this.clock;
    const length = this.clock.length();
    const [from, to] = [loop.from(length), loop.to(length)];
    const part = loop.marked ? ` ${from.toFixed(2)}–${to.toFixed(2)}` : "";
    setText(label, `loop${part}`);
    setAttribute(label, "aria-label", `Loop${part}`);
    for (const node of [band, start, end, clear]) setVisible(node, loop.marked);
    setAttribute(band, "data-on", String(loop.on));
    if (!loop.marked || !length) return;
    band.style.left = onTrack(from / length);
    band.style.right = onTrack(1 - to / length);
    showGrip(start, from, length);
    showGrip(end, to, length);
  }
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} key
 * @param {string} path
 * @param {() => void} onclick
 */
function makeButton(name, label, key, path, onclick) {
  const props = { class: `icon mark ${name}`, type: "button", "aria-label": label, title: `${label} (${key})` };
  return el("button", { ...props, onclick }, icon(path));
}

/**
 * @param {Clock} clock
 * @param {string} label
 * @param {(time: number) => void} move
 */
function makeGrip(clock, label, move) {
  const props = {
    class: "grip",
    role: "slider",
    tabindex: "0",
    "aria-label": label,
    "aria-valuemin": "0",
    hidden: "",
  };
  const grip = el("span", props);
  const snapped = (/** @type {number} */ time) => Math.round(time * clock.fps()) / clock.fps();
  grip.onpointerdown = (event) => {
    event.preventDefault();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
  };
  grip.onpointermove = (event) => {
    const track = grip.parentElement;
    if (!track || !grip.hasPointerCapture(event.pointerId)) return;
    const { left, width } = track.getBoundingClientRect();
    const part = between((event.clientX - left - THUMB / 2) / (width - THUMB), 0, 1);
    move(snapped(part * clock.length()));
  };
  grip.onkeydown = (event) => {
    const frames = framesForKey(event.key);
    if (!frames) return;
    event.preventDefault();
    move(snapped(Number(grip.getAttribute("aria-valuenow")) + frames / clock.fps()));
  };
  return grip;
}

/**
 * @param {HTMLElement} grip
 * @param {number} time
 * @param {number} length
 */
function showGrip(grip, time, length) {
  grip.style.left = onTrack(time / length);
  setAttribute(grip, "aria-valuemax", length.toFixed(2));
  setAttribute(grip, "aria-valuenow", time.toFixed(4));
  setAttribute(grip, "aria-valuetext", `${time.toFixed(2)} seconds`);
}

/** @param {number} part of the track, from 0 to 1 */
const onTrack = (part) => `calc(${THUMB / 2}px + ${part.toFixed(5)} * (100% - ${THUMB}px))`;
