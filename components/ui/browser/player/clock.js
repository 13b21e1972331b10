// The one clock: keeps N videos in step. Knows video elements and seconds; no tiles, buttons or words.

import { between, Member } from "./member.js";
import { Pulse } from "./pulse.js";

export class Clock extends Pulse {
  constructor(onChange) {
    super(onChange);
    this.volume = 1;
    this.muted = false;
  }

  // --- members

  add(id, video, fps) {
    const member = new Member(id, video, fps);
    this.members.set(id, member);
    video.addEventListener("loadedmetadata", () => this.welcome(member));
    for (const name of ["canplay", "ended", "emptied"]) video.addEventListener(name, () => this.tick());
    video.addEventListener("seeked", () => this.settle());
    // A tab out of sight paints no frames, but is heard.
    video.addEventListener("timeupdate", () => document.hidden && this.tick());
    video.addEventListener("error", () => this.fail(member));
    this.listenTo(this.members.has(this.audible) ? this.audible : id);
    return member;
  }

  remove(id) {
    if (!this.members.delete(id)) return;
    if (this.audible === id) this.listenTo(this.members.keys().next().value ?? null);
    if (!this.members.size) this.reset();
    this.onChange();
  }

  reset() {
    Object.assign(this, { wanted: false, running: false, position: 0, pending: false, drift: 0 });
  }

  welcome(member) {
    member.failed = member.joined = false;
    if (!this.running) member.place(this.position);
    this.onChange();
  }

  fail(member) {
    member.failed = true;
    member.joined = false;
    this.tick();
  }

  // --- readings

  time() {
    return (this.running && this.master()?.time()) || this.position;
  }

  fps() {
    const heard = this.members.get(this.audible);
    return (heard ?? this.members.values().next().value)?.fps ?? 25;
  }

  frame() {
    return Math.min(Math.floor(this.time() * this.fps() + 1e-6), this.lastFrame());
  }

  lastFrame() {
    return Math.max(0, Math.ceil(this.length() * this.fps() - 1e-3) - 1);
  }

  // --- what a person asks for

  play() {
    if (!this.members.size) return;
    this.wanted = true;
    this.wantedAt = performance.now();
    this.nudge();
    const inside = this.loop.inside(this.position, this.length());
    if (inside !== this.position) this.seek(inside);
    else if (this.known() && this.position >= this.length() - 0.6 / this.fps()) this.seek(0);
    this.tick();
  }

  // Some phones load nothing before they are told to play: told so in the click, they do.
  nudge() {
    for (const { video } of this.members.values()) {
      if (video.readyState >= 3 || video.networkState !== HTMLMediaElement.NETWORK_IDLE) continue;
      video.play().then(() => this.running || video.pause()).catch(() => {});
    }
  }

  pause() {
    // All stop on the middle of one frame: a few ms apart could otherwise show two different frames.
    const stopped = this.running ? (this.frame() + 0.5) / this.fps() : null;
    this.wanted = false;
    this.stop();
    if (stopped !== null) this.seek(stopped);
    this.onChange();
  }

  toggle() {
    if (this.wanted) this.pause();
    else this.play();
  }

  seek(time) {
    const goal = this.wanted ? this.loop.inside(time, this.length()) : time;
    this.position = between(goal, 0, this.known() ? this.length() : Infinity);
    this.stop();
    this.wantedAt = performance.now();
    this.place();
    this.wake();
    this.onChange();
  }

  step(frames) {
    const next = between(this.frame() + frames, 0, this.lastFrame());
    this.wanted = false;
    this.seek((next + 0.5) / this.fps());
  }

  jump(seconds) {
    this.seek(this.time() + seconds);
  }

  toEnd() {
    this.wanted = false;
    this.seek(this.length() - 0.5 / this.fps());
  }

  hold(held) {
    this.held = held;
    if (!held) this.wake();
  }

  // Moves one video against the others.
  shift(id, seconds) {
    const member = this.members.get(id);
    if (!member) return;
    const time = this.time();
    member.shift = seconds;
    this.seek(time);
  }

  setSpeed(speed) {
    this.speed = speed;
    for (const m of this.members.values()) m.video.playbackRate = speed;
    this.onChange();
  }

  // --- sound

  listenTo(id) {
    this.audible = id;
    this.sound();
  }

  // What a person asks for when choosing a side: nothing stays silent then.
  hear(id) {
    this.audible = id;
    this.setSound(false, this.volume || 1);
  }

  setSound(muted, volume) {
    this.muted = muted;
    this.volume = volume;
    this.sound();
  }

  sound() {
    for (const m of this.members.values()) {
      m.video.volume = this.volume;
      m.video.muted = this.muted || m.id !== this.audible;
      // Keeping the pitch through a change of speed is work, and nobody hears it here.
      m.video.preservesPitch = m.id === this.audible;
    }
    this.onChange();
  }

  roll(member) {
    member.video.play().catch((error) => {
      // A browser may allow no sound without a fresh click: go on silently, the button says so.
      if (error.name !== "NotAllowedError" || this.muted) return;
      this.setSound(true, this.volume);
      member.video.play().catch(() => {});
    });
  }

  close() {
    cancelAnimationFrame(this.raf);
    this.onChange = () => {};
    this.reset();
    for (const m of this.members.values()) {
      m.video.pause();
      m.video.removeAttribute("src");
      m.video.load();
    }
    this.members.clear();
  }
}
