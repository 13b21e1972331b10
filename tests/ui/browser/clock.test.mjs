// The one clock, on videos that are stand-ins: what it asks of them, and where it says that it is.

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
 * @param {FakeVideo[]} videos
 * @param {"paused" | "muted" | "preservesPitch"} name
 */
const flags = (videos, name) => videos.map((video) => video[name]);

/** @param {number} count */
const clips = (count, duration = 4) => Array.from({ length: count }, () => new FakeVideo(duration));

test("play when all have data then all run and the first is heard", () => {
  const videos = clips(3);
  const clock = makeClock(...videos);
  clock.play();
  assert.equal(clock.running, true);
  assert.deepEqual(flags(videos, "paused"), [false, false, false]);
  assert.deepEqual(flags(videos, "muted"), [false, true, true]);
});

test("play when one still loads then all wait, and start together", () => {
  const videos = [new FakeVideo(4), new FakeVideo(4, { readyState: 1 })];
  const clock = makeClock(...videos);
  clock.play();
  pass(0.5, videos);
  assert.deepEqual([clock.wanted, clock.running, videos[0].currentTime], [true, false, 0]);
  assert.equal(clock.loading()[0].id, "b");
  videos[1].readyState = 4;
  pass(0.1, videos);
  assert.equal(clock.running, true);
  assert.equal(videos[0].currentTime, videos[1].currentTime);
});

test("play when one loads for more than ten seconds then the others start without it", () => {
  const videos = [new FakeVideo(4), new FakeVideo(4, { readyState: 1 })];
  const clock = makeClock(...videos);
  clock.play();
  pass(10.2, videos);
  assert.equal(clock.running, true);
  assert.equal(videos[1].paused, true);
});

test("play when one has failed then nobody waits for it", () => {
  const videos = [new FakeVideo(4), new FakeVideo(4, { readyState: 0 })];
  const clock = makeClock(...videos);
  videos[1].dispatchEvent(new Event("error"));
  clock.play();
  assert.equal(clock.running, true);
});

test("a push of one when all run then it comes back into step by its speed", () => {
  const videos = clips(2);
  const clock = makeClock(...videos);
  clock.play();
  pass(0.5, videos);
  videos[1].currentTime -= 0.15;
  pass(0.05, videos);
  assert.ok(videos[1].playbackRate > 1.2, `${videos[1].playbackRate}`);
  pass(1, videos);
  assert.ok(Math.abs(videos[0].currentTime - videos[1].currentTime) < 0.02);
  assert.equal(videos[1].playbackRate, 1);
});

test("a push of far when all run then it is sent after the others by a seek", () => {
  const videos = clips(2, 10);
  const clock = makeClock(...videos);
  clock.play();
  pass(0.5, videos);
  videos[1].currentTime += 3;
  pass(0.02, videos);
  assert.ok(Math.abs(videos[0].currentTime - videos[1].currentTime) < 0.5);
});

test("a stall of one when all run then all stand at its place until it has data, more of it after each stall", () => {
  const videos = clips(2, 20);
  const clock = makeClock(...videos);
  clock.play();
  pass(1, videos);
  videos[1].networkState = 2;
  videos[1].readyState = 2;
  videos[1].buffered = { length: 1, start: () => 0, end: () => 1.1 };
  pass(0.5, videos);
  assert.deepEqual([clock.wanted, clock.running, videos[0].paused], [true, false, true]);
  assert.ok(Math.abs(clock.position - videos[1].currentTime) < 0.05);
  videos[1].readyState = 4;
  videos[1].buffered = { length: 1, start: () => 0, end: () => 1.5 };
  pass(0.2, videos);
  assert.equal(clock.running, false, "half a second of data is not worth a start");
  videos[1].buffered = { length: 1, start: () => 0, end: () => 2.5 };
  pass(0.1, videos);
  assert.equal(clock.running, true);
});

test("a stall of one that is out of sight then the others go on, and it comes back by itself", () => {
  const videos = clips(3, 20);
  const clock = makeClock(...videos);
  const hidden = clock.members.get("c");
  assert.ok(hidden);
  hidden.shown = false;
  clock.play();
  pass(1, videos);
  videos[2].networkState = 2;
  videos[2].readyState = 2;
  videos[2].buffered = { length: 1, start: () => 0, end: () => 1.05 };
  pass(0.5, videos);
  assert.deepEqual([clock.running, hidden.joined], [true, false]);
  videos[2].networkState = 1;
  videos[2].readyState = 4;
  pass(2, videos);
  assert.equal(hidden.joined, true);
  assert.ok(Math.abs(videos[0].currentTime - videos[2].currentTime) < 0.04);
});

test("seek when videos differ in length then the short one holds its last frame", () => {
  const videos = [new FakeVideo(4), new FakeVideo(3.2)];
  const clock = makeClock(...videos);
  clock.seek(3.5);
  assert.ok(Math.abs(videos[0].currentTime - 3.5) < 0.01);
  assert.ok(Math.abs(videos[1].currentTime - 3.18) < 0.01);
  assert.deepEqual([clock.frame(), clock.lastFrame(), clock.length()], [87, 99, 4]);
  clock.seek(99);
  assert.equal(clock.position, 4);
});

test("seek when one is still seeking then only the newest goal is sought", () => {
  const videos = clips(2);
  const clock = makeClock(...videos);
  videos[0].seeking = true;
  clock.seek(1);
  clock.seek(2);
  assert.deepEqual([clock.pending, videos[1].currentTime], [true, 0]);
  videos[0].seeking = false;
  videos[0].dispatchEvent(new Event("seeked"));
  assert.ok(videos.every((video) => Math.abs(video.currentTime - 2) < 0.01));
});

