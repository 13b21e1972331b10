// Asks for a run while the page shows another theme than Python drew it in: only a run tells Python of the theme.

const TRIES = 5; // a theme that Python does not know is left alone
const RETRY_MS = 1000; // each waits twice as long as the one before

export class ThemeWatch {
  /**
   * @param {() => void} ask
   * @param {() => string | null} readShown the theme that the page shows
   */
  constructor(ask, readShown) {
    this.ask = ask;
    this.readShown = readShown;
    this.drawn = "";
    this.tries = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.release = () => {};
  }

  /** @param {string} drawn the theme of Python's last run */
  update(drawn) {
    this.drawn = drawn;
    this.compare();
  }

  // An answer may still tell of the theme before, and what is asked while another run begins can be lost: so it is asked again until it agrees, in turns of its own, however often the page or a run calls meanwhile.
  compare() {
    const shown = this.readShown();
    if (!shown || shown === this.drawn) this.rest();
    else if (this.timer === undefined) this.askOn();
  }

  askOn() {
    this.timer = undefined;
    const shown = this.readShown();
    if (!shown || shown === this.drawn || this.tries === TRIES) return;
    this.timer = setTimeout(() => this.askOn(), RETRY_MS * 2 ** this.tries);
    this.tries += 1;
    this.ask();
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.tries = 0;
  }

  close() {
    this.rest();
    this.release();
  }
}

/**
 * A watch of this page's theme.
 * @param {() => void} ask
 */
export function watchTheme(ask) {
  const app = document.querySelector(".stApp");
  const watch = new ThemeWatch(ask, () => app && getComputedStyle(app).colorScheme);
  const observer = new MutationObserver(() => watch.compare());
  if (app) observer.observe(app, { attributeFilter: ["class"] });
  watch.release = () => observer.disconnect();
  return watch;
}
