// The gallery's cards without a browser: ratings by key, what Shift selects, marks on their way to Python.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Outbox } from "../../../components/ui/browser/grid/outbox.js";
import { ratingAfterKey, ratingAfterPress } from "../../../components/ui/browser/grid/rating.js";
import { idsToPick } from "../../../components/ui/browser/grid/selection.js";

test("rating when a key is pressed then it moves, jumps or goes", () => {
  const keys = [
    "ArrowRight",
    "ArrowLeft",
    "Home",
    "End",
    "Delete",
    "Backspace",
    "0",
    "4",
    "6",
    "a",
    "constructor",
  ];
  assert.deepEqual(
    keys.map((key) => ratingAfterKey(key, 3)),
    [4, 2, 1, 5, 0, 0, 0, 4, null, null, null],
  );
  assert.deepEqual(
    [ratingAfterKey("ArrowUp", 5), ratingAfterKey("ArrowDown", 1), ratingAfterKey("ArrowDown", 0)],
    [5, 1, 1],
  );
});

test("rating when the same star is pressed again then it is taken away", () => {
  assert.deepEqual([ratingAfterPress(3, 3), ratingAfterPress(4, 3), ratingAfterPress(1, 0)], [0, 4, 1]);
});

test("selection when Shift is held then all from the last pressed one, either way", () => {
  const order = [..."abcde"];
  assert.deepEqual(idsToPick(order, "d", "b", true), ["b", "c", "d"]);
  assert.deepEqual(idsToPick(order, "a", "c", true), ["a", "b", "c"]);
  assert.deepEqual(idsToPick(order, "d", "b", false), ["d"]);
  assert.deepEqual(idsToPick(order, "d", null, true), ["d"]);
  assert.deepEqual(idsToPick(order, "d", "gone", true), ["d"]);
});

test("marks when pressed then shown at once and sent until Python has seen them", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  /** @type {number[][]} */
  const sent = [];
  const outbox = new Outbox((marks) => sent.push(marks.map((mark) => mark.at)));
  const shown = (/** @type {string} */ id) => outbox.apply(id, { favourite: false, rating: 0, picked: false });
  outbox.put([{ id: "a", favourite: true }]);
  outbox.put([{ id: "a", rating: 4 }]);
  assert.deepEqual(sent, [[1000], [1000, 1001]]);
  assert.deepEqual(shown("a"), { favourite: true, rating: 4, picked: false });
  assert.deepEqual(shown("b"), { favourite: false, rating: 0, picked: false });
  mock.timers.tick(4000);
  assert.deepEqual(sent.at(-1), [1000, 1001]);
  outbox.acknowledge(1000);
  assert.deepEqual(
    outbox.waiting.map((mark) => mark.at),
    [1001],
  );
  outbox.acknowledge(1001);
  mock.timers.tick(60_000);
  assert.equal(sent.length, 3);
  mock.timers.reset();
});

test("marks when this machine's clock went back then they still come after those that Python has seen", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1000 });
  const outbox = new Outbox(() => {});
  outbox.acknowledge(5000);
  outbox.put([{ id: "a", picked: true }]);
  assert.equal(outbox.waiting[0].at, 5001);
  outbox.close();
  mock.timers.reset();
});
