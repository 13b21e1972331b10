// The bell in the frame of every page: how much work has ended since you last looked, and a list of it.

import { OPEN, RENEW } from "../shared/constants.js";
import { isBrowsersOwn, isRepeated } from "../shared/dom.js";
import { IdleCall, idle } from "../shared/idle.js";
import { hub } from "./hub.js";
import { Inbox } from "./inbox.js";
import { keep, recall } from "./memory.js";
import { isNotifying, notify, setNotifying } from "./notify.js";
import { drawPanel, makePanel } from "./panel.js";
import { watchTheme } from "./theme.js";
import { Typed } from "./typed.js";

/** @typedef {import("../shared/types").Component} Component */
/** @typedef {import("../shared/types").Change} Change */

const LOOKED = "screentest:looked"; // unix seconds, kept in the browser so that it outlives the visit
const RENEW_MS = 120000; // between two requests for a fresh pass
const RESTART_MS = 1000; // after a restart Streamlit often asks by itself
const TRIES = 6; // each waits twice as long as the one before
const LOST_MS = 8000;
const BLOCKED = "Your browser blocks them. Allow notifications for this address, then press again.";
/** @type {WeakMap<HTMLElement, Bell>} */
const bells = new WeakMap();

export class Bell {
  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.json = "";
    this.inbox = new Inbox();
    this.runOfPage = "";
    this.renewedAt = 0;
    this.before = 0; // when the person had looked before the list was opened
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.renewing = new IdleCall(idle);
    /** @type {string | null} */
    this.rerunFor = null; // the run of the server that was asked to draw all anew
    this.hint = "";
    this.typed = new Typed(document);
    this.theme = watchTheme(() => this.renew());
    this.parts = makePanel(component.parentElement, this);
    this.onStorage = (/** @type {StorageEvent} */ event) => {
      if (event.key === LOOKED) this.draw();
    };
    this.onPointer = (/** @type {PointerEvent} */ event) => {
      if (!event.composedPath().includes(this.parts.root)) this.setOpen(false);
    };
    this.onClick = (/** @type {MouseEvent} */ event) => this.onLink(event);
    addEventListener("storage", this.onStorage);
    document.addEventListener("pointerdown", this.onPointer);
    document.addEventListener("click", this.onClick);
  }

  /** @param {Component} component */
  update(component) {
    this.component = component;
    /** @type {import("../shared/types").BellPayload} */
    const page = JSON.parse(component.data.json);
    this.stopAsking();
    this.runOfPage = page.run;
    this.theme.update(page.theme);
    this.inbox.load(page);
    if (recall(LOOKED) === null) keep(LOOKED, page.at);
    hub.subscribe(this, page.pass, page.at);
    this.onChanges(hub.recent, false);
    this.draw();
  }

  // --- what the socket says

  /**
   * @param {Change[]} changes
   * @param {boolean} reset
   */
  onChanges(changes, reset) {
    for (const item of this.inbox.receive(changes)) {
      notify(item, this.inbox.nameOf(item.model), () => this.open(item));
    }
    if (reset) this.onRefused();
    const { run } = hub.feed;
    if (run && run !== this.runOfPage && run !== this.rerunFor) {
      this.rerunFor = run;
      this.timer = setTimeout(() => this.askForRerun(), RESTART_MS);
    }
    this.draw();
  }

  // The server was started again and knows nothing of this page: all of it is drawn anew, or it would stand still.
  // Streamlit drops what is asked while its own socket is down, and says nothing.
  askForRerun(tries = 1) {
    this.renew();
    if (tries < TRIES) this.timer = setTimeout(() => this.askForRerun(tries + 1), RESTART_MS * 2 ** tries);
    else this.rerunFor = null; // the hub's next message begins again
  }

  stopAsking() {
    clearTimeout(this.timer);
  }

  onRefused() {
    if (document.hidden || Date.now() - this.renewedAt < RENEW_MS) return;
    this.renewedAt = Date.now();
    this.renew();
  }

  renew() {
    this.renewing.make(() => this.component.setTriggerValue(RENEW, String(Date.now())));
  }

  // --- what it shows

  get looked() {
    return Number(recall(LOOKED) ?? this.inbox.begun);
  }

  draw() {
    drawPanel(this);
  }

  /**
   * What was new when the list opened stays marked until it is opened again.
   * @param {boolean} open
   */
  setOpen(open) {
    if (open === !this.parts.panel.hidden) return;
    if (open) {
      this.before = this.looked;
      keep(LOOKED, Math.max(this.looked, hub.feed.at, ...this.inbox.newest.map((item) => item.at)));
    }
    this.parts.panel.hidden = !open;
    this.draw();
  }

  async toggleNotifying() {
    const granted = await setNotifying(!isNotifying());
    this.hint = granted ? "" : BLOCKED;
    this.draw();
  }

  // --- where it leads: through Python, which knows the video and keeps what was typed; a link would load all anew

  /** @param {{id?: string, href: string}} item */
  open({ id, href }) {
    this.setOpen(false);
    this.component.setTriggerValue(OPEN, id || href);
    // Without Streamlit's socket the value is lost: then the page is loaded anew after all.
    const here = location.href;
    if (new URL(href, here).pathname === location.pathname) return;
    setTimeout(() => location.href === here && location.assign(href), LOST_MS);
  }

  /** @param {MouseEvent} event */
  onLink(event) {
    const isLink = (/** @type {EventTarget} */ node) => node instanceof HTMLElement && node.matches("a.st-go");
    const link = /** @type {HTMLElement | undefined} */ (event.composedPath().find(isLink));
    const href = link?.getAttribute("href");
    if (!link || !href || isBrowsersOwn(event)) return;
    event.preventDefault();
    if (!isRepeated(event)) this.open({ id: link.dataset.id, href });
  }

  close() {
    this.stopAsking();
    this.renewing.cancel();
    this.typed.close();
    this.theme.close();
    hub.unsubscribe(this);
    removeEventListener("storage", this.onStorage);
    document.removeEventListener("pointerdown", this.onPointer);
    document.removeEventListener("click", this.onClick);
    this.parts.root.remove();
  }
}

// --- from Streamlit

/** @param {Component} component */
export function update(component) {
  const { parentElement: place } = component;
  const bell = bells.get(place) ?? new Bell(component);
  bells.set(place, bell);
  bell.update(component);
}

/** @param {HTMLElement} place */
export function close(place) {
  bells.get(place)?.close();
  bells.delete(place);
}
