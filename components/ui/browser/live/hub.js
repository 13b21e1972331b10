// The one socket of this browser tab, for all that listen on the page. Knows nothing that is on it.

import { SOCKET_BEAT_SECONDS, SOCKET_PATH, SOCKET_PROTOCOL } from "../shared/constants.js";

const SILENCE_MS = 3 * SOCKET_BEAT_SECONDS * 1000; // the server says at least once a beat that all is well
const GRACE_MS = 4000; // so long a lost socket may come back before anybody is told
const LONGEST_MS = 30000;
const REFUSED = 3; // tries in vain after which a fresh pass is asked for
const KEPT = 500;

class Hub {
  constructor() {
    this.listeners = new Set();
    this.recent = new Map(); // generation → its last change, for who joins late
    this.pass = null;
    this.run = null; // the server's: another one knows nothing of what is on the page
    this.at = 0; // the server's clock: what changed before it is known here
    this.underWay = null;
    this.up = null; // unknown, true, false
    this.skew = null; // seconds that our clock is ahead of the server's
    this.socket = null;
    this.tries = this.heard = this.timer = this.grace = 0;
    addEventListener("online", () => this.hurry());
    addEventListener("pagehide", () => this.drop());
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    setInterval(() => this.listen(), SILENCE_MS / 4);
  }

  // --- who listens: an object with hear(changes, reset), and if it likes status(up) and refused()

  join(listener, pass, at) {
    this.listeners.add(listener);
    const fresh = pass !== this.pass;
    this.pass = pass;
    this.at ||= at;
    if (fresh && !this.up) this.hurry();
    else this.open();
  }

  leave(listener) {
    this.listeners.delete(listener);
    if (!this.listeners.size) this.drop();
  }

  tell(name, ...words) {
    for (const listener of [...this.listeners]) listener[name]?.(...words);
  }

  // --- the socket

  open() {
    clearTimeout(this.timer);
    if (this.socket || !this.pass || !this.listeners.size) return;
    const url = new URL(SOCKET_PATH, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("since", this.at);
    const socket = (this.socket = new WebSocket(url, [SOCKET_PROTOCOL, this.pass]));
    this.heard = Date.now();
    socket.onopen = () => this.say(true);
    socket.onmessage = (event) => this.take(JSON.parse(event.data));
    socket.onclose = () => this.socket === socket && this.lost();
  }

  take({ run, at, underWay, reset, changes }) {
    this.run = run;
    this.heard = Date.now();
    this.tries = 0;
    this.at = at;
    // The fastest message seen is the nearest to the truth: travel time only ever adds.
    this.skew = Math.min(this.skew ?? Infinity, Date.now() / 1000 - at);
    this.underWay = underWay;
    const fresh = changes
      .map(([id, model, state, moment]) => ({ id, model, state, at: moment }))
      .filter((change) => !(this.recent.get(change.id)?.at >= change.at));
    for (const change of fresh) {
      this.recent.delete(change.id);
      this.recent.set(change.id, change);
    }
    for (const id of [...this.recent.keys()].slice(0, -KEPT)) this.recent.delete(id);
    this.tell("hear", fresh, reset);
  }

  // Seconds since a moment of the server's clock.
  since(moment) {
    return Math.max(0, Date.now() / 1000 - (this.skew ?? 0) - moment);
  }

  lost() {
    this.socket = this.run = null;
    this.grace ||= setTimeout(() => this.say(false), GRACE_MS);
    this.tries += 1;
    if (this.tries % REFUSED === 0) this.tell("refused");
    // Jitter, so that a hundred browsers do not come back in the same moment after a restart.
    const wait = Math.min(LONGEST_MS, 500 * 2 ** this.tries) * (0.5 + Math.random() / 2);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), wait);
  }

  say(up) {
    clearTimeout(this.grace);
    this.grace = 0;
    if (up === this.up) return;
    this.up = up;
    this.tell("status", up);
  }

  // A socket whose other end vanished without a word looks open for hours.
  listen() {
    if (this.socket && Date.now() - this.heard > SILENCE_MS) this.hurry();
  }

  hurry() {
    if (this.socket && Date.now() - this.heard < SILENCE_MS) return;
    this.drop();
    this.open();
  }

  drop() {
    const socket = this.socket;
    this.socket = this.run = null;
    clearTimeout(this.timer);
    socket?.close();
  }
}

export const hub = new Hub();
