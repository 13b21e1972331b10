// Asks Python to draw a part of the page again when something changed that is on it, and at no other time.

import { CHANGED, PUSHED } from "../shared/constants.js";
import { setText } from "../shared/dom.js";
import { againText, clockText } from "../shared/format.js";
import { IdleCall, idle } from "../shared/idle.js";
import { hub } from "./hub.js";
import { News } from "./news.js";

/** @typedef {import("../shared/types").Component} Component */
/** @typedef {import("../shared/types").Change} Change */
/** @typedef {import("../shared/types").WatchPayload} WatchPayload */

const GATHER_MS = 60; // changes that come together are one rerun
const AGAIN_MS = 5000;
const TRIES = 5; // each waits twice as long as the one before
/** @type {WeakMap<HTMLElement, Watcher>} */
const watchers = new WeakMap();

class Watcher {
  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    /** @type {WatchPayload} */
    this.page = JSON.parse(component.data.json);
    this.news = new News();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.again = undefined;
    this.rerun = new IdleCall(idle);
    this.status = new IdleCall(idle);
    /** @type {boolean | null} */
    this.sentStatus = null;
    this.sentStatusAt = 0;
  }

  /**
   * Called at every drawing: `seen` is what was drawn, by generation; `at` is when it was read.
   * @param {Component} component
   */
  update(component) {
    this.component = component;
    this.page = JSON.parse(component.data.json);
    clearTimeout(this.again);
    hub.subscribe(this, this.page.pass, this.page.at);
    this.onChanges(hub.recent);
    if (hub.connected !== null) this.onStatus(hub.connected);
  }

  /** @param {Change[]} changes */
  onChanges(changes, reset = false) {
    const news = this.news.take(changes, this.page);
    if (!news.length && !reset) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.askForRerun(), GATHER_MS);
  }

  // Streamlit drops what is asked while its own socket is down, and says nothing.
  askForRerun(tries = 1) {
    this.rerun.make(() => this.component.setTriggerValue(CHANGED, String(Date.now())));
    clearTimeout(this.again);
    if (tries < TRIES) this.again = setTimeout(() => this.askForRerun(tries + 1), AGAIN_MS * 2 ** (tries - 1));
  }

  /**
   * Python draws again by itself, slowly, while something is under way and no socket can be had.
   * @param {boolean} connected
   */
  onStatus(connected) {
    if (!this.page.waiting || connected === this.page.pushed) return;
    // Sent already, and Python is about to know it.
    if (connected === this.sentStatus && Date.now() - this.sentStatusAt < AGAIN_MS) return;
    this.sentStatus = connected;
    this.sentStatusAt = Date.now();
    this.status.make(() => this.component.setStateValue(PUSHED, connected));
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.again);
    this.rerun.cancel();
    this.status.cancel();
    hub.unsubscribe(this);
  }
}

// --- from Streamlit

/** @param {Component} component */
export function update(component) {
  const { parentElement: place } = component;
  const watcher = watchers.get(place) ?? new Watcher(component);
  watchers.set(place, watcher);
  watcher.update(component);
}

/** @param {HTMLElement} place */
export function close(place) {
  watchers.get(place)?.close();
  watchers.delete(place);
}

// Seconds that go on without Python: <time class="st-since" data-since="UNIX">, <time class="st-until" data-until=…>.
setInterval(() => {
  /** @type {NodeListOf<HTMLElement>} */
  const clocks = document.querySelectorAll("time.st-since");
  for (const node of clocks) setText(node, clockText(Math.round(hub.since(Number(node.dataset.since)))));
  /** @type {NodeListOf<HTMLElement>} */
  const ahead = document.querySelectorAll("time.st-until");
  for (const node of ahead) setText(node, againText(hub.until(Number(node.dataset.until))));
}, 500);
