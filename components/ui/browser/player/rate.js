// How fast a video plays to come back into step with the others. Knows no video.

import { between } from "./time.js";

const SOFT = 0.004; // seconds apart: below this two videos count as together
const SETTLED = 0.001; // a correction goes on until here, so that it does not flicker around SOFT
const GAIN = 6; // how hard a drifting video is corrected: 50 ms behind plays 30 % faster
const MOST_CHANGE = 1; // and never by more than this
const SLOWEST = 0.0625; // browsers refuse less
const STEPS = 200; // a second: the rate changes in steps of 0.5 %, because each change costs the browser work

/**
 * Whether a video that is so many seconds behind the clock is to be corrected.
 * @param {number} apart
 * @param {boolean} correcting whether it is being corrected already
 */
export const needsCorrection = (apart, correcting) => Math.abs(apart) > (correcting ? SETTLED : SOFT);

/**
 * The playback rate of a video that is so many seconds behind the clock and is corrected.
 * @param {number} apart
 * @param {number} speed of the clock
 */
export function correctedRate(apart, speed) {
  // Added, not multiplied, below full speed: slow videos come back as quickly as others.
  const change = Math.max(1, speed) * between(apart * GAIN, -MOST_CHANGE, MOST_CHANGE);
  return Math.max(SLOWEST, speed + Math.round(change * STEPS) / STEPS);
}
