// One card: a poster or the words that stand in its place, the lines under it, its marks. Knows no other card.

import { el, icon, sameFile, say, show, tell } from "../shared/dom.js";
import { ICONS } from "./icons.js";
import { Preview } from "./preview.js";
import { Stars } from "./stars.js";

export class Card {
  constructor(spec, asks) {
    this.id = spec.id;
    this.asks = asks; // open(id), mark(id, values), pick(id, value, range), look(id)
    this.link = el("a", { class: "open", onclick: (event) => this.open(event) });
    this.length = el("span", { class: "length" });
    this.pick = el("input", { type: "checkbox", class: "pick", onclick: (event) => this.choose(event) });
    this.heart = el("button", { type: "button", class: "heart", onclick: () => this.favour() }, icon(ICONS.heart));
    this.stage = el("div", { class: "stage" }, this.link, this.length, this.pick, this.heart);
    this.stars = new Stars((rating) => this.asks.mark(this.id, { rating }));
    this.preview = new Preview(this.link);
    this.lines = el("div", { class: "lines" });
    this.small = el("span", { class: "small" });
    this.foot = el("div", { class: "foot" }, this.stars.node, this.small);
    this.tags = el("ul", { class: "tags" });
    this.node = el("li", { class: "card", "data-card": spec.id }, this.stage, this.lines, this.foot, this.tags);
  }

  // --- from Python

  update(spec) {
    const before = this.spec;
    this.spec = spec;
    this.reflect();
    if (before && JSON.stringify(before) === JSON.stringify(spec)) return;
    tell(this.node, "data-state", spec.state);
    tell(this.node, "data-tall", String(spec.tall));
    if (spec.href) tell(this.link, "href", spec.href);
    else this.link.removeAttribute("href");
    // What leads nowhere is read out as the words that it holds.
    if (spec.href) tell(this.link, "aria-label", `Open ${this.name()}`);
    else this.link.removeAttribute("aria-label");
    if (!this.preview.video) this.preview.url = spec.preview;
    tell(this.node, "data-words", String(Boolean(spec.say)));
    if (spec.say) this.showWords(spec);
    else this.showPoster(spec, before);
    say(this.length, spec.length);
    show(this.length, Boolean(spec.length));
    this.describe(spec);
  }

  name() {
    const { title, settings, age } = this.spec;
    return [title, ...settings.map((pair) => pair.join(" ")), age].join(", ");
  }

  showPoster(spec, before) {
    const shown = before && !before.say && this.link.querySelector(".poster");
    if (shown && sameFile(spec.poster, before.poster)) return;
    const props = { class: "poster", alt: "", loading: "lazy", decoding: "async", draggable: "false" };
    const bare = () => this.link.replaceChildren(el("span", { class: "bare" }, "No picture of it"));
    if (!spec.poster) return bare();
    this.link.replaceChildren(el("img", { ...props, onerror: bare, src: spec.poster }));
  }

  showWords(spec) {
    this.preview.stop();
    const hint = spec.hint ? el("span", { class: "hint" }, spec.hint) : null;
    this.link.replaceChildren(el("span", { class: "words" }, el("b", {}, spec.say), hint));
  }

  describe(spec) {
    const settings = spec.settings.map(([name, value]) =>
      el("span", { class: "setting", title: `${name}: ${value}` }, name, " ", el("b", {}, value)),
    );
    this.lines.replaceChildren(
      el("div", { class: "head" }, el("b", { class: "title" }, spec.title), el("span", { class: "age" }, spec.age)),
      el("p", { class: "prompt", title: spec.prompt }, spec.prompt),
      el("div", { class: "settings" }, ...settings),
    );
    const note = spec.note ? el("span", { class: "note", title: spec.note, role: "img" }, icon(ICONS.note)) : null;
    if (note) tell(note, "aria-label", `Note: ${spec.note}`);
    this.small.replaceChildren(...[note, spec.small].filter(Boolean));
    this.tags.replaceChildren(...spec.tags.map((name) => el("li", {}, name)));
    show(this.tags, spec.tags.length > 0);
    show(this.stars.node, spec.markable);
    show(this.heart, spec.markable);
    show(this.pick, spec.pickable);
  }

  // Its marks, those that are still on their way to Python among them.
  reflect() {
    const { favourite, rating, picked } = this.asks.look(this.id, this.spec);
    tell(this.heart, "aria-pressed", String(favourite));
    tell(this.heart, "aria-label", `Favourite: ${this.name()}`);
    tell(this.heart, "title", favourite ? "No longer a favourite" : "Favourite");
    this.stars.show(rating, this.name());
    tell(this.node, "data-picked", String(picked));
    tell(this.pick, "aria-label", `Select ${this.name()}`);
    if (this.pick.checked !== picked) this.pick.checked = picked;
  }

  // --- from the person

  // Other buttons and keys are the browser's: a new tab, a new window, a menu.
  open(event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (this.spec.href) this.asks.open(this.id);
  }

  favour() {
    this.asks.mark(this.id, { favourite: !this.asks.look(this.id, this.spec).favourite });
  }

  choose(event) {
    this.asks.pick(this.id, this.pick.checked, event.shiftKey);
  }

  drop() {
    this.preview.stop();
    this.node.remove();
  }
}
