// What a tile counts while its video is not there yet: up, down to the next try, and when it is late. No browser.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Tile } from "../../../components/ui/browser/player/tile.js";

const NOW = 1000;

/** What a tile says of one that was begun ten seconds ago, as each method was told. */
const said = (/** @type {Record<string, unknown>} */ changes) => {
  mock.timers.enable({ apis: ["Date"], now: NOW * 1000 });
  /** @type {unknown[][]} */
  const told = [];
  const listen = (/** @type {string} */ name) => (/** @type {unknown} */ what) => told.push([name, what]);
  const words = { showLeft: listen("left"), showElapsed: listen("elapsed"), showLate: listen("late") };
  const spec = {
    kind: "waiting",
    startedAt: NOW - 10,
    againAt: null,
    lateAt: null,
    lateMessage: "late",
    ...changes,
  };
  Tile.prototype.count.call(/** @type {Tile} */ (/** @type {unknown} */ ({ spec, words })), 0);
  mock.timers.reset();
  return told;
};

test("tile when it waits for the next try then the seconds until then are counted, else those since it was begun", () => {
  assert.deepEqual(said({ againAt: NOW + 90 }), [["left", 90]]);
  assert.deepEqual(said({}), [["elapsed", 10]]);
});

test("tile when its usual time is over then it says so, and not before", () => {
  assert.deepEqual(said({ lateAt: NOW - 1 }), [
    ["elapsed", 10],
    ["late", "late"],
  ]);
  assert.deepEqual(said({ lateAt: NOW + 1 }), [["elapsed", 10]]);
});
