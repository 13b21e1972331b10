// Asks Python to draw a part of the page again when something changed that is on it, and at no other time.

import { clockText, say } from "../shared/dom.js";
import { hub } from "./hub.js";

const GATHER_MS = 60; // changes that come together are one rerun
const AGAIN_MS = 5000;
const TRIES = 5; // each waits twice as long as the one before
const seats = new WeakMap();

class Seat {
  constructor() {
    this.told = new Map(); // changes that Python was told of: never twice, whatever it makes of them
    this.timer = this.again = this.reportedAt = 0;
    this.reported = null;
  }

  // Called at every drawing: `seen` is what was drawn, by generation; `at` is when it was read.
  use({ data, setStateValue, setTriggerValue }) {
    this.page = JSON.parse(data.json);
    clearTimeout(this.again);
    this.setState = setStateValue;
    this.trigger = setTriggerValue;
    hub.join(this, this.page.pass, this.page.at);
    this.hear([...hub.recent.values()]);
    this.status(hub.up);
  }

  hear(changes, reset = false) {
    const mine = changes.filter((change) => this.matters(change));
    for (const { id, at } of mine) this.told.set(id, at);
    if (!mine.length && !reset) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), GATHER_MS);
  }

  // Streamlit drops what is asked while its own socket is down, and says nothing.
  ask(tries = 1) {
    this.trigger("changed", String(Date.now()));
    clearTimeout(this.again);
    if (tries < TRIES) this.again = setTimeout(() => this.ask(tries + 1), AGAIN_MS * 2 ** (tries - 1));
  }

  matters({ id, model, at }) {
    const { seen, at: read, model: own } = this.page;
    if ((own && model !== own) || this.told.get(id) >= at) return false;
    // What is not on the page matters only if it is newer than the page.
    return at > (seen[id] ?? read - 1);
  }

  // Python draws again by itself, slowly, while something is under way and no socket can be had.
  status(up) {
    if (up === null || !this.page.waiting || up === this.page.pushed) return;
    // Said already, and Python is about to know it.
    if (up === this.reported && Date.now() - this.reportedAt < AGAIN_MS) return;
    this.reported = up;
    this.reportedAt = Date.now();
    this.setState("pushed", up);
  }

  leave() {
    clearTimeout(this.timer);
    clearTimeout(this.again);
    hub.leave(this);
  }
}

// --- from Streamlit

export function update(component) {
  const place = component.parentElement;
  if (!seats.has(place)) seats.set(place, new Seat());
  seats.get(place).use(component);
}

export function close(place) {
  seats.get(place)?.leave();
  seats.delete(place);
}

// Seconds that go on without Python: <time class="st-since" data-since="UNIX">.
setInterval(() => {
  for (const node of document.querySelectorAll("time.st-since")) {
    say(node, clockText(Math.round(hub.since(Number(node.dataset.since)))));
  }
}, 500);
