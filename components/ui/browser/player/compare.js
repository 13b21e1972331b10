// The tools of a comparison: views, a marked part, shifts in time, and their state in the address.
// The player and its clock know nothing of them.

import { COMPARISON_STATE } from "../shared/constants.js";
import { setAttribute, setText, setVisible } from "../shared/dom.js";
import { parse } from "./address.js";
import { AddressSync } from "./address_sync.js";
import { applyState, readState } from "./compare_state.js";
import { Help } from "./help.js";
import { nameOf, numberedName } from "./labels.js";
import { applyViews } from "./layout.js";
import { LoopControls } from "./loop_controls.js";
import { shiftedBy } from "./shift.js";
import { ShiftTools } from "./shift_tools.js";
import { speedAfter } from "./speed.js";
import { Swipe } from "./swipe.js";
import { Toolbar } from "./toolbar.js";
import { Views } from "./views.js";
import { Wipe } from "./wipe.js";

/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./tile.js").Tile} Tile */

const NARROW = 560; // pixels: below this the grid is a row to swipe through

export class Compare {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.clock = player.clock;
    this.follow = false; // the sound comes from the one in front
    this.pausedAt = 0;
    /** @type {Map<string, string>} */
    this.names = new Map();
    /** @type {AddressSync | null} */
    this.address = null;
    this.sentState = ""; // as Python knows it
    this.views = new Views(() => this.reflect());
    this.wipe = new Wipe(this.views, () => this.clock.toggle());
    this.help = new Help();
    const requests = { toggleFollow: () => this.toggleFollow(), toggleHelp: () => this.help.toggle() };
    this.toolbar = new Toolbar(this.views, requests);
    this.swipe = new Swipe(this.views, player.grid);
    this.loopControls = new LoopControls(this.clock);
    this.sizes = new ResizeObserver(() => this.measure());
    this.onPointer = (/** @type {PointerEvent} */ event) => this.sendStateIfOutside(event);
    this.onKey = (/** @type {KeyboardEvent} */ event) => {
      const acts = event.key === "Enter" || event.key === " ";
      if (acts && event.target !== document.body) this.sendStateIfOutside(event);
    };
    document.addEventListener("pointerdown", this.onPointer, true);
    document.addEventListener("keydown", this.onKey, true);
  }

  // The player's own nodes stand; these are put around them.
  attach() {
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

  /** @param {Tile} tile */
  makeTools(tile) {
    return new ShiftTools(tile, {
      hear: (id) => this.hear(id),
      shift: (id, by) => this.shiftBy(id, by),
      resetShift: (id) => this.clock.setShift(id, 0),
      frameSeconds: (id) => 1 / (this.clock.members.get(id)?.fps ?? 25),
    });
  }

  // --- from Python

  /** @param {Map<string, Tile>} tiles */
  setTiles(tiles) {
    const clips = [...tiles.values()].filter((tile) => tile.video);
    this.names = new Map(clips.map((tile, at) => [tile.id, numberedName(tile.spec, at + 1)]));
    this.setIds(clips.map((tile) => tile.id));
    for (const tile of tiles.values()) tile.tools?.setName(nameOf(tile.spec));
    clips.forEach((tile, at) => {
      setVisible(tile.number, clips.length > 1);
      setText(tile.number, String(at + 1));
    });
    if (!this.address && clips.length) this.readAddress();
    this.reflect();
  }

  /** @param {string[]} ids */
  setIds(ids) {
    const { audible } = this.clock;
    const place = audible === null ? -1 : this.views.ids.indexOf(audible);
    if (this.views.isShuffle(ids)) this.clock.setAudible(ids[place] ?? ids[0]);
    this.views.setIds(ids);
  }

  // --- the address

  readAddress() {
    const given = parse(location.search, this.views.ids.length);
    applyState(given, this.clock, this.views);
    this.follow = given.follow;
    this.pausedAt = this.clock.position;
    this.address = new AddressSync(() => this.state());
    this.sentState = this.address.query();
  }

  /**
   * Streamlit asks the address once, at the start, and a value for Python costs a run of the page. So Python gets the
   * state when a run is due anyway: when the person reaches for something outside the player.
   * @param {Event} event
   */
  sendStateIfOutside(event) {
    const { root, component } = this.player;
    if (!this.address || event.composedPath().includes(root)) return;
    const query = this.address.query();
    if (query === this.sentState) return;
    this.sentState = query;
    component.setStateValue(COMPARISON_STATE, query);
  }

  state() {
    const { clock, views, follow } = this;
    if (!clock.wanted) this.pausedAt = clock.position;
    return readState(clock, views, { follow, at: this.pausedAt });
  }

  // --- from the person

  /**
   * What the keys ask for, by the names in keys.js.
   * @type {Record<string, (by: number) => void>}
   */
  requests = {
    hearNumber: (number) => this.hearNumber(number),
    setLoopStart: () => this.clock.startLoopHere(),
    setLoopEnd: () => this.clock.endLoopHere(),
    clearLoop: () => this.clock.clearLoop(),
    nextView: () => this.views.chooseNext(),
    swapSides: () => this.views.swap(),
    bringNext: (steps) => this.bringNext(steps),
    moveCut: (percent) => this.wipe.moveBy(percent),
    shiftFrames: (frames) => this.shiftHeard((member) => shiftedBy(member.shift, frames / member.fps)),
    shiftSeconds: (seconds) => this.shiftHeard((member) => shiftedBy(member.shift, seconds)),
    resetShift: () => this.shiftHeard(() => 0),
    changeSpeed: (steps) => this.clock.setSpeed(speedAfter(this.clock.speed, steps)),
    toggleHelp: () => this.help.toggle(),
  };

  /**
   * A press on a picture: a small one becomes the large one, any other is heard.
   * @param {string} id
   */
  press(id) {
    const { views } = this;
    if (views.view !== "large" || id === views.front) return this.player.press(id);
    views.bringToFront(id);
    this.followSound();
  }

  /** @param {string} id */
  hear(id) {
    const { clock } = this;
    if (clock.audible === id && !clock.muted) return this.player.toggleMute();
    clock.hear(id);
  }

  /** @param {number} number */
  hearNumber(number) {
    const id = this.views.ids[number - 1];
    if (id) this.clock.hear(id);
  }

  toggleFollow() {
    this.follow = !this.follow;
    this.followSound();
    this.reflect();
  }

  // The sound stays where the person put it, unless it is to follow the picture.
  followSound() {
    if (this.follow && this.clock.audible !== this.views.front) this.clock.setAudible(this.views.front);
  }

  /** @param {number} steps */
  bringNext(steps) {
    this.views.bringNext(steps);
    if (this.views.swiped) this.swipe.scrollTo(this.views.front);
    this.followSound();
  }

  /**
   * @param {string} id
   * @param {number} by
   */
  shiftBy(id, by) {
    const member = this.clock.members.get(id);
    if (member) this.clock.setShift(id, shiftedBy(member.shift, by));
  }

  /**
   * By keys it is the one that is heard.
   * @param {(member: import("./member.js").Member) => number} shiftOf
   */
  shiftHeard(shiftOf) {
    const { audible, members } = this.clock;
    const member = audible === null ? undefined : members.get(audible);
    if (member) this.clock.setShift(member.id, shiftOf(member));
  }

  // --- to the screen

  reflect() {
    const { views, player } = this;
    applyViews(views, player.grid, player.tiles);
    this.reflectMembers();
    for (const tile of player.tiles.values()) {
      tile.enlarges = views.view === "large" && tile.id !== views.front;
      tile.namePress();
    }
    this.wipe.reflect();
    this.toolbar.reflect(this.names, this.follow);
    this.swipe.reflect(this.names);
    if (views.swiped) this.followSound();
    setAttribute(player.root, "data-view", views.view);
  }

  reflectMembers() {
    const { views, clock } = this;
    const length = clock.length();
    for (const member of clock.members.values()) {
      member.shown = views.shows(member.id);
      member.countsForLength = !views.ofTwo || member.shown;
    }
    if (clock.length() !== length) clock.onChange(); // the bar shows it
  }

  // Four times a second.
  syncAddress() {
    this.address?.update(this.clock.wanted);
  }

  close() {
    document.removeEventListener("pointerdown", this.onPointer, true);
    document.removeEventListener("keydown", this.onKey, true);
    this.sizes.disconnect();
  }
}
