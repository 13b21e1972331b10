// The one socket of this browser tab, for all that subscribe on the page. What it tells is kept by the feed.

import { SOCKET_BEAT_SECONDS, SOCKET_PATH, SOCKET_PROTOCOL } from "../shared/constants.js";
import { watchPresses } from "../shared/idle.js";
import { Feed, reconnectMs } from "./feed.js";

/** @typedef {import("../shared/types").Change} Change */
/**
 * @typedef {{
 *   onChanges: (changes: Change[], reset: boolean) => void,
 *   onStatus?: (connected: boolean) => void,
 *   onRefused?: () => void,
 * }} Subscriber
 */

const SILENCE_MS = 3 * SOCKET_BEAT_SECONDS * 1000; // the server says at least once a beat that all is well
const GRACE_MS = 4000; // so long a lost socket may come back before anybody is notified
const REFUSED = 3; // tries in vain after which a fresh pass is asked for

class Hub {
  constructor() {
    this.feed = new Feed();
    /** @type {Set<Subscriber>} */
    this.subscribers = new Set();
    /** @type {string | null} */
    this.pass = null;
    /** @type {boolean | null} */
    this.connected = null; // null: not known yet
    /** @type {WebSocket | null} */
    this.socket = null;
    this.tries = 0;
    this.receivedAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {ReturnType<typeof setTimeout> | null} */
    this.grace = null;
    addEventListener("online", () => this.reconnect());
    addEventListener("pagehide", () => this.disconnect());
    addEventListener("pageshow", (event) => event.persisted && this.reconnect());
    document.addEventListener("visibilitychange", () => document.hidden || this.reconnect());
    setInterval(() => this.checkSilence(), SILENCE_MS / 4);
    watchPresses();
  }

  // --- who subscribes

  /**
   * @param {Subscriber} subscriber
   * @param {string} pass with which this browser may listen
   * @param {number} at unix seconds of the server: what changed before is on the page
   */
  subscribe(subscriber, pass, at) {
    this.subscribers.add(subscriber);
    const fresh = pass !== this.pass;
    this.pass = pass;
    this.feed.at ||= at;
    if (fresh && !this.connected) this.reconnect();
    else this.connect();
  }

  /** @param {Subscriber} subscriber */
  unsubscribe(subscriber) {
    this.subscribers.delete(subscriber);
    if (!this.subscribers.size) this.disconnect();
  }

  /** @param {(subscriber: Subscriber) => void} call */
  notify(call) {
    for (const subscriber of [...this.subscribers]) call(subscriber);
  }

  // --- readings

  get recent() {
    return [...this.feed.recent.values()];
  }

  /**
   * Seconds since a moment of the server's clock.
   * @param {number} moment
   */
  since(moment) {
    return this.feed.since(moment, Date.now() / 1000);
  }

  /**
   * Seconds until a moment of the server's clock.
   * @param {number} moment
   */
  until(moment) {
    return this.feed.until(moment, Date.now() / 1000);
  }

  // --- the socket

  connect() {
    clearTimeout(this.timer);
    if (this.socket || !this.pass || !this.subscribers.size) return;
    const url = new URL(SOCKET_PATH, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("since", String(this.feed.at));
    const socket = new WebSocket(url, [SOCKET_PROTOCOL, this.pass]);
    this.socket = socket;
    this.receivedAt = Date.now();
    socket.onopen = () => this.setConnected(true);
    socket.onmessage = (event) => this.receive(JSON.parse(event.data));
    socket.onclose = () => this.socket === socket && this.onLost();
  }

  /** @param {import("../shared/types").SocketMessage} message */
  receive(message) {
    this.receivedAt = Date.now();
    this.tries = 0;
    const fresh = this.feed.receive(message, Date.now() / 1000);
    this.notify((subscriber) => subscriber.onChanges(fresh, message.reset));
  }

  onLost() {
    this.socket = this.feed.run = null;
    this.grace ??= setTimeout(() => this.setConnected(false), GRACE_MS);
    this.tries += 1;
    if (this.tries % REFUSED === 0) this.notify((subscriber) => subscriber.onRefused?.());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), reconnectMs(this.tries, Math.random()));
  }

  /** @param {boolean} connected */
  setConnected(connected) {
    if (this.grace !== null) clearTimeout(this.grace);
    this.grace = null;
    if (connected === this.connected) return;
    this.connected = connected;
    this.notify((subscriber) => subscriber.onStatus?.(connected));
  }

  // A socket whose other end vanished without a word looks open for hours.
  checkSilence() {
    if (this.socket && Date.now() - this.receivedAt > SILENCE_MS) this.reconnect();
  }

  reconnect() {
    if (this.socket && Date.now() - this.receivedAt < SILENCE_MS) return;
    this.disconnect();
    this.connect();
  }

  disconnect() {
    const { socket } = this;
    this.socket = this.feed.run = null;
    clearTimeout(this.timer);
    socket?.close();
  }
}

export const hub = new Hub();
