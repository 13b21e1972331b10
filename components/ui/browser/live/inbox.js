// The bell's list: finished work, as Python sent it and as changes come in. Knows no element and no socket.

import { COUNTED } from "../shared/constants.js";

/** @typedef {import("../shared/types").BellItem} BellItem */
/** @typedef {import("../shared/types").BellPayload} BellPayload */
/** @typedef {import("../shared/types").Change} Change */

const KEPT = 50;

export class Inbox {
  constructor() {
    /** @type {Map<string, BellItem>} */
    this.items = new Map();
    /** @type {BellPayload["models"]} */
    this.models = {};
    this.begun = 0; // unix seconds of the visit: what ended before is no news
  }

  /**
   * What Python sent stands; what only the socket told stays.
   * @param {BellPayload} page
   */
  load(page) {
    this.begun ||= page.at;
    this.models = page.models;
    const known = this.items;
    this.items = new Map(page.items.map((item) => [item.id, item]));
    for (const item of known.values()) if (!this.items.has(item.id)) this.items.set(item.id, item);
  }

  /**
   * Takes changes in, and gives the items that are news to the person.
   * @param {Change[]} changes
   * @returns {BellItem[]}
   */
  receive(changes) {
    /** @type {BellItem[]} */
    const news = [];
    for (const change of changes) {
      if (!COUNTED.includes(change.state)) this.items.delete(change.id);
      else if (this.items.get(change.id)?.state !== change.state) {
        const item = { ...change, href: this.hrefOf(change) };
        this.items.set(change.id, item);
        if (change.at > this.begun) news.push(item);
      }
    }
    return news;
  }

  get newest() {
    return [...this.items.values()].sort((one, other) => other.at - one.at).slice(0, KEPT);
  }

  /** @param {number} looked unix seconds at which the person last looked */
  unseen(looked) {
    return this.newest.filter((item) => item.at > looked).length;
  }

  /** @param {string} model */
  nameOf(model) {
    return this.models[model]?.name ?? "A model";
  }

  /** @param {Change} change */
  hrefOf({ model, state }) {
    return state === "done" ? `/${this.models[model]?.page ?? ""}` : "/activity";
  }
}

/**
 * What the bell says of so many pieces of unseen work: on it, and to whoever hears the page.
 * @param {number} unseen
 */
export function badgeOf(unseen) {
  return {
    digits: unseen > 9 ? "9+" : String(unseen),
    status: unseen ? `${unseen} finished since you last looked` : "",
    name: unseen ? `Finished work: ${unseen} finished since you last looked` : "Finished work",
  };
}
