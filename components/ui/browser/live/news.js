// Which changes make a page stale. Knows no element and no socket.

/** @typedef {import("../shared/types").Change} Change */
/** @typedef {import("../shared/types").WatchPayload} WatchPayload */

export class News {
  constructor() {
    /** @type {Map<string, number>} */
    this.reported = new Map(); // changes that Python was told: never twice, whatever it makes of them
  }

  /**
   * The changes that matter to this page, which count as reported from now on.
   * @param {Change[]} changes
   * @param {WatchPayload} page
   */
  take(changes, page) {
    const news = changes.filter((change) => this.matters(change, page));
    for (const { id, at } of news) this.reported.set(id, at);
    return news;
  }

  /**
   * @param {Change} change
   * @param {WatchPayload} page
   */
  matters({ id, model, at }, { seen, at: read, model: own }) {
    if ((own && model !== own) || (this.reported.get(id) ?? -Infinity) >= at) return false;
    // What is not on the page matters only if it is newer than the page.
    return at > (seen[id] ?? read - 1);
  }
}
