// The clock where videos begin and end at different times: gaps, longer ones, parts that lie beyond.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asVideo, FakeVideo, pass } from "./fake_video.mjs";

const { Clock } = await import("../../../components/ui/browser/player/clock.js");

/** @param {FakeVideo[]} videos */
function makeClock(...videos) {
  const clock = new Clock(() => {});
  videos.forEach((video, at) => {
    clock.add("abcd"[at], asVideo(video), 25);
  });
  return clock;
}

/**
 * The times that the clock shows while it plays from here.
 * @param {import("../../../components/ui/browser/player/clock.js").Clock} clock
 * @param {number} seconds
 * @param {FakeVideo[]} videos
 */
function watch(clock, seconds, videos) {
  const seen = [];
  for (let gone = 0; gone < seconds; gone += 0.05) {
    pass(0.05, videos);
    seen.push(clock.time());
  }
  return seen;
}

test("loop when the part lies beyond all videos then all is played over and over", () => {
  const videos = [new FakeVideo(4), new FakeVideo(3.88)];
  const clock = makeClock(...videos);
  clock.loop.set(100, 200);
  clock.position = 3.7;
  clock.play();
  pass(1, videos);
  assert.ok(videos.every((video) => !video.paused && video.currentTime > 0.2 && video.currentTime < 2));
});

test("shift when videos do not overlap then the clock crosses the gap", () => {
  const videos = [new FakeVideo(4), new FakeVideo(4)];
  const clock = makeClock(...videos);
  clock.setShift("b", -4.3);
  clock.seek(3.8);
  clock.play();
  const seen = watch(clock, 1, videos);
  assert.ok(videos[1].currentTime > 0.1, `${videos[1].currentTime}`);
  assert.ok(clock.time() > 4.3);
  assert.deepEqual(
    seen,
    [...seen].sort((one, other) => one - other),
    "never back",
  );
});

test("play when the heard one has ended then the longer one goes on from there to its end", () => {
  const videos = [new FakeVideo(3.2), new FakeVideo(4)];
  const clock = makeClock(...videos);
  clock.seek(3.5);
  clock.play();
  const seen = watch(clock, 0.8, videos);
  assert.ok(seen[0] >= 3.4, `${seen[0]}`);
  assert.deepEqual(
    seen,
    [...seen].sort((one, other) => one - other),
    "never back",
  );
  assert.deepEqual([clock.wanted, clock.position], [false, 4]);
});

test("play when pressed before the longer one is known then begins where the address says", () => {
  const late = new FakeVideo(4, { readyState: 0 });
  const videos = [new FakeVideo(3.2), late];
  const clock = makeClock(...videos);
  clock.position = 3.5;
  clock.play();
  pass(0.3, videos);
  assert.deepEqual([clock.running, clock.position], [false, 3.5]);
  late.readyState = 4;
  late.dispatchEvent(new Event("loadedmetadata"));
  const seen = watch(clock, 0.8, videos);
  assert.ok(seen[0] >= 3.4 && seen[0] < 3.7, `${seen[0]}`);
  assert.deepEqual([clock.wanted, clock.position], [false, 4]);
});

test("a start when all are at their ends then it begins anew, and one that is shorter holds its last frame", () => {
  const videos = [new FakeVideo(4), new FakeVideo(3.2)];
  const clock = makeClock(...videos);
  clock.seek(3.99);
  clock.play();
  pass(0.3, videos);
  assert.ok(clock.time() > 0.2 && clock.time() < 0.4, `${clock.time()}`);
  clock.seek(3.5);
  pass(0.2, videos);
  assert.deepEqual([videos[0].paused, videos[1].paused], [false, true]);
});
