// The one clock: keeps N videos in step. Knows video elements and seconds; no tiles, buttons or words.

import { HAVE_FUTURE_DATA, Member, NETWORK_IDLE } from "./member.js";
import { Pulse } from "./pulse.js";
import { between, frameAt, lastFrameOf, middleOf } from "./time.js";

const USUAL_FPS = 25;

export class Clock extends Pulse {
  /** @param {() => void} onChange */
  constructor(onChange) {
    super(onChange);
    this.volume = 1;
    this.muted = false;
  }

  // --- members

  /**
   * @param {string} id
   * @param {HTMLVideoElement} video
   * @param {number} fps
   */
  add(id, video, fps) {
    const member = new Member(id, video, fps);
    this.members.set(id, member);
    video.addEventListener("loadedmetadata", () => this.onMetadata(member));
    for (const name of ["canplay", "ended", "emptied"]) video.addEventListener(name, () => this.tick());
    video.addEventListener("seeked", () => this.onSeeked());
    // A tab out of sight paints no frames, but is heard.
    video.addEventListener("timeupdate", () => document.hidden && this.tick());
    video.addEventListener("error", () => this.onError(member));
    this.setAudible(this.audible !== null && this.members.has(this.audible) ? this.audible : id);
    return member;
  }

  /** @param {string} id */
  remove(id) {
    if (!this.members.delete(id)) return;
    if (this.audible === id) this.setAudible(this.members.keys().next().value ?? null);
    if (!this.members.size) this.reset();
    this.onChange();
  }

  reset() {
    this.wanted = this.running = this.pending = false;
    this.position = this.drift = 0;
  }

  /** @param {Member} member */
  onMetadata(member) {
    member.failed = member.joined = false;
    if (!this.running) member.place(this.position);
    this.onChange();
  }

  /** @param {Member} member */
  onError(member) {
    member.failed = true;
    member.joined = false;
    this.tick();
  }

  // --- readings

  time() {
    return (this.running && this.master()?.time()) || this.position;
  }

  fps() {
    const heard = this.audible === null ? undefined : this.members.get(this.audible);
    return (heard ?? this.members.values().next().value)?.fps ?? USUAL_FPS;
  }

  frame() {
    return frameAt(this.time(), this.length(), this.fps());
  }

  lastFrame() {
    return lastFrameOf(this.length(), this.fps());
  }

  // --- what a person asks for

  play() {
    if (!this.members.size) return;
    this.wanted = true;
    this.wantedAt = performance.now();
    this.loadOnPress();
    const inside = this.loop.inside(this.position, this.length());
    if (inside !== this.position) this.seek(inside);
    else if (this.isLengthKnown() && this.position >= this.length() - 0.6 / this.fps()) this.seek(0);
    this.tick();
  }

  // Some phones load nothing before they are asked to play: asked in the press itself, they do.
  loadOnPress() {
    for (const { video } of this.members.values()) {
      if (video.readyState >= HAVE_FUTURE_DATA || video.networkState !== NETWORK_IDLE) continue;
      video
        .play()
        .then(() => this.running || video.pause())
        .catch(() => {});
    }
  }

  pause() {
    // All stop on the middle of one frame: a few ms apart could otherwise show two different frames.
    const stopped = this.running ? middleOf(this.frame(), this.fps()) : null;
    this.wanted = false;
    this.stop();
    if (stopped !== null) this.seek(stopped);
    this.onChange();
  }

  toggle() {
    if (this.wanted) this.pause();
    else this.play();
  }

  /** @param {number} time */
  seek(time) {
    const goal = this.wanted ? this.loop.inside(time, this.length()) : time;
    this.position = between(goal, 0, this.isLengthKnown() ? this.length() : Infinity);
    this.stop();
    this.wantedAt = performance.now();
    this.place();
    this.schedule();
    this.onChange();
  }

  /** @param {number} frames */
  step(frames) {
    const next = between(this.frame() + frames, 0, this.lastFrame());
    this.wanted = false;
    this.seek(middleOf(next, this.fps()));
  }

  /** @param {number} seconds */
  jump(seconds) {
    this.seek(this.time() + seconds);
  }

  toEnd() {
    this.wanted = false;
    this.seek(this.length() - 0.5 / this.fps());
  }

  /** @param {boolean} held */
  hold(held) {
    this.held = held;
    if (!held) this.schedule();
  }

  /**
   * Moves one video against the others.
   * @param {string} id
   * @param {number} seconds
   */
  setShift(id, seconds) {
    const member = this.members.get(id);
    if (!member) return;
    const time = this.time();
    member.shift = seconds;
    this.seek(time);
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.speed = speed;
    for (const m of this.members.values()) m.video.playbackRate = speed;
    this.onChange();
  }

  // --- the loop: a part begins with the frame on the screen and ends after it, so that both frames are in it

  startLoopHere() {
    this.setLoopStart(this.frame() / this.fps());
  }

  endLoopHere() {
    this.setLoopEnd((this.frame() + 1) / this.fps());
  }

  /** @param {number} time */
  setLoopStart(time) {
    this.loop.setStart(time, this.length());
    this.onChange();
  }

  /** @param {number} time */
  setLoopEnd(time) {
    this.loop.setEnd(time, this.length());
    this.onChange();
  }

  clearLoop() {
    this.loop.clear();
    this.onChange();
  }

  // --- sound

  /** @param {string | null} id */
  setAudible(id) {
    this.audible = id;
    this.applySound();
  }

  /**
   * What a person asks for when choosing a side: nothing stays silent then.
   * @param {string} id
   */
  hear(id) {
    this.audible = id;
    this.setSound(false, this.volume || 1);
  }

  /**
   * @param {boolean} muted
   * @param {number} volume
   */
  setSound(muted, volume) {
    this.muted = muted;
    this.volume = volume;
    this.applySound();
  }

  applySound() {
    for (const m of this.members.values()) {
      m.video.volume = this.volume;
      m.video.muted = this.muted || m.id !== this.audible;
      // Keeping the pitch through a change of speed is work, and nobody hears it here.
      m.video.preservesPitch = m.id === this.audible;
    }
    this.onChange();
  }

  /** @param {Member} member */
  playVideo(member) {
    member.video.play().catch((error) => {
      // A browser may allow no sound without a fresh press: go on silently, the button says so.
      if (error.name !== "NotAllowedError" || this.muted) return;
      this.setSound(true, this.volume);
      member.video.play().catch(() => {});
    });
  }

  close() {
    cancelAnimationFrame(this.frameRequest);
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
