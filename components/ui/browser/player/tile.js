// One tile: a video, or the words that stand in its place. Knows its own elements; asks the clock nothing.

import { STATES } from "../shared/constants.js";
import { capitalized, clockText, el, sameFile, say, show, tell } from "../shared/dom.js";

// What tells this take from the others, for those who hear the page.
export const named = ({ place, title, differs }) =>
  (place ? `${place} · ` : "") + [title, ...differs.map(([name, value]) => `${name} ${value}`)].join(", ");

export class Tile {
  constructor(spec, asks) {
    this.id = spec.id;
    this.drawn = {};
    this.asks = asks; // press(id), arrived(tile), left(tile), and tools(tile) where there are any
    this.stage = el("div", { class: "stage" });
    this.meta = el("div", { class: "meta" });
    this.more = el("div", { class: "more" });
    this.number = el("span", { class: "number", hidden: "" });
    this.tools = asks.tools ? asks.tools(this) : null;
    const under = el("div", { class: "under" }, this.meta, this.tools?.node ?? null, this.more);
    this.node = el("article", { class: "tile", "data-tile": spec.id }, this.stage, under);
    this.shorter = el("span", { class: "pill", hidden: "" });
    this.heard = el("span", { class: "heard", hidden: "" }, "♪ sound");
    this.enlarges = false;
    this.toggles = true;
    this.update(spec);
  }

  update(spec) {
    const before = this.spec;
    this.spec = spec;
    tell(this.node, "aria-label", named(spec));
    if (spec.kind === "clip") this.showClip(spec, before);
    else this.showWaiting(spec);
    this.describe(spec);
  }

  // --- a video

  showClip(spec, before) {
    if (!this.video) this.makeVideo(spec);
    else if (!sameFile(spec.url, before.url) || (this.broken && this.renewed())) this.load();
    if (spec.poster && !sameFile(spec.poster, before?.poster)) this.video.poster = spec.poster;
    this.promise();
    tell(this.video, "aria-label", named(spec));
  }

  // What a press on the picture does.
  promise() {
    if (!this.hear) return;
    const does = this.enlarges ? "Enlarge" : this.toggles ? "Play or pause" : "Hear";
    tell(this.hear, "aria-label", `${does} ${named(this.spec)}`);
  }

  makeVideo(spec) {
    this.video = el("video", { playsinline: "", preload: "auto", "data-id": spec.id, tabindex: "-1" });
    this.video.muted = true;
    this.video.addEventListener("error", () => this.breakDown());
    this.video.addEventListener("loadedmetadata", () => this.mend());
    this.hear = el("button", { class: "hear", type: "button", onclick: () => this.asks.press(this.id) });
    this.spinner = el("div", { class: "spinner", hidden: "", role: "status", "aria-label": "Loading" });
    this.stage.replaceChildren(this.video, this.hear, this.spinner, this.heard);
    tell(this.stage, "data-state", "clip");
    this.asks.arrived(this);
    this.load();
  }

  load() {
    this.broken = false;
    this.video.src = this.spec.url;
    this.video.load();
  }

  // A signed address can run out while the page is open: the newest one is tried once, unasked.
  renewed() {
    const fresh = !this.retried && this.spec.url !== this.video.getAttribute("src");
    this.retried ||= fresh;
    return fresh;
  }

  breakDown() {
    if (this.broken || !this.video.getAttribute("src")) return;
    if (this.renewed()) return this.load();
    this.broken = true;
    const again = el("button", { class: "again", type: "button", onclick: () => this.load() }, "Try again");
    this.trouble?.remove();
    this.trouble = el(
      "div",
      { class: "words trouble", role: "alert" },
      el("p", { class: "say" }, "This video could not be loaded."),
      el("p", { class: "hint" }, "The file may have moved, or the connection broke."),
      again,
    );
    this.stage.append(this.trouble);
    tell(this.stage, "data-state", "broken");
  }

  mend() {
    this.retried = false;
    this.trouble?.remove();
    this.trouble = null;
    tell(this.stage, "data-state", "clip");
  }

