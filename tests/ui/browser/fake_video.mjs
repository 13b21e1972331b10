// A stand-in for a video element, and for the page's beat: time passes only when a test says so.
//
// The tests of the browser's pure logic lie here, beside the Python tests of the same folder, because tests mirror
// `components/`; they are run by `node --test` in seconds and need no browser.

/** @type {(() => void)[]} */
let beats = [];
let clock = 10_000; // milliseconds

// What the modules ask of a browser, and no more.
Object.assign(globalThis, {
  document: { hidden: false },
  requestAnimationFrame: (/** @type {() => void} */ beat) => beats.push(beat),
  cancelAnimationFrame: () => {
    beats = [];
  },
});
performance.now = () => clock;

export class FakeVideo extends EventTarget {
  /**
   * @param {number} duration
   * @param {{readyState?: number, buffered?: number}} [has]
   */
  constructor(duration, { readyState = 4, buffered = duration } = {}) {
    super();
    this.duration = duration;
    this.readyState = readyState;
    this.networkState = readyState < 3 ? 2 : 1; // loading, or idle with all of it
    this.currentTime = 0;
    this.playbackRate = 1;
    this.paused = true;
    this.seeking = false;
    this.muted = false;
    this.volume = 1;
    this.preservesPitch = true;
    this.refuses = ""; // the name of the error with which play() is answered
    this.buffered = { length: 1, start: () => 0, end: () => buffered };
  }

  get ended() {
    return this.currentTime >= this.duration;
  }

  play() {
    const refused = this.refuses && !this.muted;
    this.paused = Boolean(refused);
    return refused ? Promise.reject(Object.assign(new Error(), { name: this.refuses })) : Promise.resolve();
  }

  pause() {
    this.paused = true;
  }

  load() {}

  removeAttribute() {}

  /** @param {number} seconds */
  pass(seconds) {
    if (this.paused || this.readyState < 3) return;
    this.currentTime = Math.min(this.duration, this.currentTime + seconds * this.playbackRate);
    if (this.ended) this.paused = true;
  }
}

/**
 * As the type of the real one, of which it has what the clock uses.
 * @param {FakeVideo} video
 * @returns {HTMLVideoElement}
 */
export const asVideo = (video) => /** @type {HTMLVideoElement} */ (/** @type {unknown} */ (video));

/**
 * Lets time pass for these videos and the page, frame by frame.
 * @param {number} seconds
 * @param {FakeVideo[]} videos
 */
export function pass(seconds, videos) {
  const frame = 1 / 60;
  for (let gone = 0; gone < seconds - 1e-9; gone += frame) {
    clock += frame * 1000;
    for (const video of videos) video.pass(frame);
    const due = beats;
    beats = [];
    for (const beat of due) beat();
  }
}
