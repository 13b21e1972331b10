// The browser's own notifications: asked for once, shown once a generation however many tabs are open.

import { STATES } from "../shared/constants.js";
import { keep, recall } from "./memory.js";

const WANTED = "screentest:notify";
const TOLD = "screentest:told";
const KEPT = 100;
const TURN_MS = 1000; // a tab that is looked at takes the news first, and then nobody needs a notification
const HELD_MS = 60000;

export const canAnnounce = () => "Notification" in window && window.isSecureContext;

export function mayAnnounce() {
  return canAnnounce() && Notification.permission === "granted" && recall(WANTED) === "on";
}

// Gives whether it is as wanted; the browser asks the person at most once.
export async function wantAnnounce(wanted) {
  if (wanted && Notification.permission === "default") await Notification.requestPermission();
  if (wanted && Notification.permission !== "granted") return false;
  keep(WANTED, wanted ? "on" : "off");
  return true;
}

// The words hold the model's name and nothing else: a notification can be read over a shoulder.
export async function announce(id, state, name, open) {
  if (document.hidden) await new Promise((done) => setTimeout(done, TURN_MS));
  if (!(await taken(id)) || !document.hidden || !mayAnnounce()) return;
  const shown = notification(`${name}: ${STATES[state].notice}`, id);
  if (!shown) return;
  shown.onclick = () => {
    window.focus();
    shown.close();
    open();
  };
}

// Chrome on Android has the class and refuses to make one.
function notification(words, tag) {
  try {
    return new Notification(words, { tag });
  } catch {
    keep(WANTED, "off");
    return null;
  }
}

// Whether this tab is the first to tell of it. What another tab has just remembered may reach this one late; a lock
// is of all tabs at once, so the first holds one for a while.
async function taken(id) {
  if (!navigator.locks) return remember(id);
  return new Promise((answer) => {
    navigator.locks.request(`${TOLD}:${id}`, { ifAvailable: true }, (lock) => {
      answer(lock !== null && remember(id));
      return lock && new Promise((done) => setTimeout(done, HELD_MS));
    });
  });
}

function remember(id) {
  const told = JSON.parse(recall(TOLD) ?? "[]");
  if (told.includes(id)) return false;
  keep(TOLD, JSON.stringify([...told, id].slice(-KEPT)));
  return true;
}