  ratio() {
    return this.video?.videoWidth ? this.video.videoWidth / this.video.videoHeight : 0;
  }

  // --- words in place of a video

  showWaiting(spec) {
    if (this.video) this.dropVideo();
    if (!this.place) {
      this.elapsed = el("div", { class: "elapsed" });
      this.sentence = el("p", { class: "say", role: "status" });
      this.hint = el("p", { class: "hint" });
      this.place = el("div", { class: "words" }, this.elapsed, this.sentence, this.hint);
      this.stage.replaceChildren(this.place);
    }
    tell(this.stage, "data-state", spec.state);
    const ended = STATES[spec.state]?.ended ? capitalized(STATES[spec.state].word) : "";
    show(this.elapsed, Boolean(ended) || spec.startedAt !== null);
    tell(this.elapsed, "role", ended ? "presentation" : "timer");
    if (ended) say(this.elapsed, ended);
    say(this.sentence, spec.words);
    say(this.hint, spec.hint);
    const way = { class: "way", target: "_blank", rel: "noopener noreferrer", href: spec.link };
    if (spec.link && !this.place.querySelector(".way")) this.place.append(el("a", way, "Buy credits"));
  }

  // `skew` is how far the browser's clock is ahead of the server's, in seconds.
  count(skew) {
    if (this.spec.kind !== "waiting" || this.spec.startedAt === null) return;
    const seconds = Math.max(0, Math.floor(Date.now() / 1000 - skew - this.spec.startedAt));
    say(this.elapsed, clockText(seconds));
  }

  dropVideo() {
    this.asks.left(this);
    this.video.pause();
    this.video.removeAttribute("src");
    this.video.load();
    this.video = this.hear = this.place = this.trouble = null;
    this.broken = false;
  }

  // --- the lines under it

  describe(spec) {
    const { title, note, differs, same, several, download } = spec;
    this.once("meta", [title, note, differs], () => this.showMeta(spec));
    this.once("more", [named(spec), same, several, download], () => this.showMore(spec));
  }

  // Draws only what says something new: the age of a take changes each minute, and what has the focus keeps it.
  once(part, words, draw) {
    const now = JSON.stringify(words);
    if (this.drawn[part] !== now) draw();
    this.drawn[part] = now;
  }

  showMeta(spec) {
    const differs = spec.differs.map(([name, value]) =>
      el("span", { class: "setting", title: `${name}: ${value}` }, name, " ", el("b", {}, value)),
    );
    this.meta.replaceChildren(
      el("span", { class: "left" }, this.number, el("span", { class: "title" }, spec.title), this.shorter, ...differs),
      el("span", { class: "right" }, el("span", { class: "note" }, spec.note ?? "")),
    );
  }

  showMore(spec) {
    const open = this.more.querySelector("details")?.open ?? false;
    this.more.replaceChildren(...this.fold(spec, open), ...this.download(spec));
  }

  fold(spec, open) {
    if (!spec.same.length) return [];
    const rows = spec.same.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
    const label = spec.differs.length || spec.several ? "same settings" : "settings";
    const details = el("details", {}, el("summary", {}, label), el("dl", {}, ...rows));
    details.open = open;
    return [details];
  }

  download(spec) {
    if (!spec.download) return [];
    const label = `Download ${named(spec)}`;
    const props = { class: "download", href: spec.download, download: spec.downloadName, "aria-label": label };
    return [el("a", props, "Download")];
  }

  // --- what the clock knows of it

  reflect({ heard, several, shorter, loading, shift }) {
    this.tools?.reflect({ heard, shift });
    this.toggles = heard || !several;
    this.promise();
    show(this.heard, heard && several);
    tell(this.node, "data-heard", String(heard && several));
    show(this.shorter, shorter >= 0.05);
    if (shorter >= 0.05) say(this.shorter, `${shorter < 0.1 ? shorter.toFixed(2) : shorter.toFixed(1)} s shorter`);
    if (!this.video) return;
    show(this.spinner, loading);
  }
}
