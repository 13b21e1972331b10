// Waits until Streamlit runs nothing. A request by the page that is being left reaches it in the middle of the run
// that opens another, and then it draws neither (1.67: "Couldn't find fragment").

const LOOK_MS = 50;
const ANSWER_MS = 1000; // so long a press may need until the page shows that it runs
const BUSY = ["running", "rerunRequested", "stopRequested"];

export class Idle {
  /**
   * @param {() => string | null | undefined} readState what Streamlit says of its run
   * @param {() => number} now milliseconds
   */
  constructor(readState, now) {
    this.readState = readState;
    this.now = now;
    this.pressedAt = -Infinity;
  }

  notePress() {
    this.pressedAt = this.now();
  }

  get busy() {
    return BUSY.includes(this.readState() ?? "") || this.now() - this.pressedAt < ANSWER_MS;
  }

  /**
   * Calls at once, or as soon as nothing runs. Gives what cancels it.
   * @param {() => void} call
   * @returns {() => void}
   */
  when(call) {
    if (!this.busy) {
      call();
      return () => {};
    }
    const timer = setInterval(() => {
      if (this.busy) return;
      clearInterval(timer);
      call();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }
}

/** A call that waits until nothing runs; the next one takes its place. */
export class IdleCall {
  /** @param {Idle} of */
  constructor(of) {
    this.idle = of;
    this.cancel = () => {};
  }

  /** @param {() => void} call */
  make(call) {
    this.cancel();
    this.cancel = this.idle.when(call);
  }
}

const STATE = "data-test-script-state";

/** Of this tab: one press counts for all components. */
export const idle = new Idle(
  () => document.querySelector(`[${STATE}]`)?.getAttribute(STATE),
  () => performance.now(),
);

/** Links, buttons and the browser's own way back open pages; a key on a link or button is a click too. */
export function watchPresses() {
  addEventListener("click", () => idle.notePress(), true);
  addEventListener("popstate", () => idle.notePress(), true);
}
