// The grid: keeps each card by its id and touches only what changed. The only part that knows Streamlit.

import { Card } from "./card.js";
import { el, settle, tell } from "../shared/dom.js";
import { dress, sheets } from "../shared/style.js";
import { Outbox } from "./outbox.js";
import { Pages } from "./pages.js";

const STYLE = await sheets(import.meta.url, "../shared/theme.css", "grid.css");
const AGAIN_MS = [2000, 4000, 8000];
const galleries = new WeakMap();

function save(href, name) {
  const link = el("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

class Gallery {
  constructor(parent) {
    this.cards = new Map();
    this.picked = new Set();
    this.json = null;
    this.from = null; // the card from which a press with Shift selects
    this.outbox = new Outbox((marks) => this.component.setTriggerValue("marks", { marks }));
    this.pages = new Pages((page) => this.ask("turn", page, () => this.page === page));
    this.node = el("ul", { class: "cards", "aria-label": "Videos" });
    this.root = el("div", { class: "gallery" }, this.node, this.pages.node);
    dress(parent.getRootNode(), STYLE);
    parent.append(this.root);
  }

  close() {
    clearTimeout(this.again);
    this.outbox.close();
    for (const card of this.cards.values()) card.drop();
    this.root.remove();
  }

  // --- from Python

  update(component) {
    this.component = component;
    if (component.data.json === this.json) return;
    this.json = component.data.json;
    const { cards, picked, seen, save: file, pages } = JSON.parse(this.json);
    this.outbox.seen(seen);
    this.picked = new Set(picked);
    this.reconcile(cards);
    this.reflect();
    this.pages.update(pages);
    this.toTop(pages.page);
    if (file) save(...file);
  }

  // Another page is read from its beginning.
  toTop(page) {
    const turned = this.page !== undefined && page !== this.page;
    if (turned) clearTimeout(this.again); // by the press, or by the browser's own way back
    this.page = page;
    if (turned && this.root.getBoundingClientRect().top < 0) this.root.scrollIntoView({ block: "start" });
  }

  reconcile(specs) {
    const ids = new Set(specs.map((spec) => spec.id));
    for (const [id, card] of this.cards) {
      if (ids.has(id)) continue;
      card.drop();
      this.cards.delete(id);
    }
    specs.forEach((spec, index) => {
      if (!this.cards.has(spec.id)) this.cards.set(spec.id, new Card(spec, this.asks()));
      const card = this.cards.get(spec.id);
      card.update(spec);
      settle(this.node, card.node, index);
    });
  }

  asks() {
    return {
      open: (id) => this.ask("open", id, () => false),
      mark: (id, values) => this.mark([{ id, ...values }]),
      pick: (id, value, range) => this.pick(id, value, range),
      look: (id, spec) => this.look(id, spec),
    };
  }

  // A press while Streamlit is in the middle of a run, or without its socket, gets lost: it is said again then.
  ask(name, value, done, tries = 0) {
    clearTimeout(this.again);
    this.component.setTriggerValue(name, value);
    if (tries === AGAIN_MS.length) return;
    this.again = setTimeout(() => done() || this.ask(name, value, done, tries + 1), AGAIN_MS[tries]);
  }

  look(id, { favourite, rating }) {
    return this.outbox.over(id, { favourite, rating, picked: this.picked.has(id) });
  }

  // --- from the person

  mark(marks) {
    this.outbox.put(marks);
    for (const { id } of marks) this.cards.get(id).reflect();
    this.reflect();
  }

  // With Shift: all from the last one that was pressed to this one, as lists of files do.
  pick(id, picked, range) {
    const order = [...this.node.children].map((node) => node.dataset.card);
    const [here, from] = [order.indexOf(id), order.indexOf(this.from)];
    const ids = range && from >= 0 ? order.slice(Math.min(here, from), Math.max(here, from) + 1) : [id];
    this.from = id;
    const able = ids.filter((one) => this.cards.get(one).spec.pickable);
    this.mark(able.map((one) => ({ id: one, picked })));
  }

  // While something is selected every card shows its box.
  reflect() {
    const picking = [...this.cards.values()].some((card) => this.look(card.id, card.spec).picked);
    tell(this.root, "data-picking", String(picking));
    tell(this.root, "data-waiting", String(this.outbox.waiting.length)); // marks that Python has not seen yet
  }
}

// --- from Streamlit

export function update(component) {
  const { parentElement } = component;
  if (!galleries.has(parentElement)) galleries.set(parentElement, new Gallery(parentElement));
  galleries.get(parentElement).update(component);
}

export function close(parent) {
  galleries.get(parent)?.close();
  galleries.delete(parent);
}
