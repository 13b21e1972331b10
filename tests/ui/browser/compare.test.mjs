// The state of a comparison without a browser: loop, views, what the address says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { format, isWritten, merge, parse } from "../../../components/ui/browser/player/address.js";
import { applyState, readState } from "../../../components/ui/browser/player/compare_state.js";
import { LoopRange } from "../../../components/ui/browser/player/loop.js";
import { placeInSight } from "../../../components/ui/browser/player/swipe.js";
import { Views } from "../../../components/ui/browser/player/views.js";
import { VIEWS } from "../../../components/ui/browser/shared/constants.js";
import { asVideo, FakeVideo } from "./fake_video.mjs";

const { Clock } = await import("../../../components/ui/browser/player/clock.js");

// --- the loop

test("loop when ends are set then a part shorter than 0.1 s makes the other end give way", () => {
  const loop = new LoopRange();
  loop.setStart(1, 4);
  assert.deepEqual([loop.on, loop.start, loop.end], [true, 1, 4]);
  loop.setEnd(2, 4);
  assert.deepEqual([loop.start, loop.end], [1, 2]);
  loop.setStart(3, 4);
  assert.deepEqual([loop.start, loop.end], [3, 4]);
  loop.setEnd(1, 4);
  assert.deepEqual([loop.start, loop.end], [0, 1]);
  loop.setStart(9, 4);
  assert.deepEqual([loop.start, loop.end], [3.9, 4]);
});

test("loop when the part lies beyond all videos then all is played", () => {
  const loop = new LoopRange();
  loop.set(5, 6);
  assert.deepEqual([loop.part(4), loop.from(4), loop.to(4)], [null, 0, 4]);
  assert.deepEqual([loop.inside(2, 4), loop.wraps(3.99, 4, 0.02)], [2, false]);
  assert.deepEqual([loop.from(6), loop.to(5.5)], [5, 5.5]);
});

test("loop when it is on then time goes back into the part, and off it goes where it likes", () => {
  const loop = new LoopRange();
  loop.set(1, 2);
  assert.deepEqual(
    [0.5, 1, 1.5, 2, 3].map((time) => loop.inside(time, 4)),
    [1, 1, 1.5, 1, 1],
  );
  assert.deepEqual([loop.wraps(1.97, 4, 0.02), loop.wraps(1.99, 4, 0.02)], [false, true]);
  loop.on = false;
  assert.equal(loop.inside(3, 4), 3);
  loop.clear();
  assert.deepEqual([loop.on, loop.marked], [false, false]);
});

test("loop when videos have no length yet then no end can be set", () => {
  const loop = new LoopRange();
  loop.setStart(0, 0);
  loop.setEnd(0, 0.05);
  assert.equal(loop.marked, false);
});

// --- views

/** @param {string} ids */
function views(ids) {
  let changes = 0;
  const made = new Views(() => {
    changes += 1;
  });
  made.setIds([...ids]);
  return { views: made, changes: () => changes };
}

test("views when videos come then the first two are the pair and the first is in front", () => {
  const made = views("abc").views;
  assert.deepEqual([made.pair, made.front, made.view], [["a", "b"], "a", "grid"]);
});

test("views when one of the pair goes then the other stays on its side", () => {
  const made = views("abc").views;
  made.choosePair(0, "c");
  assert.deepEqual(made.pair, ["c", "b"]);
  made.setIds(["a", "b"]);
  assert.deepEqual(made.pair, ["a", "b"]);
  made.setIds(["b"]);
  assert.deepEqual([made.pair, made.front], [[null, "b"], "b"]);
});

test("views when the one on the other side is chosen then they change sides", () => {
  const made = views("abc").views;
  made.choosePair(0, "b");
  assert.deepEqual(made.pair, ["b", "a"]);
  made.swap();
  assert.deepEqual(made.pair, ["a", "b"]);
  made.choosePair(1, "none");
  assert.deepEqual(made.pair, ["a", "b"]);
});

test("views when the same videos are shuffled then the places stay and the videos change", () => {
  const made = views("abc").views;
  made.bringToFront("c");
  assert.equal(made.isShuffle(["c", "a", "b"]), true);
  made.setIds(["c", "a", "b"]);
  assert.deepEqual([made.pair, made.front], [["c", "a"], "b"]);
});

test("views when chosen one after another then all come round, and one video has the grid only", () => {
  const made = views("ab").views;
  const seen = Object.keys(VIEWS).map(() => {
    made.chooseNext();
    return made.view;
  });
  assert.deepEqual(seen, [...Object.keys(VIEWS).slice(1), "grid"]);
  made.choose("toString");
  assert.equal(made.view, "grid");
  made.choose("wipe");
  made.setIds(["a"]);
  assert.equal(made.view, "grid");
  made.choose("wipe");
  assert.equal(made.view, "grid");
});

test("views when of two or swiped then only those in sight are shown", () => {
  const made = views("abc").views;
  made.choose("pair");
  assert.deepEqual(
    [..."abc"].map((id) => [made.shows(id), made.sideOf(id)]),
    [
      [true, "left"],
      [true, "right"],
      [false, "none"],
    ],
  );
  made.choose("grid");
  made.narrow = true;
  made.bringNext(-1);
  assert.deepEqual([made.swiped, made.front, made.shows("a"), made.shows("c")], [true, "c", false, true]);
  made.bringNext(1);
  assert.equal(made.front, "a");
});

