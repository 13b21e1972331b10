// One video on its stage: loads it, tries a fresh address once, and says when it could not be loaded.

import { el, setAttribute } from "../shared/dom.js";
import { isSameFile } from "../shared/format.js";

/** @typedef {import("../shared/types").ClipSpec} ClipSpec */

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
    /** @type {HTMLElement | null} */
    this.trouble = null;
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
    if (before && (!isSameFile(spec.url, before.url) || (this.broken && this.takeRetry()))) this.load();
    if (spec.poster && !isSameFile(spec.poster, before?.poster)) this.video.poster = spec.poster;
  }

  load() {
    this.broken = false;
    this.video.src = this.spec.url;
    this.video.load();
  }

  // A signed address can run out while the page is open: the newest one is tried once, unasked.
  takeRetry() {
    const fresh = !this.retried && this.spec.url !== this.video.getAttribute("src");
    this.retried ||= fresh;
    return fresh;
  }

  onError() {
    if (this.broken || !this.video.getAttribute("src")) return;
    if (this.takeRetry()) return this.load();
    this.broken = true;
    const again = el("button", { class: "again", type: "button", onclick: () => this.load() }, "Try again");
    const message = el("p", { class: "message" }, "This video could not be loaded.");
    const hint = el("p", { class: "hint" }, "The file may have moved, or the connection broke.");
    this.trouble?.remove();
    this.trouble = el("div", { class: "words trouble", role: "alert" }, message, hint, again);
    this.stage.append(this.trouble);
    setAttribute(this.stage, "data-state", "broken");
  }

  onLoaded() {
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
