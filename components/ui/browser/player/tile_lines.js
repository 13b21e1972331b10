// The lines under a tile: its title and what differs, the settings that are the same, the download.

import { el } from "../shared/dom.js";
import { nameOf } from "./labels.js";

/** @typedef {import("../shared/types").TileSpec} TileSpec */

export class TileLines {
  /** @param {Node[]} marks what the tile itself shows beside the title: its number, how much shorter it is */
  constructor([number, shorter]) {
    this.number = number;
    this.shorter = shorter;
    this.meta = el("div", { class: "meta" });
    this.more = el("div", { class: "more" });
    /** @type {Map<HTMLElement, string>} */
    this.drawn = new Map();
  }

  /** @param {TileSpec} spec */
  update(spec) {
    const note = spec.kind === "clip" ? spec.note : "";
    const download = spec.kind === "clip" ? spec.download : null;
    const { title, differs, same, several } = spec;
    this.drawOnce(this.meta, [title, note, differs], () => this.drawMeta(spec, note));
    this.drawOnce(this.more, [nameOf(spec), same, several, download], () => this.drawMore(spec));
  }

  /**
   * Draws only what says something new: the age of a take changes each minute, and what has the focus keeps it.
   * @param {HTMLElement} part
   * @param {unknown[]} content
   * @param {() => void} draw
   */
  drawOnce(part, content, draw) {
    const json = JSON.stringify(content);
    if (this.drawn.get(part) !== json) draw();
    this.drawn.set(part, json);
  }

  /**
   * @param {TileSpec} spec
   * @param {string} note
   */
  drawMeta(spec, note) {
    const differs = spec.differs.map(([name, value]) =>
      el("span", { class: "setting", title: `${name}: ${value}` }, name, " ", el("b", {}, value)),
    );
    const title = el("span", { class: "title" }, spec.title);
    this.meta.replaceChildren(
      el("span", { class: "left" }, this.number, title, this.shorter, ...differs),
      el("span", { class: "right" }, el("span", { class: "note" }, note)),
    );
  }

  /** @param {TileSpec} spec */
  drawMore(spec) {
    const open = this.more.querySelector("details")?.open ?? false;
    this.more.replaceChildren(...makeSettings(spec, open), ...makeDownload(spec));
  }
}

/**
 * @param {TileSpec} spec
 * @param {boolean} open
 */
function makeSettings(spec, open) {
  if (!spec.same.length) return [];
  const rows = spec.same.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  const label = spec.differs.length || spec.several ? "same settings" : "settings";
  const details = el("details", {}, el("summary", {}, label), el("dl", {}, ...rows));
  details.open = open;
  return [details];
}

/** @param {TileSpec} spec */
function makeDownload(spec) {
  if (spec.kind !== "clip" || !spec.download) return [];
  const label = `Download ${nameOf(spec)}`;
  const props = { class: "download", href: spec.download, download: spec.downloadName, "aria-label": label };
  return [el("a", props, "Download")];
}
