// The player: a bar of controls over a grid of tiles. The only part that knows Streamlit.

const SPEEDS = [0.25, 0.5, 1, 1.5, 2];
const FIELD = "input, select, textarea, button, summary, a[href], [contenteditable], [role=dialog], [role=tab]";
const players = new WeakMap();
// Streamlit may evaluate this text once for each player on a page; who has the keyboard is known here.
const page = (globalThis[Symbol.for("screentest.player")] ??= { current: null, skew: Infinity });

class Player {
  constructor(parent) {
    this.tiles = new Map();
    this.json = null;
    this.bar = makeBar(this);
    this.grid = el("div", { class: "grid" });
    this.root = el("section", { class: "player", "aria-label": "Player", tabindex: "0" }, this.bar.node, this.grid);
    this.clock = new Clock(() => this.render());
    this.badge = { at: 0, worst: 0 };
    this.root.addEventListener("focusin", () => (page.current = this));
    this.root.addEventListener("pointerdown", () => (page.current = this));
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.timer = setInterval(() => this.count(), 250);
    parent.append(this.root);
    this.render();
  }

  close() {
    clearInterval(this.timer);
    document.removeEventListener("keydown", this.onKey);
    if (page.current === this) page.current = null;
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
    this.count();
    this.render();
  }

  reconcile(specs) {
    const ids = new Set(specs.map((spec) => spec.id));
    for (const [id, tile] of this.tiles) {
      if (ids.has(id)) continue;
      if (tile.video) tile.dropVideo();
      tile.node.remove();
      this.tiles.delete(id);
    }
    specs.forEach((spec, index) => {
      spec.several = specs.length > 1;
      const tile = this.tiles.get(spec.id);
      if (tile) tile.update(spec);
      else this.tiles.set(spec.id, new Tile(spec, this.asks()));
      this.settle(this.tiles.get(spec.id).node, index);
    });
    tell(this.grid, "data-count", String(Math.min(specs.length, 4)));
  }

  // A video that leaves the document, if only for a moment, stops: move nothing that stands right.
  settle(node, index) {
    const there = this.grid.children[index] ?? null;
    if (there === node) return;
    if (node.isConnected && this.grid.moveBefore) this.grid.moveBefore(node, there);
    else this.grid.insertBefore(node, there);
  }

  asks() {
    return {
      arrived: (tile) => this.clock.add(tile.id, tile.video, tile.spec.fps),
      left: (tile) => this.clock.remove(tile.id),
      hear: (id) => this.hear(id),
    };
  }

  // --- from the person

  hear(id) {
    const { clock } = this;
    if (clock.members.size < 2 || (clock.audible === id && !clock.muted)) return clock.toggle();
    clock.listenTo(id);
    clock.setSound(false, clock.volume || 1);
  }

  mute() {
    this.clock.setSound(!this.clock.muted, this.clock.volume || 1);
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen?.().catch(() => {});
  }

  loop() {
    this.clock.looping = !this.clock.looping;
    this.render();
  }

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.clock.members.size || !this.listens(event)) return;
    const does = this.deed(event);
    if (!does) return;
    event.preventDefault();
    does();
  }

  listens(event) {
    const path = event.composedPath();
    const target = path[0];
    if (!path.includes(this.root)) {
      const free = !(target instanceof Element) || !target.closest(FIELD);
      return free && (page.current === null || page.current === this);
    }
    if (target === this.bar.scrub) return true;
    const typing = target.matches("input, select");
    const pressing = event.key === " " && target.matches("button, summary, a");
    return !typing && !pressing;
  }

  deed(event) {
    const { clock } = this;
    const back = event.key === "ArrowLeft" ? -1 : 1;
    switch (event.key) {
      case " ":
        return () => clock.toggle();
      case "ArrowLeft":
      case "ArrowRight":
        return () => (event.shiftKey ? clock.jump(back) : clock.step(back));
      case "Home":
        return () => clock.seek(0);
      case "End":
        return () => clock.toEnd();
      default:
        return { l: () => this.loop(), m: () => this.mute(), f: () => this.full() }[event.key.toLowerCase()];
    }
  }

  // --- to the screen

  count() {
    const skew = Number.isFinite(page.skew) ? page.skew : 0;
    for (const tile of this.tiles.values()) tile.count(skew);
  }

  render() {
    const { clock, root } = this;
    if (!clock) return;
    tell(root, "data-playing", String(clock.running));
    tell(root, "data-drift", (clock.drift * 1000).toFixed(1));
    const loading = clock.wanted && !clock.running && !clock.held ? clock.loading() : [];
    this.renderTiles(new Set(loading.map((m) => m.id)));
    this.renderBar(loading.length);
  }

  renderTiles(loading) {
    const { clock } = this;
    const length = clock.length();
    const several = clock.members.size > 1;
    let ratio = 0;
    for (const tile of this.tiles.values()) {
      const member = clock.members.get(tile.id);
      const known = member && !member.failed && member.end() > 0;
      ratio = Math.max(ratio, tile.ratio());
      tile.reflect({
        heard: Boolean(member) && !clock.muted && clock.audible === tile.id,
        shorter: known ? length - member.end() : 0,
        loading: loading.has(tile.id),
        several,
      });
    }
    if (ratio && ratio !== this.ratio) this.grid.style.setProperty("--ratio", String(ratio));
    this.ratio = ratio || this.ratio;
  }

  renderBar(loading) {
    const { clock, bar } = this;
    const any = clock.members.size > 0;
    const coming = [...this.tiles.values()].some((tile) => !ENDED[tile.spec.state]);
    show(bar.node, any || coming);
    tell(bar.node, "data-idle", String(!any));
    for (const control of bar.controls) if (control.disabled === any) control.disabled = !any;
    bar.showTime(clock.time(), clock.length(), clock.frame(), clock.held);
    bar.showState(clock);
    this.renderBadge(loading);
  }

  // Two or more that play: the worst of the last half second, not the flicker of every frame.
  renderBadge(loading) {
    const { clock, bar, badge } = this;
    const several = clock.members.size > 1;
    show(bar.badge, several);
    bar.badge.classList.toggle("off", !clock.wanted);
    if (loading) return say(bar.badge, `loading ${loading} of ${clock.members.size}`);
    if (performance.now() - clock.startedAt < 300) badge.worst = 0; // a start is not yet a drift
    else badge.worst = Math.max(badge.worst, clock.drift);
    if (performance.now() - badge.at < 500) return;
    const ms = Math.round(badge.worst * 1000);
    say(bar.badge, ms <= 40 ? `in step: ${ms} ms` : `catching up: ${ms} ms`);
    Object.assign(badge, { at: performance.now(), worst: 0 });
  }
}

export default function (component) {
  const { data, parentElement } = component;
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement));
  const player = players.get(parentElement);
  player.update(data.json);
  return () => {
    player.close();
    players.delete(parentElement);
  };
}
