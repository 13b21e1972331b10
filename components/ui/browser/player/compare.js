// The tools of a comparison: views, a marked part, shifts in time, and their state in the address.
// The player and its clock know nothing of them.

import { Address, parse } from "./address.js";
import { SPEEDS } from "../shared/constants.js";
import { show, tell } from "../shared/dom.js";
import { Help } from "./help.js";
import { clearMarks, makeMarks, markEnd, markStart } from "./marks.js";
import { Nudge, shifted } from "./nudge.js";
import { Swipe } from "./swipe.js";
import { named } from "./tile.js";
import { Toolbar } from "./toolbar.js";
import { Views } from "./views.js";
import { Wipe } from "./wipe.js";

const LEAVING = ["pointerdown", "keydown"];
const NARROW = 560; // pixels: below this the grid is a row to swipe through

export class Compare {
  constructor(player) {
    this.player = player;
    this.clock = player.clock;
    this.follow = false; // the sound comes from the one in front
    this.pausedAt = 0;
    this.names = new Map();
    this.views = new Views(() => this.reflect());
    this.wipe = new Wipe(this.views, () => this.clock.toggle());
    this.help = new Help();
    this.toolbar = new Toolbar(this.views, { follow: () => this.toggleFollow(), help: () => this.help.toggle() });
    this.swipe = new Swipe(this.views, player.grid);
    this.marks = makeMarks(player);
    this.sizes = new ResizeObserver(() => this.measure());
    this.onLeave = (event) => this.leave(event);
    for (const name of LEAVING) document.addEventListener(name, this.onLeave, true);
  }

  // The player's own nodes stand; these are put around them.
  furnish() {
    const { root, bar, grid } = this.player;
    root.classList.add("compare");
    bar.node.before(this.toolbar.node);
    grid.append(this.wipe.node);
    grid.after(this.swipe.node, this.help.node);
    this.sizes.observe(root);
    this.measure();
  }

  measure() {
    const narrow = this.player.root.clientWidth < NARROW;
    if (narrow === this.views.narrow) return;
    this.views.narrow = narrow;
    this.reflect();
  }

  asks() {
    return {
      press: (id) => this.press(id),
      tools: (tile) =>
        new Nudge(tile, {
          hear: (id) => this.hear(id),
          shift: (id, by) => this.shift(id, by),
          unshift: (id) => this.clock.shift(id, 0),
          frame: (id) => 1 / (this.clock.members.get(id)?.fps ?? 25),
        }),
    };
  }

  // --- from Python

  meet(tiles) {
    const clips = [...tiles.values()].filter((tile) => tile.video);
    this.names = new Map(clips.map((tile, at) => [tile.id, label(tile.spec, at + 1)]));
    const ids = clips.map((tile) => tile.id);
    if (this.views.shuffled(ids)) this.clock.listenTo(ids[this.views.ids.indexOf(this.clock.audible)] ?? ids[0]);
    this.views.meet(ids);
    for (const tile of tiles.values()) tile.tools.name(named(tile.spec));
    clips.forEach((tile, at) => {
      show(tile.number, clips.length > 1);
      tile.number.textContent = String(at + 1);
    });
    if (!this.address && clips.length) this.open();
    this.reflect();
  }

  // --- the address

  open() {
    const { clock, views } = this;
    const { ids } = views;
    const at = (place) => ids[place - 1];
    const given = parse(location.search, ids.length);
    if (given.view) views.view = ids.length > 1 ? given.view : "grid";
    if (given.pair) views.pair = given.pair.map(at);
    if (given.wipe !== null) views.cut = given.wipe;
    if (given.large) views.front = at(given.large);
    if (given.loop) Object.assign(clock.loop, given.loop);
    if (given.sound) clock.listenTo(at(given.sound));
    for (const [place, shift] of given.shift) clock.members.get(at(place)).shift = shift;
    if (given.speed) clock.setSpeed(given.speed);
    this.follow = given.follow;
    // Not a seek: how long the videos are is not known yet.
    clock.position = this.pausedAt = given.at ?? 0;
    this.address = new Address(() => this.state());
    this.told = this.address.words();
  }

