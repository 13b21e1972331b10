// How far apart the videos are, in words: the worst of the last half second, not the flicker of every frame.

const PERIOD_MS = 500;
const START_MS = 300; // a start is not yet a drift
const IN_STEP_MS = 40; // one frame of most videos

export class DriftMeter {
  constructor() {
    this.at = 0;
    this.worst = 0;
  }

  /**
   * The words to show from now on; null while those that stand still hold.
   * @param {number} drift seconds at this moment
   * @param {number} now milliseconds
   * @param {number} startedAt milliseconds
   * @returns {string | null}
   */
  measure(drift, now, startedAt) {
    this.worst = now - startedAt < START_MS ? 0 : Math.max(this.worst, drift);
    if (now - this.at < PERIOD_MS) return null;
    const ms = Math.round(this.worst * 1000);
    this.at = now;
    this.worst = 0;
    return ms <= IN_STEP_MS ? `in step: ${ms} ms` : `catching up: ${ms} ms`;
  }
}
