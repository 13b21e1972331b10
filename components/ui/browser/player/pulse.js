// How the clock is kept, frame by frame: waits for all, starts all, corrects all. Knows no person's wishes.

import { Loop, SHORTEST } from "./loop.js";

const PATIENCE_MS = 10000; // then the others start, and the slow one joins when it can
const LAST = 0.02; // seconds before the end of a part at which it is over: the next look may come too late
const TOGETHER = 0.02; // seconds: nearer than this a video that only waits for data is not moved

export class Pulse {
  constructor(onChange) {
    this.onChange = onChange;
    this.members = new Map();
    this.loop = new Loop();
    this.wanted = false; // the person pressed play
    this.running = false; // the videos really run: false while one of them still loads
    this.held = false; // the scrub bar is in the hand
    this.position = 0; // where we are while nothing runs
    this.pending = false; // a seek that waits for the one under way
    this.drift = 0; // seconds, the worst of this moment
    this.speed = 1;
    this.audible = null;
    this.raf = 0;
    this.wantedAt = this.startedAt = this.tickedAt = 0;
  }

  // --- readings

  present() {
    return [...this.members.values()].filter((m) => m.usable());
  }

  length() {
    const lasting = this.present().filter((m) => m.lasts);
    return Math.max(0, ...lasting.map((m) => m.until()));
  }

  // All of them have said how long they are, or will never say it.
  known() {
    return [...this.members.values()].every((m) => m.failed || m.usable());
  }

  // The one that is heard sets the pace, because a change of speed is audible and not visible.
  master() {
    const here = (m) => !m.over() && !m.early(this.position) && !m.rests(this.position);
    const going = this.present().filter((m) => m.joined && here(m));
    const heard = going.find((m) => m.id === this.audible);
    return heard ?? going.sort((a, b) => b.until() - a.until())[0] ?? null;
  }

  counts(member) {
    return member.shown || member.id === this.audible;
  }

  // Members that a start has to wait for.
  loading() {
    if (performance.now() - this.wantedAt > PATIENCE_MS) return [];
    return [...this.members.values()].filter((m) => this.counts(m) && !m.readyAt(this.position));
  }

  // --- the beat

  wake() {
    if (!this.raf) this.raf = requestAnimationFrame(() => this.onFrame());
  }

  onFrame() {
    this.raf = 0;
    this.tick();
    if (this.wanted) this.wake();
  }

  tick() {
    if (this.running) this.run();
    else if (this.wanted) this.start();
    if (this.wanted) this.wake();
    this.onChange();
  }

  stop() {
    this.running = false;
    this.drift = 0;
    for (const m of this.members.values()) m.video.pause();
  }

  // Scrubbing asks for more seeks than a decoder can serve: only the newest waits its turn.
  place() {
    const here = this.present();
    this.pending = here.some((m) => m.video.seeking);
    if (this.pending) return;
    for (const m of here) m.place(this.position);
  }

  settle() {
    if (this.pending && !this.running) this.place();
    this.tick();
  }

  start() {
    // The one that was waited for may have failed or gone in the middle of its seek.
    if (this.pending) this.place();
    if (this.held || this.pending || this.loading().length) return;
    const group = this.present();
    if (!group.length) return;
    this.running = true;
    this.startedAt = this.tickedAt = performance.now();
    for (const m of group) {
      m.prepare(this.position, this.speed);
      if (m.joined && m.moves(this.position)) this.roll(m);
    }
  }

  run() {
    const elapsed = (performance.now() - this.tickedAt) / 1000;
    this.tickedAt += elapsed * 1000;
    const master = this.master();
    const here = this.present();
    if (!master && !here.some((m) => m.joined && m.early(this.position))) return this.finish();
    // Between two videos that do not overlap, the time goes on by itself.
    const time = master ? master.time() : this.position + elapsed * this.speed;
    if (this.wraps(time)) return this.seek(this.loop.start);
    if (this.outlasts(here, time)) return this.finish();
    const hungry = this.feed(here);
    if (hungry.length) return this.wait(Math.min(time, ...hungry.map((m) => m.time())));
    // The keyboard's own pause key stops one video: it means all.
    if (master?.video.paused && performance.now() - this.startedAt > 500) return this.pause();
    this.position = time;
    this.correct(here, master, time);
  }

  correct(here, master, time) {
    if (master) {
      master.pulled = false;
      master.pace(this.speed);
    }
    const roll = (member) => this.roll(member);
    const others = here.filter((m) => m !== master);
    this.drift = Math.max(0, ...others.map((m) => Math.abs(m.follow(time, this.speed, roll))));
  }

  wraps(time) {
    const length = this.length();
    return this.loop.on && this.loop.fits(length) && time >= this.loop.to(length) - LAST * this.speed;
  }

  // Who is out of sight in a view of two may be longer, and even be the one that is heard.
  outlasts(here, time) {
    return here.some((m) => !m.lasts) && time >= this.length();
  }

  // Those that have no data and count; one that is out of sight leaves the others and comes back by itself.
  feed(here) {
    const hungry = here.filter((m) => m.starved());
    for (const m of hungry) {
      m.dry += 1;
      if (!this.counts(m)) m.joined = false;
    }
    return hungry.filter((m) => this.counts(m));
  }

  // All stand still where the hungry one is, for moving that one would cost it the little it has, and start together.
  wait(time) {
    this.position = Math.max(0, time);
    this.wantedAt = performance.now();
    this.stop();
    for (const m of this.present()) m.place(this.position, TOGETHER);
  }

  finish() {
    const length = this.length();
    if (this.loop.on && length > SHORTEST) return this.seek(this.loop.from(length));
    this.wanted = false;
    this.stop();
    this.position = length;
  }
}
