// What the socket has told so far: the newest change of each generation, and the server's clock. Knows no socket.

/** @typedef {import("../shared/types").Change} Change */
/** @typedef {import("../shared/types").SocketMessage} SocketMessage */

const KEPT = 500;
const LONGEST_WAIT_MS = 30000;
const FIRST_WAIT_MS = 500;

export class Feed {
  constructor() {
    /** @type {Map<string, Change>} */
    this.recent = new Map(); // by generation: its last change, for who subscribes late
    /** @type {string | null} */
    this.run = null; // of the server: another one knows nothing of what is on the page
    this.at = 0; // the server's clock: what changed before it is known here
    this.underWay = 0;
    /** @type {number | null} */
    this.skew = null; // seconds that our clock is ahead of the server's
  }

  /**
   * Takes a message in, and gives the changes that were not known.
   * @param {SocketMessage} message
   * @param {number} now unix seconds of this machine
   * @returns {Change[]}
   */
  receive({ run, at, underWay, changes }, now) {
    this.run = run;
    this.at = at;
    // The fastest message seen is the nearest to the truth: travel time only ever adds.
    this.skew = Math.min(this.skew ?? Infinity, now - at);
    this.underWay = underWay;
    const fresh = changes
      .map(([id, model, state, moment]) => ({ id, model, state, at: moment }))
      .filter((change) => (this.recent.get(change.id)?.at ?? -Infinity) < change.at);
    for (const change of fresh) {
      this.recent.delete(change.id);
      this.recent.set(change.id, change);
    }
    for (const id of [...this.recent.keys()].slice(0, -KEPT)) this.recent.delete(id);
    return fresh;
  }

  /**
   * Seconds since a moment of the server's clock.
   * @param {number} moment
   * @param {number} now unix seconds of this machine
   */
  since(moment, now) {
    return Math.max(0, this.past(moment, now));
  }

  /**
   * Seconds until a moment of the server's clock.
   * @param {number} moment
   * @param {number} now unix seconds of this machine
   */
  until(moment, now) {
    return Math.max(0, -this.past(moment, now));
  }

  /**
   * @param {number} moment
   * @param {number} now
   */
  past(moment, now) {
    return now - (this.skew ?? 0) - moment;
  }
}

/**
 * How long to wait before another try. Spread out, so that a hundred browsers do not come back in the same moment
 * after a restart.
 * @param {number} tries so far, from 1
 * @param {number} random from 0 to 1
 */
export const reconnectMs = (tries, random) =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + random / 2);
