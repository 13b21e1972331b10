// One tile: a video, or the words that stand in its place. Knows its own elements; asks the clock nothing.

import { el, setAttribute, setText, setVisible } from "../shared/dom.js";
import { ClipStage } from "./clip_stage.js";
import { nameOf, shorterText } from "./labels.js";
import { TileLines } from "./tile_lines.js";
import { WaitingWords } from "./waiting_words.js";

/** @typedef {import("../shared/types").TileSpec} TileSpec */
/** @typedef {import("../shared/types").ClipSpec} ClipSpec */
/** @typedef {import("./shift_tools.js").ShiftTools} ShiftTools */
/**
 * What a tile asks of the player; `makeTools` only where there are tools.
 * @typedef {{
 *   addVideo: (id: string, video: HTMLVideoElement, fps: number) => void,
 *   removeVideo: (id: string) => void,
 *   press: (id: string) => void,
 *   makeTools?: (tile: Tile) => ShiftTools,
 * }} TileRequests
 */

export class Tile {
  /**
   * @param {TileSpec} spec
   * @param {TileRequests} requests
   */
  constructor(spec, requests) {
    this.id = spec.id;
    this.spec = spec;
    this.requests = requests;
    /** @type {ClipStage | null} */
    this.clip = null;
    /** @type {WaitingWords | null} */
    this.words = null;
    this.enlarges = false; // what a press on the picture does
    this.toggles = true;
    this.stage = el("div", { class: "stage" });
    this.number = el("span", { class: "number", hidden: "" });
    this.shorter = el("span", { class: "pill", hidden: "" });
    this.heard = el("span", { class: "heard", hidden: "" }, "♪ sound");
    this.lines = new TileLines([this.number, this.shorter]);
    this.tools = requests.makeTools?.(this) ?? null;
    const { meta, more } = this.lines;
    const under = el("div", { class: "under" }, meta, this.tools?.node ?? null, more);
    this.node = el("article", { class: "tile", "data-tile": spec.id }, this.stage, under);
    this.update(spec);
  }

  get video() {
    return this.clip?.video ?? null;
  }

  /** @param {TileSpec} spec */
  update(spec) {
    const before = this.spec;
    this.spec = spec;
    setAttribute(this.node, "aria-label", nameOf(spec));
    if (spec.kind === "clip") this.showClip(spec, before);
    else this.showWaiting(spec);
    this.lines.update(spec);
  }

  /**
   * @param {ClipSpec} spec
   * @param {TileSpec} before
   */
  showClip(spec, before) {
    const isNew = this.clip === null;
    const clip = this.clip ?? new ClipStage(this.stage, spec, () => this.requests.press(this.id));
    if (isNew) {
      this.clip = clip;
      this.words = null;
      this.stage.replaceChildren(clip.video, clip.press, clip.spinner, this.heard);
      this.requests.addVideo(this.id, clip.video, spec.fps);
      clip.load();
    }
    clip.update(spec, !isNew && before.kind === "clip" ? before : null);
    this.namePress();
    setAttribute(clip.video, "aria-label", nameOf(spec));
  }

  // Says what a press on the picture does.
  namePress() {
    if (!this.clip) return;
    const action = this.enlarges ? "Enlarge" : this.toggles ? "Play or pause" : "Hear";
    setAttribute(this.clip.press, "aria-label", `${action} ${nameOf(this.spec)}`);
  }

  ratio() {
    return this.clip?.ratio() ?? 0;
  }

  /** @param {import("../shared/types").WaitingSpec} spec */
  showWaiting(spec) {
    this.close();
    if (!this.words) {
      this.words = new WaitingWords();
      this.stage.replaceChildren(this.words.node);
    }
    setAttribute(this.stage, "data-state", spec.state);
    this.words.show(spec);
  }

  /**
   * Counts the seconds of what is under way, or those until it is tried again.
   * @param {number} skew how far the browser's clock is ahead of the server's, in seconds
   */
  count(skew) {
    if (this.spec.kind !== "waiting" || this.spec.startedAt === null) return;
    const now = Date.now() / 1000 - skew;
    if (this.spec.againAt !== null) this.words?.showLeft(this.spec.againAt - now);
    else this.words?.showElapsed(now - this.spec.startedAt);
    if (this.spec.lateAt !== null && now > this.spec.lateAt) this.words?.showLate(this.spec.lateMessage);
  }

  // Ends the video, if there is one.
  close() {
    if (!this.clip) return;
    this.requests.removeVideo(this.id);
    this.clip.close();
    this.clip = null;
  }

  /**
   * What the clock knows of it.
   * @param {{heard: boolean, several: boolean, shorter: number, loading: boolean, shift: number}} state
   */
  reflect({ heard, several, shorter, loading, shift }) {
    this.tools?.reflect({ heard, shift });
    this.toggles = heard || !several;
    this.namePress();
    setVisible(this.heard, heard && several);
    setAttribute(this.node, "data-heard", String(heard && several));
    const text = shorterText(shorter);
    setVisible(this.shorter, Boolean(text));
    if (text) setText(this.shorter, text);
    if (this.clip) setVisible(this.clip.spinner, loading);
  }
}
