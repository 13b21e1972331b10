// The player: a bar of controls over a grid of tiles. The only part that is called from outside.

import { STATES } from "../shared/constants.js";
import { el, placeChild, setAttribute, setVisible } from "../shared/dom.js";
import { adoptStyles } from "../shared/style.js";
import THEME from "../shared/theme.css" with { type: "css" };
import BAR from "./bar.css" with { type: "css" };
import { Bar } from "./bar.js";
import { Clock } from "./clock.js";
import COMPARE from "./compare.css" with { type: "css" };
import { Compare } from "./compare.js";
import { isForPlayer } from "./keyboard.js";
import { compareRequest, playerRequest } from "./keys.js";
import { withPlaces } from "./labels.js";
import PLAYER from "./player.css" with { type: "css" };
import { Tile } from "./tile.js";
import TILES from "./tiles.css" with { type: "css" };
import VIEWS from "./views.css" with { type: "css" };

/** @typedef {import("../shared/types").Component} Component */
/** @typedef {import("../shared/types").PlayerPayload} PlayerPayload */
/** @typedef {import("../shared/types").TileSpec} TileSpec */

const REFRESH_MS = 250;
const TIME_MS = 60; // every painted frame of the bar costs the videos time: its figures need not be fresher
const MOST_COLUMNS = 4;
const MOST_COMPARED_COLUMNS = 9;
/** @type {WeakMap<HTMLElement, Player>} */
const players = new WeakMap();
/** @type {{current: Player | null, skew: number}} */
const page = { current: null, skew: Infinity }; // who has the keyboard, and how far our clock is ahead of the server's

export class Player {
  /**
   * @param {Component} component
   * @param {boolean} compare
   */
  constructor(component, compare) {
    this.component = component;
    /** @type {Map<string, Tile>} */
    this.tiles = new Map();
    this.json = "";
    this.shownAt = 0;
    this.ratio = 0;
    this.clock = new Clock(() => this.render());
    this.grid = el("div", { class: "grid" });
    this.compare = compare ? new Compare(this) : null;
    this.bar = new Bar(this.clock, this, this.compare?.loopControls ?? null);
    this.root = el(
      "section",
      { class: "player", "aria-label": "Player", tabindex: "0" },
      this.bar.node,
      this.grid,
    );
    for (const name of ["focusin", "pointerdown"]) this.root.addEventListener(name, () => this.takeKeyboard());
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.handleKey(event);
    document.addEventListener("keydown", this.onKey);
    this.timer = setInterval(() => this.refresh(), REFRESH_MS);
    component.parentElement.append(this.root);
    this.compare?.attach();
    this.render();
  }

  close() {
    clearInterval(this.timer);
    document.removeEventListener("keydown", this.onKey);
    if (page.current === this) page.current = null;
    this.compare?.close();
    this.clock.close();
    this.root.remove();
  }

  // --- from Python

  /** @param {Component} component */
  update(component) {
    this.component = component;
    if (component.data.json === this.json) return;
    this.json = component.data.json;
    /** @type {PlayerPayload} */
    const { tiles, now } = JSON.parse(this.json);
    // The fastest message seen is the nearest to the truth: travel time only ever adds.
    if (now !== null) page.skew = Math.min(page.skew, Date.now() / 1000 - now);
    this.reconcile(withPlaces(tiles));
    this.compare?.setTiles(this.tiles);
    this.count();
    this.render();
  }

  /** @param {TileSpec[]} specs */
  reconcile(specs) {
    const ids = new Set(specs.map((spec) => spec.id));
    for (const [id, tile] of this.tiles) {
      if (ids.has(id)) continue;
      tile.close();
      tile.node.remove();
      this.tiles.delete(id);
    }
    const tiles = specs.map((spec, index) => this.placeTile(spec, index));
    this.tiles = new Map(tiles.map((tile) => [tile.id, tile]));
    const most = this.compare ? MOST_COMPARED_COLUMNS : MOST_COLUMNS;
    setAttribute(this.grid, "data-count", String(Math.min(specs.length, most)));
  }

  /**
   * @param {TileSpec} spec
   * @param {number} index
   */
  placeTile(spec, index) {
    const known = this.tiles.get(spec.id);
    known?.update(spec);
    const tile = known ?? new Tile(spec, this.tileRequests());
    this.tiles.set(spec.id, tile);
    placeChild(this.grid, tile.node, index);
    return tile;
  }

  /** @returns {import("./tile.js").TileRequests} */
  tileRequests() {
    const { compare } = this;
    return {
      addVideo: (id, video, fps) => this.clock.add(id, video, fps),
      removeVideo: (id) => this.clock.remove(id),
      press: (id) => (compare ?? this).press(id),
      makeTools: compare ? (tile) => compare.makeTools(tile) : undefined,
    };
  }

