// How the clock is kept, frame by frame: waits for all, starts all, corrects all. Knows no person's wishes.

import { LoopRange, SHORTEST } from "./loop.js";

/** @typedef {import("./member.js").Member} Member */

const LONGEST_WAIT_MS = 10000; // then the others start, and the slow one joins when it can
const LAST = 0.02; // seconds before the end of a part at which it is over: the next look may come too late
const TOGETHER = 0.02; // seconds: nearer than this a video that only waits for data is not moved
const STARTED_MS = 500; // so long a video that was started may still look paused

export class Pulse {
  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    /** @type {Map<string, Member>} */
    this.members = new Map();
    this.loop = new LoopRange();
    this.wanted = false; // the person pressed play
    this.running = false; // the videos really run: false while one of them still loads
    this.held = false; // the scrub bar is in the hand
    this.position = 0; // where we are while nothing runs
    this.pending = false; // a seek that waits for the one under way
    this.drift = 0; // seconds, the worst of this moment
    this.speed = 1;
    /** @type {string | null} */
    this.audible = null;
    this.frameRequest = 0;
    this.wantedAt = 0;
    this.startedAt = 0;
    this.tickedAt = 0;
  }

  // --- what the clock adds, for whoever drives it

  /** @param {number} _time */
  seek(_time) {}

  pause() {}

  /** @param {Member} _member */
  playVideo(_member) {}

  // --- readings

  usable() {
    return [...this.members.values()].filter((m) => m.isUsable());
  }

  length() {
    const counting = this.usable().filter((m) => m.countsForLength);
    return Math.max(0, ...counting.map((m) => m.endTime()));
  }

  // All of them have said how long they are, or will never say it.
  isLengthKnown() {
    return [...this.members.values()].every((m) => m.failed || m.isUsable());
  }

  // The one that is heard sets the pace, because a change of speed is audible and not visible.
  master() {
    const isGoing = (/** @type {Member} */ m) =>
      m.joined && !m.hasEnded() && !m.isBeforeStart(this.position) && !m.restsAt(this.position);
    const going = this.usable().filter(isGoing);
    const heard = going.find((m) => m.id === this.audible);
    return heard ?? going.sort((a, b) => b.endTime() - a.endTime())[0] ?? null;
  }

  /** @param {Member} member */
  isAwaited(member) {
    return member.shown || member.id === this.audible;
  }

  // Members that a start has to wait for.
  loading() {
    if (performance.now() - this.wantedAt > LONGEST_WAIT_MS) return [];
    return [...this.members.values()].filter((m) => this.isAwaited(m) && !m.isReadyAt(this.position));
  }

  // --- the beat

  schedule() {
    if (!this.frameRequest) this.frameRequest = requestAnimationFrame(() => this.onFrame());
  }

  onFrame() {
    this.frameRequest = 0;
    this.tick();
    if (this.wanted) this.schedule();
  }

  tick() {
    if (this.running) this.run();
    else if (this.wanted) this.start();
    if (this.wanted) this.schedule();
    this.onChange();
  }

  stop() {
    this.running = false;
    this.drift = 0;
    for (const m of this.members.values()) m.video.pause();
  }

  // Scrubbing asks for more seeks than a decoder can serve: only the newest waits its turn.
  place() {
    const usable = this.usable();
    this.pending = usable.some((m) => m.video.seeking);
    if (this.pending) return;
    for (const m of usable) m.place(this.position);
  }

  onSeeked() {
    if (this.pending && !this.running) this.place();
    this.tick();
  }

  start() {
    // The one that was waited for may have failed or gone in the middle of its seek.
    if (this.pending) this.place();
    if (this.held || this.pending || this.loading().length) return;
    const group = this.usable();
    if (!group.length) return;
    this.running = true;
    this.startedAt = this.tickedAt = performance.now();
    for (const m of group) {
      m.prepare(this.position, this.speed);
      if (m.joined && m.movesAt(this.position)) this.playVideo(m);
    }
  }

  run() {
    const elapsed = (performance.now() - this.tickedAt) / 1000;
    this.tickedAt += elapsed * 1000;
    const master = this.master();
    const usable = this.usable();
    if (!master && !usable.some((m) => m.joined && m.isBeforeStart(this.position))) return this.finish();
    // Between two videos that do not overlap, the time goes on by itself.
    const time = master ? master.time() : this.position + elapsed * this.speed;
    if (this.loop.wraps(time, this.length(), LAST * this.speed)) return this.seek(this.loop.from(this.length()));
    if (this.isPastLength(usable, time)) return this.finish();
    this.goOn(usable, master, time);
  }

  /**
   * @param {Member[]} usable
   * @param {Member | null} master
   * @param {number} time
   */
  goOn(usable, master, time) {
    const starved = this.starved(usable);
    if (starved.length) return this.waitForData(Math.min(time, ...starved.map((m) => m.time())));
    // The keyboard's own pause key stops one video: it means all.
    if (master?.video.paused && performance.now() - this.startedAt > STARTED_MS) return this.pause();
    this.position = time;
    this.correct(usable, master, time);
  }

  /**
   * @param {Member[]} usable
   * @param {Member | null} master
   * @param {number} time
   */
  correct(usable, master, time) {
    if (master) {
      master.correcting = false;
      master.setRate(this.speed);
    }
    const play = (/** @type {Member} */ member) => this.playVideo(member);
    const others = usable.filter((m) => m !== master);
    this.drift = Math.max(0, ...others.map((m) => Math.abs(m.follow(time, this.speed, play))));
  }

  /**
   * Who is out of sight in a view of two may be longer, and even be the one that is heard.
   * @param {Member[]} usable
   * @param {number} time
   */
  isPastLength(usable, time) {
    return usable.some((m) => !m.countsForLength) && time >= this.length();
  }

  /**
   * Those that have no data and are awaited; one that is out of sight leaves the others and comes back by itself.
   * @param {Member[]} usable
   */
  starved(usable) {
    const starved = usable.filter((m) => m.isStarved());
    for (const m of starved) {
      m.stalls += 1;
      if (!this.isAwaited(m)) m.joined = false;
    }
    return starved.filter((m) => this.isAwaited(m));
  }

  /**
   * All stand still where the starved one is, for moving that one would cost it the little it has, and start together.
   * @param {number} time
   */
  waitForData(time) {
    this.position = Math.max(0, time);
    this.wantedAt = performance.now();
    this.stop();
    for (const m of this.usable()) m.place(this.position, TOGETHER);
  }

  finish() {
    const length = this.length();
    if (this.loop.on && length > SHORTEST) return this.seek(this.loop.from(length));
    this.wanted = false;
    this.stop();
    this.position = length;
  }
}
