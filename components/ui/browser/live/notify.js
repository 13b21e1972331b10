// The browser's own notifications: asked for once, shown once a generation however many tabs are open.

import { keep, recall } from "./memory.js";
import { noticeText, withShown } from "./notice.js";

const WANTED = "screentest:notify";
const SHOWN = "screentest:shown";
const WATCHED_TAB_MS = 1000; // a tab that is looked at takes the news first, and then nobody needs a notification
const HELD_MS = 60000;

export const canNotify = () => "Notification" in window && window.isSecureContext;

export function isNotifying() {
  return canNotify() && Notification.permission === "granted" && recall(WANTED) === "on";
}

/**
 * Gives whether it is as wanted; the browser asks the person at most once.
 * @param {boolean} wanted
 */
export async function setNotifying(wanted) {
  if (wanted && Notification.permission === "default") await Notification.requestPermission();
  if (wanted && Notification.permission !== "granted") return false;
  keep(WANTED, wanted ? "on" : "off");
  return true;
}

/**
 * @param {import("../shared/types").BellItem} item
 * @param {string} model as it is called
 * @param {() => void} open
 */
export async function notify(item, model, open) {
  if (document.hidden) await new Promise((resolve) => setTimeout(resolve, WATCHED_TAB_MS));
  if (!(await claim(item.id)) || !document.hidden || !isNotifying()) return;
  const shown = showNotification(noticeText(model, item.state), item.id);
  if (!shown) return;
  shown.onclick = () => {
    window.focus();
    shown.close();
    open();
  };
}

/**
 * Chrome on Android has the class and refuses to make one.
 * @param {string} text
 * @param {string} tag
 */
function showNotification(text, tag) {
  try {
    return new Notification(text, { tag });
  } catch {
    keep(WANTED, "off");
    return null;
  }
}

/**
 * Whether this tab is the first to notify of it. What another tab has just remembered may reach this one late; a lock
 * is of all tabs at once, so the first holds one for a while.
 * @param {string} id of the generation
 * @returns {Promise<boolean>}
 */
async function claim(id) {
  if (!navigator.locks) return remember(id);
  return new Promise((resolve) => {
    navigator.locks.request(`${SHOWN}:${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null && remember(id));
      return lock && new Promise((release) => setTimeout(release, HELD_MS));
    });
  });
}

/** @param {string} id */
function remember(id) {
  const shown = withShown(recall(SHOWN), id);
  if (shown !== null) keep(SHOWN, shown);
  return shown !== null;
}