  // --- from the person

  /**
   * What the keys ask for, by the names in keys.js.
   * @type {Record<string, (by: number) => void>}
   */
  requests = {
    togglePlay: () => this.clock.toggle(),
    step: (frames) => this.clock.step(frames),
    jump: (seconds) => this.clock.jump(seconds),
    seek: (time) => this.clock.seek(time),
    toEnd: () => this.clock.toEnd(),
    toggleLoop: () => this.toggleLoop(),
    toggleMute: () => this.toggleMute(),
    toggleFullScreen: () => this.toggleFullScreen(),
  };

  /**
   * A press on a picture.
   * @param {string} id
   */
  press(id) {
    const { clock } = this;
    if (clock.members.size < 2 || (clock.audible === id && !clock.muted)) return clock.toggle();
    clock.hear(id);
  }

  toggleMute() {
    this.clock.setSound(!this.clock.muted, this.clock.volume || 1);
  }

  toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen?.().catch(() => {});
  }

  toggleLoop() {
    this.clock.loop.on = !this.clock.loop.on;
    this.render();
  }

  takeKeyboard() {
    page.current = this;
  }

  /** @param {KeyboardEvent} event */
  handleKey(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.clock.members.size || !isForPlayer(event, this, page.current)) return;
    const action = this.actionFor(event);
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** @param {KeyboardEvent} event */
  actionFor(event) {
    const own = playerRequest(event);
    if (own) return () => this.requests[own.name](own.by);
    const { compare } = this;
    const other = compare && compareRequest(event);
    return other && (() => compare.requests[other.name](other.by));
  }

  // --- to the screen

  refresh() {
    this.count();
    this.compare?.syncAddress();
  }

  count() {
    const skew = Number.isFinite(page.skew) ? page.skew : 0;
    for (const tile of this.tiles.values()) tile.count(skew);
  }

  render() {
    const { clock, root } = this;
    if (!root) return; // the clock is made before it
    setAttribute(root, "data-playing", String(clock.running));
    setAttribute(root, "data-drift", (clock.drift * 1000).toFixed(1));
    // A seek is not worth a word; what takes longer is.
    const waits = clock.wanted && !clock.running && !clock.held && performance.now() - clock.wantedAt > REFRESH_MS;
    const loading = waits ? clock.loading() : [];
    this.renderTiles(new Set(loading.map((m) => m.id)));
    this.renderBar(loading.length);
  }

  /** @param {Set<string>} loading */
  renderTiles(loading) {
    const { clock } = this;
    const known = [...clock.members.values()].filter((m) => !m.failed && m.duration() > 0);
    const longest = Math.max(0, ...known.map((m) => m.duration()));
    for (const tile of this.tiles.values()) {
      const member = clock.members.get(tile.id);
      tile.reflect({
        heard: member !== undefined && !clock.muted && clock.audible === tile.id,
        shorter: member && known.includes(member) ? longest - member.duration() : 0,
        loading: loading.has(tile.id),
        shift: member?.shift ?? 0,
        several: clock.members.size > 1,
      });
    }
    this.renderRatio(Math.max(0, ...[...this.tiles.values()].map((tile) => tile.ratio())));
  }

  /** @param {number} ratio of the widest video */
  renderRatio(ratio) {
    if (ratio && ratio !== this.ratio) this.grid.style.setProperty("--ratio", String(ratio));
    setAttribute(this.grid, "data-tall", String(ratio > 0 && ratio < 1));
    this.ratio = ratio || this.ratio;
  }

  /** @param {number} loading */
  renderBar(loading) {
    const { clock, bar } = this;
    const any = clock.members.size > 0;
    const coming = [...this.tiles.values()].some(({ spec }) => spec.kind === "clip" || !STATES[spec.state]?.ended);
    setVisible(bar.node, any || coming);
    setAttribute(bar.node, "data-idle", String(!any));
    bar.setEnabled(any);
    bar.showState(clock);
    if (!clock.running || performance.now() - this.shownAt > TIME_MS) {
      this.shownAt = performance.now();
      bar.showTime(clock);
    }
    bar.showDrift(clock, loading);
  }
}

// --- from Streamlit

/** @param {Component} component */
export function update(component) {
  const { parentElement: parent } = component;
  let player = players.get(parent);
  if (!player) {
    adoptStyles(parent.getRootNode(), [THEME, PLAYER, BAR, TILES, COMPARE, VIEWS]);
    player = new Player(component, JSON.parse(component.data.json).compare);
    players.set(parent, player);
  }
  player.update(component);
}

/** @param {HTMLElement} parent */
export function close(parent) {
  players.get(parent)?.close();
  players.delete(parent);
}
