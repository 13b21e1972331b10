// The bar: play, scrub, time, loop, speed, sound. Passes on what is asked and shows what the clock says.

import { SPEEDS } from "../shared/constants.js";
import { el, icon, setAttribute, setText, setVisible } from "../shared/dom.js";
import { DriftMeter } from "./drift.js";
import { ICONS } from "./icons.js";

/** @typedef {import("./clock.js").Clock} Clock */
/** @typedef {import("./loop_controls.js").LoopControls} LoopControls */
/**
 * What the bar asks of the player, beside what it asks of the clock.
 * @typedef {{toggleLoop: () => void, toggleMute: () => void, toggleFullScreen: () => void}} BarRequests
 */

export class Bar {
  /**
   * @param {Clock} clock
   * @param {BarRequests} requests
   * @param {LoopControls | null} loopControls the tools of a marked part, where there are any
   */
  constructor(clock, requests, loopControls) {
    this.loopControls = loopControls;
    this.drift = new DriftMeter();
    this.play = iconButton("play", ICONS.play, () => clock.toggle());
    this.scrub = makeScrub(clock);
    this.now = el("span", { class: "now" }, "0.00");
    this.rest = el("span", {}, "");
    const loop = { class: "pill loop", type: "button", "aria-label": "Loop", title: "Loop (L)" };
    this.loop = el("button", { ...loop, onclick: () => requests.toggleLoop() }, "loop");
    this.speed = makeSpeed(clock);
    this.mute = iconButton("mute", ICONS.sound, () => requests.toggleMute());
    this.volume = makeVolume(clock);
    this.full = makeFullScreen(requests);
    this.badge = el("span", { class: "pill badge", hidden: "" });
    this.node = this.assemble();
    this.controls = [this.play, this.scrub, this.loop, this.speed, this.mute, this.volume, this.full];
    if (loopControls) this.controls.push(...loopControls.buttons);
  }

  assemble() {
    const { loopControls, loop } = this;
    const track = el("span", { class: "track" }, this.scrub, ...(loopControls?.onTrack ?? []));
    const time = el("span", { class: "time" }, this.now, this.rest);
    const sound = el("span", { class: "sound" }, this.mute, this.volume);
    const parts = loopControls ? [loopControls.from, loop, loopControls.to, loopControls.clear] : [loop];
    const looping = el("span", { class: "looping" }, ...parts);
    const right = el("span", { class: "extras" }, this.badge, looping, this.speed, sound, this.full);
    return el("div", { class: "bar", role: "group", "aria-label": "Controls" }, this.play, track, time, right);
  }

  /** @param {Clock} clock */
  showTime(clock) {
    const { scrub } = this;
    const [time, length] = [clock.time(), clock.length()];
    setAttribute(scrub, "max", length.toFixed(3));
    if (!clock.held) scrub.value = String(time);
    scrub.style.setProperty("--done", `${length ? (100 * time) / length : 0}%`);
    setText(this.now, time.toFixed(2));
    setText(this.rest, ` / ${length.toFixed(2)} s · frame ${clock.frame()}`);
    setAttribute(scrub, "aria-valuetext", `${time.toFixed(1)} of ${length.toFixed(1)} seconds`);
  }

  /** @param {Clock} clock */
  showState(clock) {
    const { play, loop, mute, volume, speed } = this;
    if (clock.wanted) rename(play, "Pause", "space", ICONS.pause);
    else rename(play, "Play", "space", ICONS.play);
    setAttribute(loop, "aria-pressed", String(clock.loop.on));
    this.loopControls?.reflect(loop);
    setAttribute(speed, "data-changed", String(clock.speed !== 1));
    if (Number(speed.value) !== clock.speed) speed.value = String(clock.speed);
    if (clock.muted) rename(mute, "Unmute", "M", ICONS.silent);
    else rename(mute, "Mute", "M", ICONS.sound);
    const level = clock.muted ? 0 : clock.volume;
    if (volume.valueAsNumber !== level) volume.value = String(level);
    volume.style.setProperty("--done", `${100 * level}%`);
  }

  /**
   * Only two or more can be out of step.
   * @param {Clock} clock
   * @param {number} loading how many are waited for
   */
  showDrift(clock, loading) {
    const { badge } = this;
    setVisible(badge, clock.members.size > 1);
    badge.classList.toggle("off", !clock.wanted);
    if (loading) return setText(badge, `loading ${loading} of ${clock.members.size}`);
    const text = this.drift.measure(clock.drift, performance.now(), clock.startedAt);
    if (text !== null) setText(badge, text);
  }

  /** @param {boolean} enabled */
  setEnabled(enabled) {
    for (const control of this.controls) if (control.disabled === enabled) control.disabled = !enabled;
  }
}

/**
 * @param {string} name
 * @param {string} path
 * @param {() => void} onclick
 */
const iconButton = (name, path, onclick) =>
  el("button", { class: `icon ${name}`, type: "button", onclick }, icon(path));

/**
 * A button that does the opposite from now on.
 * @param {HTMLElement} button
 * @param {string} label
 * @param {string} key
 * @param {string} path
 */
function rename(button, label, key, path) {
  if (button.getAttribute("aria-label") === label) return;
  setAttribute(button, "aria-label", label);
  setAttribute(button, "title", `${label} (${key})`);
  button.replaceChildren(icon(path));
}

/** @param {BarRequests} requests */
function makeFullScreen(requests) {
  const button = iconButton("full", ICONS.full, () => requests.toggleFullScreen());
  setAttribute(button, "aria-label", "Full screen");
  setAttribute(button, "title", "Full screen (F)");
  button.hidden = !document.fullscreenEnabled;
  return button;
}

/** @param {Clock} clock */
function makeSpeed(clock) {
  const options = SPEEDS.map((speed) => el("option", { value: String(speed) }, `${speed}×`));
  const select = el("select", { class: "pill", "aria-label": "Speed", title: "Speed" }, ...options);
  select.value = "1";
  select.onchange = () => clock.setSpeed(Number(select.value));
  return select;
}

/** @param {Clock} clock */
function makeVolume(clock) {
  const range = { type: "range", min: "0", max: "1", step: "0.05", value: "1" };
  const volume = el("input", { class: "volume", ...range, "aria-label": "Volume" });
  volume.oninput = () => clock.setSound(volume.valueAsNumber === 0, volume.valueAsNumber);
  return volume;
}

/**
 * While the bar is in the hand nothing starts; it goes on from where it is let go.
 * @param {Clock} clock
 */
function makeScrub(clock) {
  const range = { type: "range", min: "0", max: "0", step: "any", value: "0" };
  const scrub = el("input", { class: "scrub", ...range, "aria-label": "Position" });
  const release = () => clock.hold(false);
  scrub.onpointerdown = () => clock.hold(true);
  scrub.oninput = () => clock.seek(scrub.valueAsNumber);
  scrub.onchange = scrub.onpointerup = scrub.onpointercancel = release;
  return scrub;
}
