// The bell's elements and its words. Decides nothing.

import { BELL_ITEMS, STATES } from "../shared/constants.js";
import { el, icon, say, settle } from "../shared/dom.js";
import { dress, sheets } from "../shared/style.js";
import { hub } from "./hub.js";
import { canAnnounce, mayAnnounce } from "./notify.js";

const STYLE = await sheets(import.meta.url, "bell.css");
const NOTHING = "Nothing has ended yet. What you generate shows up here when it is ready.";
const INSECURE = "Notifications need https, or the machine that the studio runs on.";
const BELL = "M12 3a6 6 0 0 0-6 6v4l-2 3v1h16v-1l-2-3V9a6 6 0 0 0-6-6Zm-2.2 15.5a2.3 2.3 0 0 0 4.4 0Z";

export function furnish(place, bell) {
  const count = el("span", { class: "count", "aria-hidden": "true", hidden: "" });
  const ring = { class: "ring", type: "button", "aria-controls": "list", title: "Finished work" };
  const button = el("button", ring, icon(BELL), count);
  const said = el("span", { class: "unseen", role: "status", "aria-live": "polite" });
  const under = el("span", { class: "under" });
  const list = el("ul", {});
  const empty = el("p", { class: "empty" }, NOTHING);
  const flip = el("button", { class: "flip", type: "button", role: "switch", onclick: () => bell.flip() },
    el("span", {}, "Tell me when a video is ready"), el("i", { "aria-hidden": "true" }));
  const hint = el("p", { class: "hint", role: "status" });
  const all = el("a", { class: "st-go all", href: "/activity" }, "All activity");
  const head = el("header", {}, el("h2", {}, "Finished lately"), under);
  const panel = el("div", { class: "panel", id: "list", role: "dialog", "aria-label": "Finished lately", hidden: "" },
    head, list, empty, el("footer", {}, flip, hint, all));
  const root = el("div", { class: "bell" }, button, said, panel);
  button.onclick = () => bell.show(panel.hidden);
  root.onkeydown = (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    bell.show(false);
    button.focus();
  };
  root.onfocusout = (event) => event.relatedTarget && !root.contains(event.relatedTarget) && bell.show(false);
  dress(place.getRootNode(), STYLE);
  place.append(root);
  return { root, button, count, said, panel, list, under, empty, flip, hint };
}

export function draw(bell) {
  const { button, count, said, panel, list, under, empty, flip, hint } = bell.parts;
  const items = bell.newest;
  const unseen = items.filter((item) => item.at > bell.looked).length;
  const words = unseen ? `${unseen} finished since you last looked` : "";
  button.setAttribute("aria-label", words ? `Finished work: ${words}` : "Finished work");
  button.setAttribute("aria-expanded", String(!panel.hidden));
  count.hidden = !unseen;
  count.textContent = unseen > 9 ? "9+" : String(unseen);
  if (said.textContent !== words) said.textContent = words;
  if (panel.hidden) return;
  fill(bell, items.slice(0, BELL_ITEMS));
  empty.hidden = items.length > 0;
  under.textContent = hub.underWay ? `${hub.underWay} under way` : "";
  flip.hidden = !canAnnounce();
  flip.setAttribute("aria-checked", String(mayAnnounce()));
  hint.textContent = canAnnounce() ? bell.hint : INSECURE;
}

// Rows that say the same stay as they are: one of them may have the focus, or be under a press.
function fill(bell, items) {
  const { list } = bell.parts;
  const known = new Map([...list.children].map((node) => [node.dataset.row, node]));
  const rows = items.map((item) => {
    const words = JSON.stringify([item.id, item.state, item.href, item.at > bell.before]);
    const node = known.get(words) ?? row(bell, item, words);
    say(node.querySelector("time"), ago(item.at));
    return node;
  });
  for (const node of known.values()) if (!rows.includes(node)) node.remove();
  rows.forEach((node, index) => settle(list, node, index));
}

function row(bell, item, words) {
  const model = el("b", {}, bell.nameOf(item.model));
  const state = el("span", { class: `state ${item.state}` }, STATES[item.state]?.word ?? item.state);
  const link = el("a", { class: "st-go", href: item.href, "data-id": item.id }, model, state, el("time", {}));
  if (item.at > bell.before) link.append(el("i", { class: "new", title: "new" }));
  return el("li", { "data-row": words }, link);
}

function ago(moment) {
  const seconds = hub.since(moment);
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86400);
  return `${days} day${days > 1 ? "s" : ""} ago`;
}
