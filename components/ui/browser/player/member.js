// One video on the clock: how far it has come, and how it is brought back into step. Knows no other video.
// The common time is the video's own time less its shift: a video shifted by +0.2 s runs 0.2 s ahead of the clock.

import { correctedRate, needsCorrection } from "./rate.js";
import { between, pastFrameEdge } from "./time.js";

const HARD = 0.25; // seconds apart: beyond this a seek is quicker than a change of speed
const NEAR = 0.1; // close enough to join the others at the first try
const STARVED_MS = 120; // shorter gaps in the data are the decoder's, if all of the file is here
const RESERVE = [0, 1, 2, 4]; // seconds of data to gather before a start, after it ran dry so many times
const EARLY = 0.03; // a video that begins later is started this much ahead, because starting takes time
const USUAL_FPS = 25;

// As in HTMLMediaElement, which is not there where no browser is.
export const NETWORK_IDLE = 1;
const HAVE_METADATA = 1;
const HAVE_CURRENT_DATA = 2;
export const HAVE_FUTURE_DATA = 3;

/** @typedef {(member: Member) => void} Play starts the video of a member */

export class Member {
  /**
   * @param {string} id
   * @param {HTMLVideoElement} video
   * @param {number} fps
   */
  constructor(id, video, fps) {
    this.id = id;
    this.video = video;
    this.fps = fps > 0 ? fps : USUAL_FPS;
    this.shift = 0; // seconds that it runs ahead of the common time
    this.shown = true; // one that is out of sight follows, but nobody waits for it
    this.countsForLength = true; // false where only two others are compared
    this.joined = false; // runs with the others; false while it is on its way to them
    this.failed = false;
    this.correcting = false;
    this.starvedAt = 0;
    this.stalls = 0; // how often it ran out of data
    this.tries = 0; // to join
    this.seekSentAt = 0; // when it was last sent after the others while they ran
    this.seekSeconds = 0.15; // that such a seek takes, so it is sent that much ahead
  }

  // --- readings

  duration() {
    return Number.isFinite(this.video.duration) ? this.video.duration : 0;
  }

  // The common time at which it ends.
  endTime() {
    return this.duration() - this.shift;
  }

  time() {
    return this.video.currentTime - this.shift;
  }

  /**
   * The place inside this video for a common time: its first frame before it begins, and past its end half a frame
   * back, where its last frame is.
   * @param {number} time
   */
  ownTime(time) {
    return between(time + this.shift, 0, Math.max(0, this.duration() - 0.5 / this.fps));
  }

  /** @param {number} time */
  isBeforeStart(time) {
    return time + this.shift < -0.001;
  }

  hasEnded() {
    return this.video.ended || this.video.currentTime >= this.duration() - 0.001;
  }

  isUsable() {
    return !this.failed && this.video.readyState >= HAVE_METADATA;
  }

  // Seconds of data in hand; endless when the rest of the file is there or the browser asks for no more.
  bufferedSeconds() {
    const { buffered, currentTime, networkState } = this.video;
    if (networkState === NETWORK_IDLE) return Infinity;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) > currentTime + 0.1 || buffered.end(i) <= currentTime) continue;
      return buffered.end(i) >= this.duration() - 0.2 ? Infinity : buffered.end(i) - currentTime;
    }
    return 0;
  }

  /**
   * Has what a start at this time needs; one that will only hold its first or last frame needs just that frame.
   * @param {number} time
   */
  isReadyAt(time) {
    if (this.failed) return true;
    const { seeking, readyState } = this.video;
    if (seeking) return false;
    if (this.isBeforeStart(time) || time >= this.endTime() - 0.1) return readyState >= HAVE_CURRENT_DATA;
    const reserve = RESERVE[Math.min(this.stalls, RESERVE.length - 1)];
    return readyState >= HAVE_FUTURE_DATA && this.bufferedSeconds() >= reserve;
  }

  // Stands still for want of data.
  isStarved() {
    const { paused, readyState } = this.video;
    const short = this.joined && !paused && !this.hasEnded() && readyState < HAVE_FUTURE_DATA;
    if (!short) this.starvedAt = 0;
    else this.starvedAt ||= performance.now();
    return short && (this.bufferedSeconds() < Infinity || performance.now() - this.starvedAt > STARVED_MS);
  }

  // --- standing still

  /**
   * Shows the frame of this time.
   * @param {number} time
   */
  place(time, slack = 0.0005) {
    const goal = pastFrameEdge(this.ownTime(time), this.fps);
    if (Math.abs(this.video.currentTime - goal) > slack) this.video.currentTime = goal;
  }

  /**
   * @param {number} time
   * @param {number} speed
   */
  prepare(time, speed) {
    this.joined = this.isReadyAt(time);
    this.starvedAt = this.seekSentAt = this.tries = 0;
    this.correcting = false;
    this.video.playbackRate = speed;
  }

  /**
   * True if it moves at this time; before its beginning and after its end it holds a frame.
   * @param {number} time
   */
  movesAt(time) {
    return !this.isBeforeStart(time) && time < this.endTime() - 0.6 / this.fps;
  }

  /**
   * Stands on its last frame, where it was put: not at its end, and not on its way to it.
   * @param {number} time
   */
  restsAt(time) {
    return this.video.paused && !this.isBeforeStart(time) && !this.movesAt(time);
  }

  // --- running with the others

  /**
   * Brings the video towards the common time and returns how far it was from it.
   * @param {number} time
   * @param {number} speed
   * @param {Play} play
   */
  follow(time, speed, play) {
    const { video } = this;
    if (video.seeking) return 0;
    this.measureSeek();
    if (!this.joined) return this.join(time, speed, play);
    if (this.isBeforeStart(time + EARLY * speed)) return this.holdFirstFrame();
    if (this.hasEnded() || this.restsAt(time)) return 0;
    const apart = Math.min(time + this.shift, this.duration()) - video.currentTime;
    if (video.paused) play(this);
    if (Math.abs(apart) > HARD) this.seekAhead(time, speed);
    else this.correct(apart, speed);
    return apart;
  }

  holdFirstFrame() {
    if (!this.video.paused) this.video.pause();
    return 0;
  }

  /**
   * @param {number} apart
   * @param {number} speed
   */
  correct(apart, speed) {
    this.correcting = needsCorrection(apart, this.correcting);
    this.setRate(correctedRate(this.correcting ? apart : 0, speed));
  }

  /** @param {number} rate */
  setRate(rate) {
    if (this.video.playbackRate !== rate) this.video.playbackRate = rate;
  }

  /**
   * @param {number} time
   * @param {number} speed
   */
  seekAhead(time, speed) {
    this.seekSentAt = performance.now();
    this.video.currentTime = this.ownTime(time + this.seekSeconds * speed);
  }

  measureSeek() {
    if (this.seekSentAt) this.seekSeconds = between((performance.now() - this.seekSentAt) / 1000, 0.05, 2);
    this.seekSentAt = 0;
  }

  /**
   * A video that came while the others run: it is sent a little ahead, then runs with them.
   * @param {number} time
   * @param {number} speed
   * @param {Play} play
   */
  join(time, speed, play) {
    if (!this.isReadyAt(time)) return 0;
    const apart = this.ownTime(time) - this.video.currentTime;
    // The first seek measures how long a seek takes here, the second aims by it; then it joins as it is.
    if (Math.abs(apart) > (this.tries < 2 ? NEAR : HARD)) {
      this.tries += 1;
      this.seekAhead(time, speed);
    } else {
      this.prepare(time, speed);
      if (this.movesAt(time)) play(this);
    }
    return 0;
  }
}
