// Hands on what is being typed at each pause: Streamlit tells Python only when a field is left, so that a reload
// of the page would lose the words.

const PAUSE_MS = 700;

export class Typed {
  /** @param {EventTarget} page */
  constructor(page) {
    this.page = page;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.onInput = (/** @type {Event} */ event) => this.wait(event);
    page.addEventListener("input", this.onInput);
  }

  /** @param {Event} event */
  wait(event) {
    const field = /** @type {HTMLElement} */ (event.target);
    if (field.tagName !== "TEXTAREA") return;
    clearTimeout(this.timer);
    // To Streamlit it looks as if the field were left; it keeps the caret.
    this.timer = setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })), PAUSE_MS);
  }

  close() {
    clearTimeout(this.timer);
    this.page.removeEventListener("input", this.onInput);
  }
}
