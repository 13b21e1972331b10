// What is played over and over: all of it, or a marked part. Knows seconds only.

import { between } from "./time.js";

export const SHORTEST = 0.1; // seconds: a shorter part would be nothing but seeking

export class LoopRange {
  constructor() {
    this.on = false;
    /** @type {number | null} */
    this.start = null; // both are null without a marked part
    /** @type {number | null} */
    this.end = null;
  }

  get marked() {
    return this.start !== null;
  }

  /**
   * The marked part, if there is one that can be played. It may lie beyond all videos, if they were changed or the
   * address says so: then all is played.
   * @param {number} length
   */
  part(length) {
    const { start, end } = this;
    if (start === null || end === null) return null;
    return start <= length - SHORTEST && end - start >= SHORTEST - 1e-6
      ? { start, end: Math.min(end, length) }
      : null;
  }

  /** @param {number} length */
  from(length) {
    return this.part(length)?.start ?? 0;
  }

  /** @param {number} length */
  to(length) {
    return this.part(length)?.end ?? length;
  }

  /**
   * The other end is kept if it still fits, and else makes way.
   * @param {number} time
   * @param {number} length
   */
  setStart(time, length) {
    if (length < SHORTEST) return;
    const start = between(time, 0, Math.max(0, length - SHORTEST));
    const end = this.to(length);
    this.set(start, end - start < SHORTEST ? length : end);
  }

  /**
   * @param {number} time
   * @param {number} length
   */
  setEnd(time, length) {
    if (length < SHORTEST) return;
    const end = between(time, Math.min(SHORTEST, length), length);
    const start = this.from(length);
    this.set(end - start < SHORTEST ? 0 : start, end);
  }

  /**
   * @param {number | null} start
   * @param {number | null} end
   */
  set(start, end, on = true) {
    this.on = on;
    this.start = start;
    this.end = end;
  }

  clear() {
    this.set(null, null, false);
  }

  /**
   * Where to go on from this time: looping never leaves the part.
   * @param {number} time
   * @param {number} length
   */
  inside(time, length) {
    const part = this.on ? this.part(length) : null;
    if (!part) return time;
    return time < part.start - 0.001 || time >= part.end - 0.001 ? part.start : time;
  }

  /**
   * Whether the end of the part is reached, so that it begins anew.
   * @param {number} time
   * @param {number} length
   * @param {number} margin seconds before the end: the next look may come too late
   */
  wraps(time, length, margin) {
    const part = this.on ? this.part(length) : null;
    return part !== null && time >= part.end - margin;
  }
}
