// The way from page to page: plain links, so that one opens in a tab of its own too.

import { el, isBrowsersOwn, setAttribute, setVisible } from "../shared/dom.js";

/** @typedef {import("../shared/types").PageLink} PageLink */

export class Pages {
  /** @param {(page: number) => void} onTurn */
  constructor(onTurn) {
    this.onTurn = onTurn;
    this.node = el("nav", { class: "pages", "aria-label": "Pages" });
    this.json = "";
  }

  /** @param {import("../shared/types").PagesSpec} spec */
  update(spec) {
    const json = JSON.stringify(spec);
    if (json === this.json) return;
    this.json = json;
    const { page, links } = spec;
    setVisible(this.node, links.length > 0);
    const root = /** @type {Document | ShadowRoot} */ (this.node.getRootNode());
    const hadFocus = this.node.contains(root.activeElement);
    this.node.replaceChildren(...links.map((link) => (link ? this.makeLink(link, page) : el("span", {}, "…"))));
    /** @type {HTMLElement | null} */
    const current = this.node.querySelector("[aria-current]");
    if (hadFocus) current?.focus({ preventScroll: true });
  }

  /**
   * @param {PageLink} link
   * @param {number} current
   */
  makeLink({ page, label, href, name }, current) {
    const onclick = (/** @type {MouseEvent} */ event) => this.onPress(event, page);
    const node = el("a", { class: "page", href, "aria-label": name, onclick }, label);
    if (page === current) setAttribute(node, "aria-current", "page");
    return node;
  }

  /**
   * @param {MouseEvent} event
   * @param {number} page
   */
  onPress(event, page) {
    if (isBrowsersOwn(event)) return;
    event.preventDefault();
    this.onTurn(page);
  }
}
