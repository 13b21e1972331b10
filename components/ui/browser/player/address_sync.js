// Keeps the page's address as the comparison is: writes what has stood still since the last look, and puts back what
// somebody else dropped.

import { format, isWritten, merge } from "./address.js";

const WRITE_MS = 1000; // while it plays no more often than this

export class AddressSync {
  /** @param {() => import("./address.js").CompareState} readState */
  constructor(readState) {
    this.readState = readState;
    this.path = location.pathname; // of the page that this state belongs to
    this.last = "";
    this.wroteAt = 0;
  }

  // The state as a query.
  query() {
    return merge("", format(this.readState())).slice(1);
  }

  /** @param {boolean} playing */
  update(playing) {
    if (location.pathname !== this.path) return;
    const texts = format(this.readState());
    const now = JSON.stringify([...texts]);
    const settled = now === this.last;
    this.last = now;
    if (!settled || isWritten(location.search, texts)) return;
    if (playing && performance.now() - this.wroteAt < WRITE_MS) return;
    this.wroteAt = performance.now();
    history.replaceState(history.state, "", location.pathname + merge(location.search, texts) + location.hash);
  }
}
