// The row above the bar: which view, which two, whether the sound follows the picture, and the list of keys.

import { VIEWS } from "../shared/constants.js";
import { el, icon, say, show, tell } from "../shared/dom.js";
import { ICONS } from "./icons.js";

export class Toolbar {
  constructor(views, asks) {
    this.views = views;
    this.asks = asks; // follow(), help()
    this.tabs = new Map(Object.entries(VIEWS).map(([view, names]) => [view, this.tab(view, names)]));
    this.sides = [this.side(0, "Left"), this.side(1, "Right")];
    const swap = { class: "icon swap", type: "button", "aria-label": "Swap sides", title: "Swap sides (X)" };
    this.pair = el("span", { class: "pairing", role: "group", "aria-label": "Which two" }, this.sides[0],
      el("button", { ...swap, onclick: () => views.swap() }, icon(ICONS.swap)), this.sides[1]);
    this.follow = el("button", { class: "pill follow", type: "button", title: "The sound comes from the one in front", onclick: () => asks.follow() }, "♪ follows");
    tell(this.follow, "aria-label", "♪ follows the picture");
    const help = { class: "icon ask", type: "button", "aria-label": "Keys", title: "Keys (?)", onclick: () => asks.help() };
    this.segments = el("div", { class: "segments", role: "group", "aria-label": "View" }, ...this.tabs.values());
    this.node = el("div", { class: "toolbar" }, this.segments, this.pair, this.follow, el("button", help, "?"));
  }

  tab(view, [long, short]) {
    const words = [el("span", { class: "long" }, long), el("span", { class: "short", "aria-hidden": "true" }, short)];
    const props = { class: "segment", type: "button", "data-view": view, "aria-label": long === short ? long : `${long} (${short})` };
    return el("button", { ...props, onclick: () => this.views.choose(view) }, ...words);
  }

  side(at, label) {
    const select = el("select", { class: "pill side", "aria-label": label });
    select.onchange = () => this.views.choosePair(at, select.value);
    return select;
  }

  reflect(names, following) {
    const { views } = this;
    show(this.node, views.ids.length > 1);
    for (const [view, tab] of this.tabs) tell(tab, "aria-pressed", String(view === views.view));
    show(this.pair, views.ofTwo);
    for (const select of this.sides) show(select, views.ids.length > 2);
    this.fill(names);
    show(this.follow, views.swiped || views.view === "large");
    tell(this.follow, "aria-pressed", String(following));
  }

  fill(names) {
    const { ids, pair } = this.views;
    this.sides.forEach((select, at) => {
      if (select.options.length !== ids.length) select.replaceChildren(...ids.map(() => el("option")));
      ids.forEach((id, n) => {
        const option = select.options[n];
        if (option.value !== id) option.value = id;
        say(option, names.get(id) ?? "");
      });
      if (pair[at] !== null && select.value !== pair[at]) select.value = pair[at];
    });
  }
}
