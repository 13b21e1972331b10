// Asks for a run while the page shows another theme than Python drew it in: only a run tells Python of the theme.

const TRIES = 3; // the run may still be told of the theme before; a theme that Python does not know is left alone

export class ThemeWatch {
  /** @param {() => void} ask */
  constructor(ask) {
    this.ask = ask;
    this.drawn = "";
    this.tries = 0;
    const app = document.querySelector(".stApp");
    this.readShown = () => app && getComputedStyle(app).colorScheme;
    this.observer = new MutationObserver(() => this.compare());
    if (app) this.observer.observe(app, { attributeFilter: ["class"] });
  }

  /** @param {string} drawn the theme of Python's last run */
  update(drawn) {
    this.drawn = drawn;
    this.compare();
  }

  compare() {
    const shown = this.readShown();
    if (!shown || shown === this.drawn) this.tries = 0;
    else if (this.tries++ < TRIES) this.ask();
  }

  close() {
    this.observer.disconnect();
  }
}
