// The short silent film over a poster, while a pointer or the keyboard's focus rests on it. One at a time.

import { el, tell } from "../shared/dom.js";

const REST_MS = 150; // a pointer that only passes by fetches nothing

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Preview {
  static showing = null;

  constructor(place) {
    this.place = place; // the link that holds the poster
    this.url = null;
    this.video = null;
    place.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.wait());
    place.addEventListener("pointerleave", () => this.stop());
    place.addEventListener("focus", () => place.matches(":focus-visible") && this.wait());
    place.addEventListener("blur", () => this.stop());
  }

  wait() {
    clearTimeout(this.timer);
    if (!this.url || calm.matches || this.video) return;
    this.timer = setTimeout(() => this.start(), REST_MS);
  }

  start() {
    Preview.showing?.stop();
    Preview.showing = this;
    const video = el("video", { class: "preview", playsinline: "", loop: "", tabindex: "-1", "aria-hidden": "true" });
    video.muted = true;
    video.addEventListener("playing", () => tell(video, "data-playing", "true"));
    // What cannot be shown leaves the poster as it is; it is not asked for again.
    video.addEventListener("error", () => this.video === video && ((this.url = null), this.stop()));
    video.src = this.url;
    this.video = video;
    this.place.append(video);
    video.play().catch(() => {});
  }

  stop() {
    clearTimeout(this.timer);
    if (Preview.showing === this) Preview.showing = null;
    if (!this.video) return;
    const { video } = this;
    this.video = null;
    video.pause();
    video.remove();
    video.removeAttribute("src");
    video.load(); // ends the download
  }
}
