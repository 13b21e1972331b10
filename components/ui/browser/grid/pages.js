// The way from page to page: plain links, so that one opens in a tab of its own too.

import { el, show, tell } from "../shared/dom.js";

export class Pages {
  constructor(turn) {
    this.turn = turn;
    this.node = el("nav", { class: "pages", "aria-label": "Pages" });
  }

  update(spec) {
    const json = JSON.stringify(spec);
    if (json === this.json) return;
    this.json = json;
    const { page, links } = spec;
    show(this.node, links.length > 0);
    const held = this.node.contains(this.node.getRootNode().activeElement);
    this.node.replaceChildren(...links.map((link) => (link ? this.link(link, page) : el("span", {}, "…"))));
    if (held) this.node.querySelector("[aria-current]")?.focus({ preventScroll: true });
  }

  link({ page, label, href, name }, current) {
    const props = { class: "page", href, "aria-label": name, onclick: (event) => this.go(event, page) };
    const node = el("a", props, label);
    if (page === current) tell(node, "aria-current", "page");
    return node;
  }

  go(event, page) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.turn(page);
  }
}
