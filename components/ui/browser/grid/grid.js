// The grid: keeps each card by its id and touches only what changed. The only part that knows Streamlit.

import { MARKS, OPEN, TURN } from "../shared/constants.js";
import { el, placeChild, setAttribute } from "../shared/dom.js";
import { IdleCall, idle } from "../shared/idle.js";
import { adoptStyles } from "../shared/style.js";
import THEME from "../shared/theme.css" with { type: "css" };
import CARD from "./card.css" with { type: "css" };
import { Card } from "./card.js";
import GRID from "./grid.css" with { type: "css" };
import { Outbox } from "./outbox.js";
import { Pages } from "./pages.js";
import { idsToPick } from "./selection.js";

/** @typedef {import("../shared/types").Component} Component */
/** @typedef {import("../shared/types").CardSpec} CardSpec */
/** @typedef {import("../shared/types").Mark} Mark */

const AGAIN_MS = [2000, 4000, 8000];
/** @type {WeakMap<HTMLElement, Gallery>} */
const galleries = new WeakMap();

/**
 * @param {string} href
 * @param {string} name
 */
function saveFile(href, name) {
  const link = el("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

class Gallery {
  /** @param {Component} component */
  constructor(component) {
    const { parentElement: parent } = component;
    this.component = component;
    /** @type {Map<string, Card>} */
    this.cards = new Map();
    /** @type {Set<string>} */
    this.picked = new Set();
    this.json = "";
    /** @type {string | null} */
    this.from = null; // the card from which a press with Shift selects
    /** @type {number | null} */
    this.page = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.again = undefined;
    this.sendingAgain = new IdleCall(idle);
    this.outbox = new Outbox((marks) => this.component.setTriggerValue(MARKS, { marks }));
    this.pages = new Pages((page) => this.follow(TURN, { page }, () => this.page === page));
    this.node = el("ul", { class: "cards", "aria-label": "Videos" });
    this.root = el("div", { class: "gallery" }, this.node, this.pages.node);
    adoptStyles(parent.getRootNode(), [THEME, CARD, GRID]);
    parent.append(this.root);
  }

  close() {
    this.stopSending();
    this.outbox.close();
    for (const card of this.cards.values()) card.close();
    this.root.remove();
  }

  // --- from Python

  /** @param {Component} component */
  update(component) {
    this.component = component;
    if (component.data.json === this.json) return;
    this.json = component.data.json;
    /** @type {import("../shared/types").GridPayload} */
    const { cards, picked, seen, save, pages } = JSON.parse(this.json);
    this.outbox.acknowledge(seen);
    this.picked = new Set(picked);
    this.reconcile(cards);
    this.reflect();
    this.pages.update(pages);
    this.scrollToTop(pages.page);
    if (save) saveFile(...save);
  }

  /**
   * Another page is read from its beginning.
   * @param {number} page
   */
  scrollToTop(page) {
    const turned = this.page !== null && page !== this.page;
    if (turned) this.stopSending(); // by the press, or by the browser's own way back
    this.page = page;
    if (turned && this.root.getBoundingClientRect().top < 0) this.root.scrollIntoView({ block: "start" });
  }

  /** @param {CardSpec[]} specs */
  reconcile(specs) {
    const ids = new Set(specs.map((spec) => spec.id));
    for (const [id, card] of this.cards) {
      if (ids.has(id)) continue;
      card.close();
      this.cards.delete(id);
    }
    specs.forEach((spec, index) => {
      const card = this.cards.get(spec.id) ?? new Card(spec, this.requests());
      this.cards.set(spec.id, card);
      card.update(spec);
      placeChild(this.node, card.node, index);
    });
  }

  /** @returns {import("./card.js").CardRequests} */
  requests() {
    return {
      open: (id) => this.follow(OPEN, { id }, () => false),
      mark: (id, values) => this.mark([{ id, ...values }]),
      pick: (id, picked, range) => this.pick(id, picked, range),
      marksOf: (spec) => this.marksOf(spec),
    };
  }

  /**
   * A press that leads elsewhere; its moment tells Python whether it was sent before.
   * @param {string} name
   * @param {object} press
   * @param {() => boolean} isDone
   */
  follow(name, press, isDone) {
    this.sendToPython(name, { ...press, at: Date.now() }, isDone);
  }

  /**
   * A press while Streamlit is in the middle of a run, or without its socket, gets lost: it is said again then.
   * @param {string} name
   * @param {object} value
   * @param {() => boolean} isDone
   */
  sendToPython(name, value, isDone, tries = 0) {
    this.stopSending();
    this.component.setTriggerValue(name, value);
    if (tries === AGAIN_MS.length) return;
    const again = () => {
      if (!isDone()) this.sendToPython(name, value, isDone, tries + 1);
    };
    // Not while a run goes on: it may be the answer, and the press would be taken twice.
    this.again = setTimeout(() => this.sendingAgain.make(again), AGAIN_MS[tries]);
  }

  stopSending() {
    clearTimeout(this.again);
    this.sendingAgain.cancel();
  }

  /** @param {CardSpec} spec */
  marksOf({ id, favourite, rating }) {
    return this.outbox.apply(id, { favourite, rating, picked: this.picked.has(id) });
  }

  // --- from the person

  /** @param {Mark[]} marks */
  mark(marks) {
    this.outbox.put(marks);
    for (const { id } of marks) this.cards.get(id)?.reflect();
    this.reflect();
  }

  /**
   * @param {string} id
   * @param {boolean} picked
   * @param {boolean} range
   */
  pick(id, picked, range) {
    // The cards lie on the page in the order in which they are read.
    const order = [...this.node.querySelectorAll("[data-card]")].map(
      (node) => node.getAttribute("data-card") ?? "",
    );
    const ids = idsToPick(order, id, this.from, range);
    this.from = id;
    this.mark(ids.filter((one) => this.cards.get(one)?.spec.pickable).map((one) => ({ id: one, picked })));
  }

  // While something is selected every card shows its box.
  reflect() {
    const picking = [...this.cards.values()].some((card) => this.marksOf(card.spec).picked);
    setAttribute(this.root, "data-picking", String(picking));
    setAttribute(this.root, "data-waiting", String(this.outbox.waiting.length)); // marks that Python has not seen
  }
}

// --- from Streamlit

/** @param {Component} component */
export function update(component) {
  const { parentElement: parent } = component;
  const gallery = galleries.get(parent) ?? new Gallery(component);
  galleries.set(parent, gallery);
  gallery.update(component);
}

/** @param {HTMLElement} parent */
export function close(parent) {
  galleries.get(parent)?.close();
  galleries.delete(parent);
}
