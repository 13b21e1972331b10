// One video on its stage: loads it, tries a fresh address once, plays a copy where the browser does not know the
// codec, and says when it could not be loaded.

import { el, setAttribute } from "../shared/dom.js";
import { isSameFile } from "../shared/format.js";

/** @typedef {import("../shared/types").ClipSpec} ClipSpec */

const DECODE = 3; // MediaError: the file came, but not every picture of it can be decoded
const UNKNOWN = 4; // MediaError: of no kind that is known, or no file at all

export class ClipStage {
  /**
   * @param {HTMLElement} stage
   * @param {ClipSpec} spec
   * @param {() => void} onPress
   */
  constructor(stage, spec, onPress) {
    this.stage = stage;
    this.spec = spec;
    this.broken = false;
    this.retried = false;
    this.copied = false; // what plays is a copy in a codec that every browser knows
    /** @type {HTMLElement | null} */
    this.trouble = null;
    this.about = el("p", { class: "copied", role: "status", hidden: "" });
    this.video = el("video", { playsinline: "", preload: "auto", "data-id": spec.id, tabindex: "-1" });
    this.video.muted = true;
    this.video.addEventListener("error", () => this.onError());
    this.video.addEventListener("loadedmetadata", () => this.onLoaded());
    this.press = el("button", { class: "hear", type: "button", onclick: onPress });
    this.spinner = el("div", { class: "spinner", hidden: "", role: "status", "aria-label": "Loading" });
    setAttribute(stage, "data-state", "clip");
  }

  /**
   * @param {ClipSpec} spec
   * @param {ClipSpec | null} before what was shown in this place
   */
  update(spec, before) {
    this.spec = spec;
    const isOther = before && !isSameFile(spec.url, before.url);
    if (isOther) this.copied = false;
    if (isOther || (before && this.broken && this.takeRetry())) this.load();
    if (spec.poster && !isSameFile(spec.poster, before?.poster)) this.video.poster = spec.poster;
  }

  load() {
    this.broken = false;
    this.about.hidden = !this.copied;
    this.video.src = this.address;
    this.video.load();
  }

  get address() {
    return (this.copied && this.spec.playable) || this.spec.url;
  }

  // A signed address can run out while the page is open: the newest one is tried once, unasked.
  takeRetry() {
    const fresh = !this.retried && this.address !== this.video.getAttribute("src");
    this.retried ||= fresh;
    return fresh;
  }

  async onError() {
    const address = this.video.getAttribute("src");
    if (this.broken || !address) return;
    if (this.takeRetry()) return this.load();
    this.broken = true;
    if (await this.isUnknown()) {
      if (this.video.getAttribute("src") === address) this.loadCopy();
    } else if (this.copied)
      this.tell(this.cannotPlay, "No copy could be made. Another program may play the file.");
    else this.tell("This video could not be loaded.", "The file may have moved, or the connection broke.");
  }

  // Whether the file is there, so that it is the browser who cannot play it.
  async isUnknown() {
    const code = this.video.error?.code;
    if (this.copied || !this.spec.playable || (code !== DECODE && code !== UNKNOWN)) return false;
    try {
      return (await fetch(this.spec.url, { method: "HEAD" })).ok;
    } catch {
      return false;
    }
  }

  get cannotPlay() {
    return `Your browser cannot play ${this.spec.codec || "this kind of video"}.`;
  }

  loadCopy() {
    this.copied = true;
    this.retried = false;
    this.tellOfCopy("A copy that it can play is being made …");
    this.load();
  }

  /** @param {string} words */
  tellOfCopy(words) {
    this.about.replaceChildren(`${this.cannotPlay} ${words}`, ...this.makeDownload("Download the original"));
    this.stage.append(this.about);
  }

  /** @param {string} words */
  makeDownload(words) {
    const { download, downloadName } = this.spec;
    return download ? [" ", el("a", { href: download, download: downloadName }, words)] : [];
  }

  /**
   * @param {string} message
   * @param {string} hint
   */
  tell(message, hint) {
    const again = el("button", { class: "again", type: "button", onclick: () => this.tryAgain() }, "Try again");
    const way = this.copied ? this.makeDownload("Download") : [];
    this.about.hidden = true;
    this.trouble?.remove();
    this.trouble = el(
      "div",
      { class: "words trouble", role: "alert" },
      el("p", { class: "message" }, message),
      el("p", { class: "hint" }, hint, ...way),
      again,
    );
    this.stage.append(this.trouble);
    setAttribute(this.stage, "data-state", "broken");
  }

  tryAgain() {
    this.copied = false;
    this.load();
  }

  onLoaded() {
    // Some browsers play the sound alone of a video whose pictures they do not know.
    if (!this.video.videoWidth && !this.copied && this.spec.playable) return this.loadCopy();
    if (this.copied) this.tellOfCopy("This is a copy.");
    this.retried = false;
    this.trouble?.remove();
    this.trouble = null;
    setAttribute(this.stage, "data-state", "clip");
  }

  ratio() {
    return this.video.videoWidth ? this.video.videoWidth / this.video.videoHeight : 0;
  }

  close() {
    this.video.pause();
    this.video.removeAttribute("src");
    this.video.load();
  }
}
