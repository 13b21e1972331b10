// The player: a bar of controls over a grid of tiles. The only part that is called from outside.

import { Badge, makeBar } from "./bar.js";
import { Clock } from "./clock.js";
import { Compare } from "./compare.js";
import { STATES } from "../shared/constants.js";
import { el, settle, show as showNode, tell } from "../shared/dom.js";
import { dress, sheets } from "../shared/style.js";
import { compareDeed, deed, listens } from "./keys.js";
import { named, Tile } from "./tile.js";

const GLANCE_MS = 250;
const TELL_MS = 60;
const STYLE = await sheets(import.meta.url, "../shared/theme.css", "player.css", "compare.css", "views.css");
const players = new WeakMap();
const page = { current: null, skew: Infinity }; // who has the keyboard, and how far our clock is ahead of the server's

class Player {
  constructor(parent, compare) {
    this.tiles = new Map();
    this.json = this.tell = null;
    this.shownAt = 0;
    this.clock = new Clock(() => this.render());
    this.grid = el("div", { class: "grid" });
    this.compare = compare ? new Compare(this) : null;
    this.bar = makeBar(this, this.compare?.marks);
    this.badge = new Badge(this.bar.badge);
    this.root = el("section", { class: "player", "aria-label": "Player", tabindex: "0" }, this.bar.node, this.grid);
    this.root.addEventListener("focusin", () => (page.current = this));
    this.root.addEventListener("pointerdown", () => (page.current = this));
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.timer = setInterval(() => this.glance(), GLANCE_MS);
    parent.append(this.root);
    this.compare?.furnish();
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

  update(json) {
    if (json === this.json) return;
    this.json = json;
    const { tiles, now } = JSON.parse(json);
    // The fastest message seen is the nearest to the truth: travel time only ever adds.
    if (now !== null) page.skew = Math.min(page.skew, Date.now() / 1000 - now);
    this.reconcile(tiles);
    this.compare?.meet(this.tiles);
    this.count();
    this.render();
  }

  reconcile(specs) {
    const ids = new Set(specs.map((spec) => spec.id));
    const names = specs.map((spec) => named(spec));
    for (const [id, tile] of this.tiles) {
      if (ids.has(id)) continue;
      if (tile.video) tile.dropVideo();
      tile.node.remove();
      this.tiles.delete(id);
    }
    specs.forEach((spec, index) => {
      spec.several = specs.length > 1;
      // Two of one name are told apart by their places.
      if (names.indexOf(names[index]) !== names.lastIndexOf(names[index])) spec.place = index + 1;
      const tile = this.tiles.get(spec.id);
      if (tile) tile.update(spec);
      else this.tiles.set(spec.id, new Tile(spec, this.asks()));
      settle(this.grid, this.tiles.get(spec.id).node, index);
    });
    this.tiles = new Map(specs.map((spec) => [spec.id, this.tiles.get(spec.id)]));
    tell(this.grid, "data-count", String(Math.min(specs.length, this.compare ? 9 : 4)));
  }

  asks() {
    return {
      arrived: (tile) => this.clock.add(tile.id, tile.video, tile.spec.fps),
      left: (tile) => this.clock.remove(tile.id),
      press: (id) => this.hear(id),
      ...this.compare?.asks(),
    };
  }

  // --- from the person

  hear(id) {
    const { clock } = this;
    if (clock.members.size < 2 || (clock.audible === id && !clock.muted)) return clock.toggle();
    clock.hear(id);
  }

  mute() {
    this.clock.setSound(!this.clock.muted, this.clock.volume || 1);
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen?.().catch(() => {});
  }

  loop() {
    this.clock.loop.on = !this.clock.loop.on;
    this.render();
  }

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.clock.members.size || !listens(event, this, page.current)) return;
    const does = deed(event, this) ?? (this.compare && compareDeed(event, this.compare));
    if (!does) return;
    event.preventDefault();
    does();
  }

  // --- to the screen

  glance() {
    this.count();
    this.compare?.look();
  }

  count() {
    const skew = Number.isFinite(page.skew) ? page.skew : 0;
    for (const tile of this.tiles.values()) tile.count(skew);
  }

  render() {
    const { clock, root } = this;
    if (!root) return;
    tell(root, "data-playing", String(clock.running));
    tell(root, "data-drift", (clock.drift * 1000).toFixed(1));
    // A seek is not worth a word; what takes longer is.
    const waits = clock.wanted && !clock.running && !clock.held && performance.now() - clock.wantedAt > GLANCE_MS;
    const loading = waits ? clock.loading() : [];
    this.renderTiles(new Set(loading.map((m) => m.id)));
    this.renderBar(loading.length);
  }

  renderTiles(loading) {
    const { clock } = this;
    const known = [...clock.members.values()].filter((m) => !m.failed && m.end() > 0);
    const longest = Math.max(0, ...known.map((m) => m.end()));
    const several = clock.members.size > 1;
    let ratio = 0;
    for (const tile of this.tiles.values()) {
      const member = clock.members.get(tile.id);
      ratio = Math.max(ratio, tile.ratio());
      tile.reflect({
        heard: Boolean(member) && !clock.muted && clock.audible === tile.id,
        shorter: known.includes(member) ? longest - member.end() : 0,
        loading: loading.has(tile.id),
        shift: member?.shift ?? 0,
        several,
      });
    }
    if (ratio && ratio !== this.ratio) this.grid.style.setProperty("--ratio", String(ratio));
    tell(this.grid, "data-tall", String(ratio > 0 && ratio < 1));
    this.ratio = ratio || this.ratio;
  }

  renderBar(loading) {
    const { clock, bar } = this;
    const any = clock.members.size > 0;
    const coming = [...this.tiles.values()].some((tile) => !STATES[tile.spec.state]?.ended);
    showNode(bar.node, any || coming);
    tell(bar.node, "data-idle", String(!any));
    for (const control of bar.controls) if (control.disabled === any) control.disabled = !any;
    bar.showState(clock);
    // Every painted frame of the bar costs the videos time; while they run its figures need not be that fresh.
    if (!clock.running || performance.now() - this.shownAt > TELL_MS) {
      this.shownAt = performance.now();
      bar.showTime(clock.time(), clock.length(), clock.frame(), clock.held);
    }
    this.badge.reflect(clock, loading);
  }
}

// --- from Streamlit

export function update({ data, parentElement: parent, setStateValue }) {
  if (!players.has(parent)) {
    dress(parent.getRootNode(), STYLE);
    players.set(parent, new Player(parent, JSON.parse(data.json).compare));
  }
  const player = players.get(parent);
  player.tell = setStateValue; // hands a value to Python, at the price of a run of the page
  player.update(data.json);
}

export function close(parent) {
  players.get(parent)?.close();
  players.delete(parent);
}
