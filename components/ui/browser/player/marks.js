// The marked part of the loop: buttons that set and clear its ends, and a band on the scrub bar with ends to drag.

import { el, icon, say, show, tell } from "../shared/dom.js";
import { ICONS } from "./icons.js";
import { between } from "./member.js";

const THUMB = 15; // pixels: the middle of the scrub bar's thumb keeps half of this from either end

export function makeMarks(player) {
  const press = (name, label, key, path) =>
    el("button", { class: `icon mark ${name}`, type: "button", "aria-label": label, title: `${label} (${key})` }, icon(path));
  const marks = {
    from: press("from", "Loop from here", "I", ICONS.from),
    to: press("to", "Loop to here", "O", ICONS.to),
    clear: press("clear", "Clear the marks", "U", ICONS.clear),
    band: el("span", { class: "band", hidden: "" }),
    start: makeEnd(player, "Loop start", (time) => moveStart(player.clock, time)),
    end: makeEnd(player, "Loop end", (time) => moveEnd(player.clock, time)),
  };
  marks.from.onclick = () => markStart(player.clock);
  marks.to.onclick = () => markEnd(player.clock);
  marks.clear.onclick = () => clearMarks(player.clock);
  const { from, to, clear, band, start, end } = marks;
  return { ...marks, onTrack: [band, start, end], controls: [from, to, clear], reflect: reflect(marks) };
}

// A part begins with the frame on the screen and ends after it, so that both marked frames are in it.
export function markStart(clock) {
  moveStart(clock, clock.frame() / clock.fps());
}

export function markEnd(clock) {
  moveEnd(clock, (clock.frame() + 1) / clock.fps());
}

export function clearMarks(clock) {
  clock.loop.clear();
  clock.onChange();
}

function moveStart(clock, time) {
  clock.loop.markStart(time, clock.length());
  clock.onChange();
}

function moveEnd(clock, time) {
  clock.loop.markEnd(time, clock.length());
  clock.onChange();
}

function makeEnd(player, label, move) {
  const props = { class: "grip", role: "slider", tabindex: "0", "aria-label": label, "aria-valuemin": "0", hidden: "" };
  const grip = el("span", props);
  const { clock } = player;
  const snapped = (time) => Math.round(time * clock.fps()) / clock.fps();
  grip.onpointerdown = (event) => {
    event.preventDefault();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
  };
  grip.onpointermove = (event) => {
    if (!grip.hasPointerCapture(event.pointerId)) return;
    const { left, width } = grip.parentNode.getBoundingClientRect();
    const part = between((event.clientX - left - THUMB / 2) / (width - THUMB), 0, 1);
    move(snapped(part * clock.length()));
  };
  grip.onkeydown = (event) => {
    const frames = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!frames) return;
    event.preventDefault();
    move(snapped(Number(grip.getAttribute("aria-valuenow")) + frames / clock.fps()));
  };
  return grip;
}

const reflect = (marks) => (clock, label) => {
  const { band, start, end, clear } = marks;
  const { loop } = clock;
  const length = clock.length();
  const [from, to] = [loop.from(length), loop.to(length)];
  const part = loop.marked ? ` ${from.toFixed(2)}–${to.toFixed(2)}` : "";
  say(label, `loop${part}`);
  tell(label, "aria-label", `Loop${part}`);
  for (const node of [band, start, end, clear]) show(node, loop.marked);
  tell(band, "data-on", String(loop.on));
  if (!loop.marked || !length) return;
  band.style.left = at(from / length);
  band.style.right = at(1 - to / length);
  showEnd(start, from, length);
  showEnd(end, to, length);
};

function showEnd(grip, time, length) {
  grip.style.left = at(time / length);
  tell(grip, "aria-valuemax", length.toFixed(2));
  tell(grip, "aria-valuenow", time.toFixed(4));
  tell(grip, "aria-valuetext", `${time.toFixed(2)} seconds`);
}

const at = (part) => `calc(${THUMB / 2}px + ${part.toFixed(5)} * (100% - ${THUMB}px))`;