test("step when standing then moves by one frame and stays between the ends", () => {
  const clock = makeClock(...clips(2));
  const seen = [];
  for (const frames of [1, 1, 1, -1]) {
    clock.step(frames);
    seen.push(clock.frame());
  }
  clock.jump(1);
  seen.push(clock.frame());
  clock.toEnd();
  seen.push(clock.frame());
  clock.step(1);
  seen.push(clock.frame());
  clock.seek(0);
  clock.step(-1);
  seen.push(clock.frame());
  assert.deepEqual(seen, [1, 2, 3, 2, 27, 99, 99, 0]);
});

test("pause when running then all stop on the middle of the same frame", () => {
  const videos = clips(3);
  const clock = makeClock(...videos);
  clock.play();
  pass(0.7, videos);
  videos[1].currentTime += 0.01;
  clock.pause();
  const frames = videos.map((video) => Math.floor(video.currentTime * 25));
  assert.equal(new Set(frames).size, 1);
  assert.ok(Math.abs(((videos[0].currentTime * 25) % 1) - 0.5) < 0.01);
  assert.ok(videos.every((video) => video.paused));
});

test("the end when reached then it stops there, and play begins anew", () => {
  const videos = [new FakeVideo(1), new FakeVideo(0.8)];
  const clock = makeClock(...videos);
  clock.play();
  pass(1.2, videos);
  assert.deepEqual([clock.wanted, clock.running, clock.position], [false, false, 1]);
  clock.play();
  pass(0.2, videos);
  assert.ok(clock.running && clock.time() > 0.1 && clock.time() < 0.3);
});

test("the end when looping then all begin anew together", () => {
  const videos = [new FakeVideo(1), new FakeVideo(0.8)];
  const clock = makeClock(...videos);
  clock.loop.on = true;
  clock.play();
  pass(1.3, videos);
  assert.ok(clock.running);
  assert.ok(videos.every((video) => !video.paused && video.currentTime < 0.5));
});

test("a marked part when looping then it is never left", () => {
  const videos = clips(2);
  const clock = makeClock(...videos);
  clock.seek(1);
  clock.startLoopHere();
  clock.seek(1.6);
  clock.endLoopHere();
  assert.deepEqual([clock.loop.start, clock.loop.end], [1, 1.64]);
  clock.seek(3);
  clock.play();
  for (let times = 0; times < 60; times++) {
    pass(0.05, videos);
    assert.ok(clock.time() > 0.98 && clock.time() < 1.66, `${clock.time()}`);
  }
  clock.clearLoop();
  assert.equal(clock.loop.marked, false);
});

test("speed when chosen then all run at it, and a newcomer too", () => {
  const videos = clips(2, 10);
  const clock = makeClock(...videos);
  clock.setSpeed(2);
  clock.play();
  pass(1, videos);
  assert.ok(Math.abs(clock.time() - 2) < 0.1);
  const late = new FakeVideo(10);
  clock.add("z", asVideo(late), 25);
  pass(1.5, [...videos, late]);
  assert.equal(late.paused, false);
  assert.ok(Math.abs(late.currentTime - videos[0].currentTime) < 0.05);
});

test("shift when set then that video runs ahead, and the common length counts it", () => {
  const videos = clips(2);
  const clock = makeClock(...videos);
  clock.seek(1);
  clock.setShift("b", 0.5);
  assert.ok(Math.abs(videos[1].currentTime - 1.5) < 0.01);
  assert.equal(clock.length(), 4);
  clock.setShift("a", 1);
  assert.equal(clock.length(), 3.5);
});

test("shift back when at the beginning then it holds its first frame until its time", () => {
  const videos = clips(2);
  const clock = makeClock(...videos);
  clock.setShift("b", -1);
  clock.play();
  pass(0.5, videos);
  assert.deepEqual([videos[1].paused, videos[1].currentTime], [true, 0]);
  pass(1, videos);
  assert.equal(videos[1].paused, false);
  assert.ok(Math.abs(videos[0].currentTime - 1 - videos[1].currentTime) < 0.06);
});

test("sound when another is heard then only that one, and its pitch is kept", () => {
  const videos = clips(3);
  const clock = makeClock(...videos);
  clock.setSound(true, 0);
  clock.hear("c");
  assert.deepEqual([clock.muted, clock.volume], [false, 1]);
  assert.deepEqual(flags(videos, "muted"), [true, true, false]);
  assert.deepEqual(flags(videos, "preservesPitch"), [false, false, true]);
  clock.remove("c");
  assert.equal(clock.audible, "a");
});

test("sound when the browser allows none without a press then it goes on silently and says so", async () => {
  const videos = clips(2);
  for (const video of videos) video.refuses = "NotAllowedError";
  const clock = makeClock(...videos);
  clock.play();
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(clock.muted, true);
  assert.equal(videos[0].paused, false);
});

test("the last video when removed then the clock is as new", () => {
  const [video] = clips(1);
  const clock = makeClock(video);
  clock.play();
  clock.remove("a");
  assert.deepEqual([clock.wanted, clock.running, clock.position, clock.audible], [false, false, 0, null]);
});

test("a view of two when others are longer then the length is that of the two", () => {
  const videos = [new FakeVideo(4), new FakeVideo(3), new FakeVideo(9)];
  const clock = makeClock(...videos);
  const other = clock.members.get("c");
  assert.ok(other);
  other.countsForLength = false;
  assert.equal(clock.length(), 4);
  clock.seek(3.9);
  clock.play();
  pass(0.4, videos);
  assert.deepEqual([clock.wanted, clock.position], [false, 4]);
});
