// What figures and keys mean to the player: frames, rates, shifts, speeds, names. No browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DriftMeter } from "../../../components/ui/browser/player/drift.js";
import {
  compareRequest,
  cutAfterKey,
  framesForKey,
  playerRequest,
} from "../../../components/ui/browser/player/keys.js";
import { nameOf, numberedName, shorterText, withPlaces } from "../../../components/ui/browser/player/labels.js";
import { correctedRate, needsCorrection } from "../../../components/ui/browser/player/rate.js";
import { shiftedBy, shiftText, shiftTitle } from "../../../components/ui/browser/player/shift.js";
import { speedAfter } from "../../../components/ui/browser/player/speed.js";
import { frameAt, lastFrameOf, middleOf, pastFrameEdge } from "../../../components/ui/browser/player/time.js";

// --- arithmetic

test("frames when counted then each time has one, and the last one ends the video", () => {
  assert.deepEqual(
    [0, 0.039, 0.04, 3.96, 4, 9].map((time) => frameAt(time, 4, 25)),
    [0, 0, 1, 99, 99, 99],
  );
  assert.deepEqual([lastFrameOf(4, 25), lastFrameOf(3.2, 25), lastFrameOf(0, 25)], [99, 79, 0]);
  for (let frame = 0; frame < 100; frame++) assert.equal(frameAt(middleOf(frame, 25), 4, 25), frame);
});

test("a seek when it goes to the edge of a frame then it goes a little past it", () => {
  assert.ok(Math.abs(pastFrameEdge(1, 25) - 1.004) < 1e-9);
  assert.ok(pastFrameEdge(0.9999, 25) > 1);
  assert.equal(pastFrameEdge(0, 25), 0);
  assert.equal(pastFrameEdge(1.02, 25), 1.02);
});

test("a rate when a video drifts then it is corrected more the farther it is, and never by too much", () => {
  assert.deepEqual([needsCorrection(0.003, false), needsCorrection(0.005, false)], [false, true]);
  assert.deepEqual([needsCorrection(0.002, true), needsCorrection(0.0005, true)], [true, false]);
  assert.deepEqual([correctedRate(0.05, 1), correctedRate(-0.05, 1), correctedRate(9, 1)], [1.3, 0.7, 2]);
  assert.deepEqual([correctedRate(-9, 1), correctedRate(0.05, 2), correctedRate(0.05, 0.25)], [0.0625, 2.6, 0.55]);
});

test("drift when measured then the worst of half a second is told, and a start is not yet a drift", () => {
  const meter = new DriftMeter();
  assert.equal(meter.measure(0.5, 1000, 900), "in step: 0 ms");
  assert.equal(meter.measure(0.03, 1300, 900), null);
  assert.equal(meter.measure(0.01, 1500, 900), "in step: 30 ms");
  assert.equal(meter.measure(0.08, 2000, 900), "catching up: 80 ms");
});

// --- shifts, speeds, keys

test("shift when moved to and fro then nothing is left of it, and it stops at the limit", () => {
  let shift = 0;
  for (let times = 0; times < 10; times++) shift = shiftedBy(shift, 0.1);
  assert.equal(shift, 1);
  for (let times = 0; times < 10; times++) shift = shiftedBy(shift, -0.1);
  assert.equal(shift, 0);
  assert.deepEqual([shiftedBy(59.95, 0.1), shiftedBy(-59.95, -0.1)], [60, -60]);
});

test("shift when spoken of then its sign and what it means are said", () => {
  assert.deepEqual([shiftText(0), shiftText(0.2), shiftText(-1)], ["shift", "+0.20 s", "−1.00 s"]);
  assert.equal(shiftTitle(0.2), "Runs 0.20 s ahead of the clock");
  assert.equal(shiftTitle(-1), "Runs 1.00 s behind the clock");
  assert.equal(shiftTitle(0), "Shift in time");
});

test("speed when changed then it is the next one, and stays at either end", () => {
  assert.deepEqual(
    [speedAfter(1, 1), speedAfter(1, -1), speedAfter(2, 1), speedAfter(0.25, -1)],
    [1.25, 0.75, 2, 0.25],
  );
});

test("keys when pressed then each asks for its own", () => {
  const asked = (/** @type {string} */ key, shiftKey = false) => playerRequest({ key, shiftKey });
  assert.deepEqual(asked("ArrowLeft"), { name: "step", by: -1 });
  assert.deepEqual(asked("ArrowRight", true), { name: "jump", by: 1 });
  assert.deepEqual(asked("Home"), { name: "seek", by: 0 });
  assert.deepEqual(
    ["L", "m", "f", " ", "End"].map((key) => asked(key)?.name),
    ["toggleLoop", "toggleMute", "toggleFullScreen", "togglePlay", "toEnd"],
  );
  assert.deepEqual([asked("q"), asked("constructor"), asked("v")], [null, null, null]);
  assert.deepEqual(compareRequest({ key: "3" }), { name: "hearNumber", by: 3 });
  assert.deepEqual(compareRequest({ key: "0" }), { name: "resetShift", by: 0 });
  assert.deepEqual(compareRequest({ key: "V" }), { name: "nextView", by: 0 });
  for (const [key, by] of /** @type {[string, number][]} */ ([
    ["<", -0.1],
    [";", -0.1],
    [">", 0.1],
    [":", 0.1],
  ])) {
    assert.deepEqual(compareRequest({ key }), { name: "shiftSeconds", by });
  }
  assert.equal(compareRequest({ key: "Tab" }), null);
});

test("keys when on the wipe or an end of the loop then they move it", () => {
  const seen = ["ArrowLeft", "ArrowUp", "PageDown", "PageUp", "Home", "End", "a", "constructor"];
  assert.deepEqual(
    seen.map((key) => cutAfterKey(key, 50)),
    [48, 52, 40, 60, 0, 100, null, null],
  );
  assert.deepEqual(["ArrowLeft", "ArrowUp", "a"].map(framesForKey), [-1, 1, 0]);
});

// --- names

const tile = (
  /** @type {string} */ id,
  /** @type {string} */ title,
  /** @type {[string, string][]} */ differs = [],
) =>
  /** @type {import("../../../components/ui/browser/shared/types").TileSpec} */ ({
    ...{ kind: "waiting", state: "running", message: "", hint: "", link: null, startedAt: null },
    ...{ againAt: null, lateAt: null, lateMessage: "" },
    ...{ id, title, differs, same: [] },
  });

test("names when two are the same then their places tell them apart", () => {
  const [a, b, c] = withPlaces([tile("1", "HuMo"), tile("2", "HuMo", [["seed", "1"]]), tile("3", "HuMo")]);
  assert.deepEqual([a, b, c].map(nameOf), ["1 · HuMo", "HuMo, seed 1", "3 · HuMo"]);
  assert.deepEqual([numberedName(a, 1), numberedName(b, 2)], ["1 · HuMo", "2 · HuMo, seed 1"]);
  assert.equal(a.several, true);
  assert.deepEqual(withPlaces([tile("1", "HuMo")])[0].several, false);
});

test("shorter when by less than it is worth then nothing is said", () => {
  assert.deepEqual([0, 0.049, 0.06, 0.84].map(shorterText), ["", "", "0.06 s shorter", "0.8 s shorter"]);
});
