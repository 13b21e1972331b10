// The bell's elements and its words. Decides nothing.

import { BELL_ITEMS, STATES } from "../shared/constants.js";
import { el, icon, placeChild, setAttribute, setText } from "../shared/dom.js";
import { agoText } from "../shared/format.js";
import { adoptStyles } from "../shared/style.js";
import BELL from "./bell.css" with { type: "css" };
import { hub } from "./hub.js";
import { badgeOf } from "./inbox.js";
import { canNotify, isNotifying } from "./notify.js";

/** @typedef {import("./bell.js").Bell} Bell */
/** @typedef {import("../shared/types").BellItem} BellItem */

const NOTHING = "Nothing has ended yet. What you generate shows up here when it is ready.";
const INSECURE = "Notifications need https, or the machine that the studio runs on.";
const RING = "M12 3a6 6 0 0 0-6 6v4l-2 3v1h16v-1l-2-3V9a6 6 0 0 0-6-6Zm-2.2 15.5a2.3 2.3 0 0 0 4.4 0Z";

/**
 * @param {HTMLElement} place
 * @param {Bell} bell
 */
export function makePanel(place, bell) {
  const count = el("span", { class: "count", "aria-hidden": "true", hidden: "" });
  const ring = { class: "ring", type: "button", "aria-controls": "list", title: "Finished work" };
  const button = el("button", ring, icon(RING), count);
  const status = el("span", { class: "unseen", role: "status", "aria-live": "polite" });
  const inside = makeInside(bell);
  const { panel } = inside;
  const root = el("div", { class: "bell" }, button, status, panel);
  button.onclick = () => bell.setOpen(Boolean(panel.hidden));
  root.onkeydown = (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    bell.setOpen(false);
    button.focus();
  };
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !root.contains(/** @type {Node} */ (event.relatedTarget))) bell.setOpen(false);
  });
  adoptStyles(place.getRootNode(), [BELL]);
  place.append(root);
  return { root, button, count, status, ...inside };
}

/** @param {Bell} bell */
function makeInside(bell) {
  const underWay = el("span", { class: "under" });
  const list = el("ul", {});
  const empty = el("p", { class: "empty" }, NOTHING);
  const label = el("span", {}, "Tell me when a video is ready");
  const onclick = () => bell.toggleNotifying();
  const knob = el("i", { "aria-hidden": "true" });
  const toggle = el("button", { class: "flip", type: "button", role: "switch", onclick }, label, knob);
  const hint = el("p", { class: "hint", role: "status" });
  const all = el("a", { class: "st-go all", href: "/activity" }, "All activity");
  const head = el("header", {}, el("h2", {}, "Finished lately"), underWay);
  const foot = el("footer", {}, toggle, hint, all);
  const props = { class: "panel", id: "list", role: "dialog", "aria-label": "Finished lately", hidden: "" };
  const panel = el("div", props, head, list, empty, foot);
  return { panel, list, underWay, empty, toggle, hint };
}

/** @param {Bell} bell */
export function drawPanel(bell) {
  const { button, count, status, panel } = bell.parts;
  const unseen = bell.inbox.unseen(bell.looked);
  const badge = badgeOf(unseen);
  setAttribute(button, "aria-label", badge.name);
  setAttribute(button, "aria-expanded", String(!panel.hidden));
  count.hidden = !unseen;
  setText(count, badge.digits);
  setText(status, badge.status);
  if (!panel.hidden) drawInside(bell);
}

/** @param {Bell} bell */
function drawInside(bell) {
  const { underWay, empty, toggle, hint } = bell.parts;
  const items = bell.inbox.newest;
  drawRows(bell, items.slice(0, BELL_ITEMS));
  empty.hidden = items.length > 0;
  setText(underWay, hub.feed.underWay ? `${hub.feed.underWay} under way` : "");
  toggle.hidden = !canNotify();
  setAttribute(toggle, "aria-checked", String(isNotifying()));
  setText(hint, canNotify() ? bell.hint : INSECURE);
}

/**
 * Rows that say the same stay as they are: one of them may have the focus, or be under a press.
 * @param {Bell} bell
 * @param {BellItem[]} items
 */
function drawRows(bell, items) {
  const { list } = bell.parts;
  const known = new Map([...list.querySelectorAll("li")].map((node) => [node.dataset.row, node]));
  const rows = items.map((item) => {
    const json = JSON.stringify([item.id, item.state, item.href, item.at > bell.before]);
    const node = known.get(json) ?? makeRow(bell, item, json);
    const time = node.querySelector("time");
    if (time) setText(time, agoText(hub.since(item.at)));
    return node;
  });
  for (const node of known.values()) if (!rows.includes(node)) node.remove();
  for (const [index, node] of rows.entries()) placeChild(list, node, index);
}

/**
 * @param {Bell} bell
 * @param {BellItem} item
 * @param {string} json that tells whether a row still says the same
 */
function makeRow(bell, item, json) {
  const model = el("b", {}, bell.inbox.nameOf(item.model));
  const state = el("span", { class: `state ${item.state}` }, STATES[item.state]?.word ?? item.state);
  const link = el("a", { class: "st-go", href: item.href, "data-id": item.id }, model, state, el("time", {}));
  if (item.at > bell.before) link.append(el("i", { class: "new", title: "new" }));
  return el("li", { "data-row": json }, link);
}
