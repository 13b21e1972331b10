// When the page may ask for a run of its own accord: not while one goes on, nor right after a press.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Idle, IdleCall } from "../../../components/ui/browser/shared/idle.js";

/**
 * @param {import("node:test").TestContext} t
 * @param {string} state
 */
function begin({ mock }, state) {
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

test("call when nothing runs then comes at once", (t) => {
  const { page, idle, call } = begin(t, "notRunning");
  idle.when(call);
  assert.equal(page.calls, 1);
});

test("call when a page is drawn then comes once, after it", (t) => {
  const { page, idle, wait, call } = begin(t, "running");
  idle.when(call);
  wait(3000);
  assert.equal(page.calls, 0);
  page.state = "notRunning";
  wait(200);
  assert.equal(page.calls, 1);
});

test("call when something was just pressed then waits until the press has shown what it does", (t) => {
  const { page, idle, wait, call } = begin(t, "notRunning");
  idle.notePress();
  idle.when(call);
  wait(500);
  page.state = "running";
  wait(1000);
  assert.equal(page.calls, 0);
  page.state = "notRunning";
  wait(100);
  assert.equal(page.calls, 1);
});

test("call when its page is left meanwhile then never comes", (t) => {
  const { page, idle, wait, call } = begin(t, "running");
  const cancel = idle.when(call);
  cancel();
  page.state = "notRunning";
  wait(2000);
  assert.equal(page.calls, 0);
});

test("call when another is made meanwhile then only the later one comes", (t) => {
  const { page, idle, wait } = begin(t, "running");
  const call = new IdleCall(idle);
  /** @type {string[]} */
  const made = [];
  call.make(() => made.push("first"));
  call.make(() => made.push("second"));
  page.state = "notRunning";
  wait(200);
  assert.deepEqual(made, ["second"]);
});