  // Streamlit asks the address once, at the start, and a word to Python costs a run of the page. So Python hears of
  // the state when a run is due anyway: when the person reaches for something outside the player.
  leave(event) {
    const { root, tell } = this.player;
    const acts = event.type === "pointerdown" || event.key === "Enter" || event.key === " ";
    if (!acts || !this.address || event.composedPath().includes(root)) return;
    if (event.type === "keydown" && event.target === document.body) return;
    const words = this.address.words();
    if (words === this.told) return;
    this.told = words;
    tell?.("state", words);
  }

  state() {
    const { clock, views, follow } = this;
    const place = (id) => Math.max(0, views.ids.indexOf(id)) + 1;
    if (!clock.wanted) this.pausedAt = clock.position;
    return {
      view: views.view,
      pair: views.ids.length > 1 ? views.pair.map(place) : [1, 2],
      wipe: views.cut,
      at: this.pausedAt,
      loop: { ...clock.loop },
      speed: clock.speed,
      sound: place(clock.audible),
      follow,
      shift: views.ids.map((id) => [place(id), clock.members.get(id)?.shift ?? 0]),
      large: place(views.front),
    };
  }

  // --- from the person

  // A press on a picture: a small one becomes the large one, any other is heard.
  press(id) {
    const { views } = this;
    if (views.view !== "large" || id === views.front) return this.player.hear(id);
    views.bring(id);
    this.attend();
  }

  hear(id) {
    const { clock } = this;
    if (clock.audible === id && !clock.muted) return this.player.mute();
    clock.hear(id);
  }

  hearNumber(number) {
    const id = this.views.ids[number - 1];
    if (id) this.clock.hear(id);
  }

  toggleFollow() {
    this.follow = !this.follow;
    this.attend();
    this.reflect();
  }

  // The sound stays where the person put it, unless it is to follow the picture.
  attend() {
    if (this.follow && this.clock.audible !== this.views.front) this.clock.listenTo(this.views.front);
  }

  bringNext(steps) {
    this.views.bringNext(steps);
    if (this.views.swiped) this.swipe.go(this.views.front);
    this.attend();
  }

  shift(id, by) {
    const member = this.clock.members.get(id);
    if (member) this.clock.shift(id, shifted(member.shift, by));
  }

  // By keys it is the one that is heard; 0 undoes its shift.
  nudge(by) {
    const member = this.clock.members.get(this.clock.audible);
    if (member) this.clock.shift(member.id, by ? shifted(member.shift, by) : 0);
  }

  nudgeFrames(frames) {
    const member = this.clock.members.get(this.clock.audible);
    if (member) this.nudge(frames / member.fps);
  }

  faster(steps) {
    const at = SPEEDS.indexOf(this.clock.speed) + steps;
    if (SPEEDS[at]) this.clock.setSpeed(SPEEDS[at]);
  }

  markStart() {
    markStart(this.clock);
  }

  markEnd() {
    markEnd(this.clock);
  }

  clearMarks() {
    clearMarks(this.clock);
  }

  // --- to the screen

  reflect() {
    const { views, clock, player } = this;
    views.apply(player.grid, player.tiles);
    const length = clock.length();
    for (const member of clock.members.values()) {
      member.shown = views.shows(member.id);
      member.lasts = !views.ofTwo || member.shown;
    }
    if (clock.length() !== length) clock.onChange(); // the bar tells it
    for (const tile of player.tiles.values()) {
      const small = views.view === "large" && tile.id !== views.front;
      tile.enlarges = small;
      tile.promise();
    }
    this.wipe.reflect();
    this.toolbar.reflect(this.names, this.follow);
    this.swipe.reflect(this.names);
    if (views.swiped) this.attend();
    tell(player.root, "data-view", views.view);
  }

  // Four times a second.
  look() {
    this.address?.look(this.clock.wanted);
  }

  close() {
    for (const name of LEAVING) document.removeEventListener(name, this.onLeave, true);
    this.sizes.disconnect();
  }
}

const label = (spec, number) => (spec.place ? named(spec) : `${number} · ${named(spec)}`);
