// What is played over and over: all of it, or a marked part. Knows seconds only.

import { between } from "./member.js";

export const SHORTEST = 0.1; // seconds: a shorter part would be nothing but seeking

export class Loop {
  constructor() {
    this.on = false;
    this.start = null; // both are null without a mark
    this.end = null;
  }

  get marked() {
    return this.start !== null;
  }

  // A part may lie beyond all videos, if they were changed or the address says so: then all is played.
  fits(length) {
    return this.marked && this.start <= length - SHORTEST && this.end - this.start >= SHORTEST - 1e-6;
  }

  from(length) {
    return this.fits(length) ? this.start : 0;
  }

  to(length) {
    return this.fits(length) ? Math.min(this.end, length) : length;
  }

  // A mark at the other end is kept if it still fits, and else makes way.
  markStart(time, length) {
    if (length < SHORTEST) return;
    const start = between(time, 0, Math.max(0, length - SHORTEST));
    const end = this.to(length);
    this.mark(start, end - start < SHORTEST ? length : end);
  }

  markEnd(time, length) {
    if (length < SHORTEST) return;
    const end = between(time, Math.min(SHORTEST, length), length);
    const start = this.from(length);
    this.mark(end - start < SHORTEST ? 0 : start, end);
  }

  mark(start, end) {
    Object.assign(this, { on: true, start, end });
  }

  clear() {
    Object.assign(this, { on: false, start: null, end: null });
  }

  // Where to go on from this time: looping never leaves the part.
  inside(time, length) {
    if (!this.on || !this.fits(length)) return time;
    return time < this.start - 0.001 || time >= this.to(length) - 0.001 ? this.start : time;
  }
}