test("wipe when moved then it stays between the edges and in tenths of a percent", () => {
  const { views: made, changes } = views("ab");
  for (const [to, cut] of [
    [33.333, 33.3],
    [-5, 0],
    [140, 100],
  ]) {
    made.wipeTo(to);
    assert.equal(made.cut, cut);
  }
  assert.equal(changes(), 3);
});

test("swipe when scrolled then the nearest place is in sight", () => {
  assert.deepEqual(
    [0, 150, 170, 640].map((scrolled) => placeInSight(scrolled, 300, 20)),
    [0, 0, 1, 2],
  );
});

// --- the address

test("address when nothing is chosen then it says nothing", () => {
  const { clock, views: made } = compared(3);
  assert.deepEqual([...format(readState(clock, made, { follow: false, at: 0 }))], []);
});

/** @param {number} count */
function compared(count) {
  const clock = new Clock(() => {});
  const ids = [..."abcdefghi"].slice(0, count);
  for (const id of ids) clock.add(id, asVideo(new FakeVideo(4)), 25);
  const made = new Views(() => {});
  made.setIds(ids);
  return { clock, views: made };
}

test("address when written and read again then the comparison is the same", () => {
  const search =
    "view=wipe&pair=3-1&wipe=33.3&at=1.5&loop=0.4-1.2-off&speed=0.5&sound=2&follow=1&shift=2:-0.2,3:1&large=3";
  const first = compared(3);
  applyState(parse(search, 3), first.clock, first.views);
  assert.deepEqual([first.views.pair, first.clock.audible, first.clock.speed], [["c", "a"], "b", 0.5]);
  assert.equal(first.clock.members.get("b")?.shift, -0.2);
  const written = format(readState(first.clock, first.views, { follow: true, at: first.clock.position }));
  assert.equal(merge("", written), `?${search}`);
  assert.ok(isWritten(`?v=abc&${search}`, written));
  assert.ok(!isWritten(`?v=abc&${search}&view=grid`.replace("view=wipe", "view=pair"), written));
});

test("address when looping all then it says so", () => {
  const { clock, views: made } = compared(2);
  applyState(parse("loop=all", 2), clock, made);
  assert.deepEqual([clock.loop.on, clock.loop.marked], [true, false]);
  assert.equal(merge("", format(readState(clock, made, { follow: false, at: 0 }))), "?loop=all");
});

test("address when it has others' parameters then they stay letter by letter", () => {
  const texts = new Map([["view", "pair"]]);
  assert.equal(merge("?v=a%20b&view=grid&x=&y", texts), "?v=a%20b&x=&y&view=pair");
  assert.equal(merge("?view=grid", new Map()), "");
});

test("address when anybody wrote it then what does not fit is not there", () => {
  const hostile =
    "view=toString&pair=1-1&wipe=101&at=-1&loop=2-1&speed=3&sound=4&follow=yes&shift=1:61,9:1,x,2:-60,1:1e3&large=0";
  assert.deepEqual(parse(hostile, 3), {
    view: null,
    pair: null,
    wipe: null,
    at: null,
    loop: null,
    speed: null,
    sound: null,
    follow: false,
    shift: [[2, -60]],
    large: null,
  });
  for (const pair of ["1", "1-2-3", "1-4", "a-b", "-1"]) assert.equal(parse(`pair=${pair}`, 3).pair, null);
  for (const at of ["", "1e3", "999999", "1.23456", " 1", "0x10", "86401"]) {
    assert.equal(parse(new URLSearchParams({ at }).toString(), 3).at, null, at);
  }
  assert.equal(parse(`shift=${Array(20).fill("1:1").join(",")}`, 3).shift.length, 9);
});

test("address when one video is left then a view of two is the grid", () => {
  const { clock, views: made } = compared(1);
  applyState(parse("view=wipe&pair=1-2", 1), clock, made);
  assert.deepEqual([made.view, made.pair], ["grid", ["a", null]]);
  assert.deepEqual(readState(clock, made, { follow: false, at: 0 }).pair, [1, 2]);
});

test("address when it is made to break the page then nothing of it stands", () => {
  const hostile = [
    "view=<script>&pair=1-9&at=1e9&loop=3-2&speed=99&sound=0&shift=1:999,2:x,9:1&large=-1&wipe=101&follow=yes",
    "view=constructor&pair=1-1&at=-5&loop=off&speed=&sound=1.0&shift=1:0:1,,:&large=%00&wipe=NaN",
    `view=__proto__&pair=1-2-3&at=&loop=1-&speed=Infinity&sound=9&shift=${"1:1".repeat(400)}&large=a&wipe=-1`,
  ];
  for (const search of hostile) {
    const { clock, views: made } = compared(3);
    applyState(parse(search, 3), clock, made);
    assert.deepEqual([...format(readState(clock, made, { follow: false, at: clock.position }))], [], search);
  }
});
