// The bell in the frame of every page: how much work has ended since you last looked, and a list of it.

import { COUNTED } from "../shared/constants.js";
import { hub } from "./hub.js";
import { keep, recall } from "./memory.js";
import { announce, mayAnnounce, wantAnnounce } from "./notify.js";
import { draw, furnish } from "./panel.js";

const LOOKED = "screentest:looked"; // unix seconds, kept in the browser so that it outlives the visit
const KEPT = 50;
const PATIENCE_MS = 120000; // between two askings for a fresh pass
const RESTART_MS = 1000; // after a restart Streamlit often asks by itself
const TRIES = 6; // each waits twice as long as the one before
const LOST_MS = 8000;
const bells = new WeakMap();

class Bell {
  constructor(place) {
    this.items = new Map();
    this.asked = this.before = this.anew = 0;
    this.askedOf = null; // the run of the server that was asked to draw all anew
    this.hint = "";
    this.begun = 0;
    this.parts = furnish(place, this);
    this.onStorage = (event) => event.key === LOOKED && this.draw();
    this.onPointer = (event) => event.composedPath().includes(this.parts.root) || this.show(false);
    this.onClick = (event) => this.follow(event);
    addEventListener("storage", this.onStorage);
    document.addEventListener("pointerdown", this.onPointer);
    document.addEventListener("click", this.onClick);
  }

  use({ data, setTriggerValue }) {
    this.page = JSON.parse(data.json);
    this.stopAsking();
    this.trigger = setTriggerValue;
    this.begun ||= this.page.at;
    if (recall(LOOKED) === null) keep(LOOKED, this.page.at);
    const known = this.items;
    this.items = new Map(this.page.items.map((item) => [item.id, item]));
    for (const item of known.values()) if (!this.items.has(item.id)) this.items.set(item.id, item);
    hub.join(this, this.page.pass, this.page.at);
    this.hear([...hub.recent.values()], false);
    this.draw();
  }

  // --- what the socket says

  hear(changes, reset) {
    for (const change of changes) {
      const before = this.items.get(change.id);
      if (!COUNTED.includes(change.state)) this.items.delete(change.id);
      else if (before?.state !== change.state) {
        this.items.set(change.id, { ...change, href: this.whereTo(change) });
        if (change.at > this.begun) this.announce(this.items.get(change.id));
      }
    }
    if (reset) this.refused();
    if (hub.run && hub.run !== this.page.run && hub.run !== this.askedOf) {
      this.askedOf = hub.run;
      this.anew = setTimeout(() => this.askAnew(), RESTART_MS);
    }
    this.draw();
  }

  // The server was started again and knows nothing of this page: all of it is drawn anew, or it would stand still.
  // Streamlit drops what is asked while its own socket is down, and says nothing.
  askAnew(tries = 1) {
    this.trigger("renew", String(Date.now()));
    if (tries < TRIES) this.anew = setTimeout(() => this.askAnew(tries + 1), RESTART_MS * 2 ** tries);
    else this.askedOf = null; // the hub's next message begins again
  }

  stopAsking() {
    clearTimeout(this.anew);
  }

  announce(item) {
    announce(item.id, item.state, this.nameOf(item.model), () => this.go(item));
  }

  refused() {
    if (document.hidden || Date.now() - this.asked < PATIENCE_MS) return;
    this.asked = Date.now();
    this.trigger("renew", String(this.asked));
  }

  // --- what it shows

  get looked() {
    return Number(recall(LOOKED) ?? this.begun);
  }

  get newest() {
    return [...this.items.values()].sort((one, other) => other.at - one.at).slice(0, KEPT);
  }

  nameOf(model) {
    return this.page.models[model]?.name ?? "A model";
  }

  whereTo({ model, state }) {
    return state === "done" ? `/${this.page.models[model]?.page ?? ""}` : "/activity";
  }

  draw() {
    draw(this);
  }

  // What was new when the list opened stays marked until it is opened again.
  show(open) {
    if (open === !this.parts.panel.hidden) return;
    if (open) {
      this.before = this.looked;
      keep(LOOKED, Math.max(this.looked, hub.at, ...this.newest.map((item) => item.at)));
    }
    this.parts.panel.hidden = !open;
    this.draw();
  }

  async flip() {
    const granted = await wantAnnounce(!mayAnnounce());
    this.hint = granted ? "" : "Your browser blocks them. Allow notifications for this address, then press again.";
    this.draw();
  }

  // --- where it leads: through Python, which knows the video and keeps what was typed; a link would load all anew

  go({ id, href }) {
    this.show(false);
    this.trigger("open", id || href);
    // Without Streamlit's socket the word is lost: then the page is loaded anew after all.
    const here = location.href;
    if (new URL(href, here).pathname === location.pathname) return;
    setTimeout(() => location.href === here && location.assign(href), LOST_MS);
  }

  follow(event) {
    const link = event.composedPath().find((node) => node.matches?.("a.st-go"));
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go({ id: link.dataset.id, href: link.getAttribute("href") });
  }

  leave() {
    this.stopAsking();
    hub.leave(this);
    removeEventListener("storage", this.onStorage);
    document.removeEventListener("pointerdown", this.onPointer);
    document.removeEventListener("click", this.onClick);
    this.parts.root.remove();
  }
}

// --- from Streamlit

export function update(component) {
  const place = component.parentElement;
  if (!bells.has(place)) bells.set(place, new Bell(place));
  bells.get(place).use(component);
}

export function close(place) {
  bells.get(place)?.leave();
  bells.delete(place);
}
