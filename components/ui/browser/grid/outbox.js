// Marks on their way to Python. Shown at once; sent until Python says that it has seen them. Knows no element.

const AGAIN_MS = 4000; // a message that got lost with its connection is sent once more

export class Outbox {
  constructor(send) {
    this.send = send;
    this.waiting = [];
    this.last = 0; // moments order the marks, also across two visits of the page
  }

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

  seen(moment) {
    this.last = Math.max(this.last, moment);
    this.waiting = this.waiting.filter((mark) => mark.at > moment);
    if (!this.waiting.length) clearTimeout(this.timer);
  }

  // What a card looks like with the marks that are still on their way.
  over(id, values) {
    const own = this.waiting.filter((mark) => mark.id === id);
    return own.reduce((sum, { id: _, at: __, ...marked }) => ({ ...sum, ...marked }), values);
  }

  close() {
    clearTimeout(this.timer);
  }
}
