// The row above the bar: which view, which two, whether the sound follows the picture, and the list of keys.

import { VIEWS } from "../shared/constants.js";
import { el, icon, setAttribute, setText, setVisible } from "../shared/dom.js";
import { ICONS } from "./icons.js";

/** @typedef {import("./views.js").Views} Views */

export class Toolbar {
  /**
   * @param {Views} views
   * @param {{toggleFollow: () => void, toggleHelp: () => void}} requests
   */
  constructor(views, requests) {
    this.views = views;
    this.tabs = new Map(Object.entries(VIEWS).map(([view, names]) => [view, this.makeTab(view, names)]));
    this.sides = [this.makeSide(0, "Left"), this.makeSide(1, "Right")];
    const swap = { class: "icon swap", type: "button", "aria-label": "Swap sides", title: "Swap sides (X)" };
    const swapButton = el("button", { ...swap, onclick: () => views.swap() }, icon(ICONS.swap));
    const pair = { class: "pairing", role: "group", "aria-label": "Which two" };
    this.pair = el("span", pair, this.sides[0], swapButton, this.sides[1]);
    const follow = { class: "pill follow", type: "button", title: "The sound comes from the one in front" };
    this.follow = el("button", { ...follow, onclick: () => requests.toggleFollow() }, "♪ follows");
    setAttribute(this.follow, "aria-label", "♪ follows the picture");
    const help = { class: "icon ask", type: "button", "aria-label": "Keys", title: "Keys (?)" };
    const helpButton = el("button", { ...help, onclick: () => requests.toggleHelp() }, "?");
    const segments = { class: "segments", role: "group", "aria-label": "View" };
    this.segments = el("div", segments, ...this.tabs.values());
    this.node = el("div", { class: "toolbar" }, this.segments, this.pair, this.follow, helpButton);
  }

  /**
   * @param {string} view
   * @param {readonly [long: string, short: string]} names
   */
  makeTab(view, [long, short]) {
    const words = [
      el("span", { class: "long" }, long),
      el("span", { class: "short", "aria-hidden": "true" }, short),
    ];
    const label = long === short ? long : `${long} (${short})`;
    const props = { class: "segment", type: "button", "data-view": view, "aria-label": label };
    return el("button", { ...props, onclick: () => this.views.choose(view) }, ...words);
  }

  /**
   * @param {0 | 1} side
   * @param {string} label
   */
  makeSide(side, label) {
    const select = el("select", { class: "pill side", "aria-label": label });
    select.onchange = () => this.views.choosePair(side, select.value);
    return select;
  }

  /**
   * @param {Map<string, string>} names
   * @param {boolean} following
   */
  reflect(names, following) {
    const { views } = this;
    setVisible(this.node, views.ids.length > 1);
    for (const [view, tab] of this.tabs) setAttribute(tab, "aria-pressed", String(view === views.view));
    setVisible(this.pair, views.ofTwo);
    for (const select of this.sides) setVisible(select, views.ids.length > 2);
    this.sides.forEach((select, side) => {
      this.fillSide(select, views.pair[side], names);
    });
    setVisible(this.follow, views.swiped || views.view === "large");
    setAttribute(this.follow, "aria-pressed", String(following));
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {string | null} chosen
   * @param {Map<string, string>} names
   */
  fillSide(select, chosen, names) {
    const { ids } = this.views;
    if (select.options.length !== ids.length) select.replaceChildren(...ids.map(() => el("option")));
    ids.forEach((id, n) => {
      const option = select.options[n];
      if (option.value !== id) option.value = id;
      setText(option, names.get(id) ?? "");
    });
    if (chosen !== null && select.value !== chosen) select.value = chosen;
  }
}
