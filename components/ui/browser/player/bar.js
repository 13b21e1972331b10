// The bar: play, scrub, time, loop, speed, sound. Passes on what is asked and shows what the clock says.

import { SPEEDS } from "../shared/constants.js";
import { el, icon, say, show, tell } from "../shared/dom.js";
import { ICONS } from "./icons.js";

// `marks` are the tools of a marked part, where there are any: nodes, and what shows them.
export function makeBar(player, marks = null) {
  const parts = {
    play: el("button", { class: "icon play", type: "button", onclick: () => player.clock.toggle() }, icon(ICONS.play)),
    scrub: el("input", { class: "scrub", type: "range", min: "0", max: "0", step: "any", value: "0", "aria-label": "Position" }),
    now: el("span", { class: "now" }, "0.00"),
    rest: el("span", {}, ""),
    loop: el("button", { class: "pill loop", type: "button", "aria-label": "Loop", title: "Loop (L)", onclick: () => player.loop() }, "loop"),
    speed: makeSpeed(player),
    mute: el("button", { class: "icon mute", type: "button", onclick: () => player.mute() }, icon(ICONS.sound)),
    volume: el("input", { class: "volume", type: "range", min: "0", max: "1", step: "0.05", value: "1", "aria-label": "Volume" }),
    full: makeFull(player),
    badge: el("span", { class: "pill badge", hidden: "" }),
  };
  const { play, scrub, loop, speed, mute, volume, full, badge } = parts;
  const track = el("span", { class: "track" }, scrub, ...(marks?.onTrack ?? []));
  const time = el("span", { class: "time" }, parts.now, parts.rest);
  const sound = el("span", { class: "sound" }, mute, volume);
  const looping = el("span", { class: "looping" }, ...(marks ? [marks.from, loop, marks.to, marks.clear] : [loop]));
  const right = el("span", { class: "extras" }, badge, looping, speed, sound, full);
  const node = el("div", { class: "bar", role: "group", "aria-label": "Controls" }, play, track, time, right);
  wireScrub(player, scrub);
  volume.oninput = () => player.clock.setSound(volume.valueAsNumber === 0, volume.valueAsNumber);
  const controls = [play, scrub, loop, speed, mute, volume, full, ...(marks?.controls ?? [])];
  return { ...parts, node, controls, showTime: timeOf(parts), showState: stateOf(parts, marks) };
}

function makeFull(player) {
  const props = { class: "icon full", type: "button", "aria-label": "Full screen", title: "Full screen (F)" };
  const button = el("button", { ...props, onclick: () => player.full() }, icon(ICONS.full));
  button.hidden = !document.fullscreenEnabled;
  return button;
}

function makeSpeed(player) {
  const options = SPEEDS.map((speed) => el("option", { value: String(speed) }, `${speed}×`));
  const select = el("select", { class: "pill", "aria-label": "Speed", title: "Speed" }, ...options);
  select.value = "1";
  select.onchange = () => player.clock.setSpeed(Number(select.value));
  return select;
}

// While the bar is in the hand nothing starts; it goes on from where it is let go.
function wireScrub(player, scrub) {
  const release = () => player.clock.hold(false);
  scrub.onpointerdown = () => player.clock.hold(true);
  scrub.oninput = () => player.clock.seek(scrub.valueAsNumber);
  scrub.onchange = scrub.onpointerup = scrub.onpointercancel = release;
}

const timeOf = (parts) => (time, length, frame, held) => {
  const { scrub, now, rest } = parts;
  tell(scrub, "max", length.toFixed(3));
  if (!held) scrub.value = String(time);
  scrub.style.setProperty("--done", `${length ? (100 * time) / length : 0}%`);
  say(now, time.toFixed(2));
  say(rest, ` / ${length.toFixed(2)} s · frame ${frame}`);
  tell(scrub, "aria-valuetext", `${time.toFixed(1)} of ${length.toFixed(1)} seconds`);
};

const stateOf = (parts, marks) => (clock) => {
  const { play, loop, mute, volume, speed } = parts;
  const label = clock.wanted ? "Pause" : "Play";
  if (play.getAttribute("aria-label") !== label) {
    tell(play, "aria-label", label);
    tell(play, "title", `${label} (space)`);
    play.replaceChildren(icon(clock.wanted ? ICONS.pause : ICONS.play));
  }
  tell(loop, "aria-pressed", String(clock.loop.on));
  marks?.reflect(clock, loop);
  tell(speed, "data-changed", String(clock.speed !== 1));
  if (Number(speed.value) !== clock.speed) speed.value = String(clock.speed);
  const sound = clock.muted ? "Unmute" : "Mute";
  if (mute.getAttribute("aria-label") !== sound) {
    tell(mute, "aria-label", sound);
    tell(mute, "title", `${sound} (M)`);
    mute.replaceChildren(icon(clock.muted ? ICONS.silent : ICONS.sound));
  }
  const level = clock.muted ? 0 : clock.volume;
  if (volume.valueAsNumber !== level) volume.value = String(level);
  volume.style.setProperty("--done", `${100 * level}%`);
};

// Two or more that play: the worst of the last half second, not the flicker of every frame.
export class Badge {
  constructor(node) {
    Object.assign(this, { node, at: 0, worst: 0 });
  }

  reflect(clock, loading) {
    const { node } = this;
    show(node, clock.members.size > 1);
    node.classList.toggle("off", !clock.wanted);
    if (loading) return say(node, `loading ${loading} of ${clock.members.size}`);
    if (performance.now() - clock.startedAt < 300) this.worst = 0; // a start is not yet a drift
    else this.worst = Math.max(this.worst, clock.drift);
    if (performance.now() - this.at < 500) return;
    const ms = Math.round(this.worst * 1000);
    say(node, ms <= 40 ? `in step: ${ms} ms` : `catching up: ${ms} ms`);
    Object.assign(this, { at: performance.now(), worst: 0 });
  }
}
