// Marks on their way to Python. Shown at once; sent until Python says that it has seen them. Knows no element.

/** @typedef {import("../shared/types").Mark} Mark */
/** @typedef {Mark & {at: number}} SentMark */

const AGAIN_MS = 4000; // a message that got lost with its connection is sent once more

export class Outbox {
  /** @param {(marks: SentMark[]) => void} send */
  constructor(send) {
    this.send = send;
    /** @type {SentMark[]} */
    this.waiting = [];
    this.last = 0; // moments order the marks, also across two visits of the page
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {Mark[]} marks */
  put(marks) {
    for (const mark of marks) {
      this.last = Math.max(this.last + 1, Date.now());
      this.waiting.push({ ...mark, at: this.last });
    }
    this.flush();
  }

  // All that Python has not seen goes along: of two quick presses Streamlit may deliver only the second message.
  flush() {
    clearTimeout(this.timer);
    if (!this.waiting.length) return;
    this.send(this.waiting);
    this.timer = setTimeout(() => this.flush(), AGAIN_MS);
  }

  /** @param {number} moment of the newest mark that Python has seen */
  acknowledge(moment) {
    this.last = Math.max(this.last, moment);
    this.waiting = this.waiting.filter((mark) => mark.at > moment);
    if (!this.waiting.length) clearTimeout(this.timer);
  }

  /**
   * What a card looks like with the marks that are still on their way.
   * @param {string} id
   * @param {import("../shared/types").MarkValues} values
   */
  apply(id, values) {
    const shown = { ...values };
    for (const { id: marked, at: _, ...changed } of this.waiting) if (marked === id) Object.assign(shown, changed);
    return shown;
  }

  close() {
    clearTimeout(this.timer);
  }
}
