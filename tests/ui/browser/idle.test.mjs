// When the page may ask for a run of its own accord: not while one goes on, nor right after a press.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Idle } from "../../../components/ui/browser/shared/idle.js";

/** @param {string} state */
function begin(state) {
  mock.timers.enable({ apis: ["setInterval"] });
  const page = { state, now: 5000, calls: 0 };
  const idle = new Idle(
    () => page.state,
    () => page.now,
  );
  const wait = (/** @type {number} */ ms) => {
    page.now += ms;
    mock.timers.tick(ms);
  };
  return { page, idle, wait, call: () => (page.calls += 1) };
}

test("call when nothing runs then comes at once", () => {
  const { page, idle, call } = begin("notRunning");
  idle.when(call);
  assert.equal(page.calls, 1);
  mock.timers.reset();
});

test("call when a page is drawn then comes once, after it", () => {
  const { page, idle, wait, call } = begin("running");
  idle.when(call);
  wait(3000);
  assert.equal(page.calls, 0);
  page.state = "notRunning";
  wait(200);
  assert.equal(page.calls, 1);
  mock.timers.reset();
});

test("call when something was just pressed then waits until the press has shown what it does", () => {
  const { page, idle, wait, call } = begin("notRunning");
  idle.notePress();
  idle.when(call);
  wait(500);
  page.state = "running";
  wait(1000);
  assert.equal(page.calls, 0);
  page.state = "notRunning";
  wait(100);
  assert.equal(page.calls, 1);
  mock.timers.reset();
});

test("call when its page is left meanwhile then never comes", () => {
  const { page, idle, wait, call } = begin("running");
  const cancel = idle.when(call);
  cancel();
  page.state = "notRunning";
  wait(2000);
  assert.equal(page.calls, 0);
  mock.timers.reset();
});
