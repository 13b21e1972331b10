// One card: a poster or the message that stands in its place, the lines under it, its marks. Knows no other card.

import { el, icon, isBrowsersOwn, isRepeated, setAttribute, setText, setVisible } from "../shared/dom.js";
import { isSameFile } from "../shared/format.js";
import { ICONS } from "./icons.js";
import { Preview } from "./preview.js";
import { Stars } from "./stars.js";

/** @typedef {import("../shared/types").CardSpec} CardSpec */
/** @typedef {import("../shared/types").MarkValues} MarkValues */
/**
 * What a card asks of the grid.
 * @typedef {{
 *   open: (id: string) => void,
 *   mark: (id: string, values: Partial<MarkValues>) => void,
 *   pick: (id: string, picked: boolean, range: boolean) => void,
 *   marksOf: (spec: CardSpec) => MarkValues,
 * }} CardRequests
 */

export class Card {
  /**
   * @param {CardSpec} spec
   * @param {CardRequests} requests
   */
  constructor(spec, requests) {
    this.id = spec.id;
    this.spec = spec;
    this.requests = requests;
    this.shown = ""; // the spec that is on the page
    this.link = el("a", { class: "open", onclick: (event) => this.onOpen(event) });
    this.length = el("span", { class: "length" });
    this.pick = el("input", { type: "checkbox", class: "pick", onclick: (event) => this.onPick(event) });
    this.heart = el(
      "button",
      { type: "button", class: "heart", onclick: () => this.onFavourite() },
      icon(ICONS.heart),
    );
    this.stage = el("div", { class: "stage" }, this.link, this.length, this.pick, this.heart);
    this.stars = new Stars((rating) => this.requests.mark(this.id, { rating }));
    this.preview = new Preview(this.link);
    this.lines = el("div", { class: "lines" });
    this.small = el("span", { class: "small" });
    this.foot = el("div", { class: "foot" }, this.stars.node, this.small);
    this.tags = el("ul", { class: "tags" });
    this.node = el("li", { class: "card", "data-card": spec.id }, this.stage, this.lines, this.foot, this.tags);
  }

  // --- from Python

  /** @param {CardSpec} spec */
  update(spec) {
    const before = this.shown ? this.spec : null;
    const json = JSON.stringify(spec);
    this.spec = spec;
    this.reflect();
    if (this.shown === json) return;
    this.shown = json;
    setAttribute(this.node, "data-state", spec.state);
    setAttribute(this.node, "data-tall", String(spec.tall));
    this.showLink(spec);
    if (!this.preview.video) this.preview.url = spec.preview;
    setAttribute(this.node, "data-words", String(Boolean(spec.message)));
    if (spec.message) this.showMessage(spec);
    else this.showPoster(spec, before);
    setText(this.length, spec.length);
    setVisible(this.length, Boolean(spec.length));
    this.showLines(spec);
    this.showFoot(spec);
  }

  name() {
    const { title, settings, age } = this.spec;
    return [title, ...settings.map((pair) => pair.join(" ")), age].join(", ");
  }

  /**
   * What leads nowhere is read out as the words that it holds.
   * @param {CardSpec} spec
   */
  showLink(spec) {
    if (spec.href) {
      setAttribute(this.link, "href", spec.href);
      setAttribute(this.link, "aria-label", `Open ${this.name()}`);
    } else {
      this.link.removeAttribute("href");
      this.link.removeAttribute("aria-label");
    }
  }

  /**
   * @param {CardSpec} spec
   * @param {CardSpec | null} before
   */
  showPoster(spec, before) {
    const there = before && !before.message && this.link.querySelector(".poster");
    if (there && isSameFile(spec.poster, before.poster)) return;
    const props = { class: "poster", alt: "", loading: "lazy", decoding: "async", draggable: "false" };
    const onerror = () => this.link.replaceChildren(el("span", { class: "bare" }, "No picture of it"));
    if (spec.poster) this.link.replaceChildren(el("img", { ...props, onerror, src: spec.poster }));
    else onerror();
  }

  /** @param {CardSpec} spec */
  showMessage(spec) {
    this.preview.stop();
    const hint = spec.hint ? el("span", { class: "hint" }, spec.hint) : null;
    this.link.replaceChildren(el("span", { class: "words" }, el("b", {}, spec.message), hint));
  }

  /** @param {CardSpec} spec */
  showLines(spec) {
    const settings = spec.settings.map(([name, value]) =>
      el("span", { class: "setting", title: `${name}: ${value}` }, name, " ", el("b", {}, value)),
    );
    this.lines.replaceChildren(
      el(
        "div",
        { class: "head" },
        el("b", { class: "title" }, spec.title),
        el("span", { class: "age" }, spec.age),
      ),
      el("p", { class: "prompt", title: spec.prompt }, spec.prompt),
      el("div", { class: "settings" }, ...settings),
    );
  }

  /** @param {CardSpec} spec */
  showFoot(spec) {
    const props = { class: "note", title: spec.note, role: "img", "aria-label": `Note: ${spec.note}` };
    const note = spec.note ? [el("span", props, icon(ICONS.note))] : [];
    this.small.replaceChildren(...note, ...(spec.small ? [spec.small] : []));
    this.tags.replaceChildren(...spec.tags.map((name) => el("li", {}, name)));
    setVisible(this.tags, spec.tags.length > 0);
    setVisible(this.stars.node, spec.markable);
    setVisible(this.heart, spec.markable);
    setVisible(this.pick, spec.pickable);
  }

  // Its marks, those that are still on their way to Python among them.
  reflect() {
    const { favourite, rating, picked } = this.requests.marksOf(this.spec);
    setAttribute(this.heart, "aria-pressed", String(favourite));
    setAttribute(this.heart, "aria-label", `Favourite: ${this.name()}`);
    setAttribute(this.heart, "title", favourite ? "No longer a favourite" : "Favourite");
    this.stars.show(rating, this.name());
    setAttribute(this.node, "data-picked", String(picked));
    setAttribute(this.pick, "aria-label", `Select ${this.name()}`);
    if (this.pick.checked !== picked) this.pick.checked = picked;
  }

  // --- from the person

  /** @param {MouseEvent} event */
  onOpen(event) {
    if (isBrowsersOwn(event)) return;
    event.preventDefault();
    if (this.spec.href && !isRepeated(event)) this.requests.open(this.id);
  }

  onFavourite() {
    this.requests.mark(this.id, { favourite: !this.requests.marksOf(this.spec).favourite });
  }

  /** @param {MouseEvent} event */
  onPick(event) {
    this.requests.pick(this.id, this.pick.checked, event.shiftKey);
  }

  close() {
    this.preview.stop();
    this.node.remove();
  }
}
