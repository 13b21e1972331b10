// The short silent film over a poster, while a pointer or the keyboard's focus rests on it. One at a time.

import { el, setAttribute } from "../shared/dom.js";

const REST_MS = 150; // a pointer that only passes by fetches nothing

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

/** @type {Preview | null} */
let showing = null;

export class Preview {
  /** @param {HTMLElement} place the link that holds the poster */
  constructor(place) {
    this.place = place;
    /** @type {string | null} */
    this.url = null;
    /** @type {HTMLVideoElement | null} */
    this.video = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    place.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.schedule());
    place.addEventListener("pointerleave", () => this.stop());
    place.addEventListener("focus", () => place.matches(":focus-visible") && this.schedule());
    place.addEventListener("blur", () => this.stop());
  }

  schedule() {
    clearTimeout(this.timer);
    const { url } = this;
    if (!url || reducedMotion.matches || this.video) return;
    this.timer = setTimeout(() => this.start(url), REST_MS);
  }

  /** @param {string} url */
  start(url) {
    showing?.stop();
    showing = this;
    const props = { class: "preview", playsinline: "", loop: "", tabindex: "-1", "aria-hidden": "true" };
    const video = el("video", props);
    video.muted = true;
    video.addEventListener("playing", () => setAttribute(video, "data-playing", "true"));
    video.addEventListener("error", () => this.onError(video));
    video.src = url;
    this.video = video;
    this.place.append(video);
    video.play().catch(() => {});
  }

  /**
   * What cannot be shown leaves the poster as it is; it is not asked for again.
   * @param {HTMLVideoElement} video
   */
  onError(video) {
    if (this.video !== video) return;
    this.url = null;
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    if (showing === this) showing = null;
    if (!this.video) return;
    const { video } = this;
    this.video = null;
    video.pause();
    video.remove();
    video.removeAttribute("src");
    video.load(); // ends the download
  }
}
