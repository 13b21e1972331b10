// The theme of a page and that of Python's last run: asked for until both agree, and never without end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ThemeWatch } from "../../../components/ui/browser/live/theme.js";

/** @param {import("node:test").TestContext} t */
function begin({ mock }) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const page = { shown: "light", asked: 0 };
  const watch = new ThemeWatch(
    () => {
      page.asked += 1;
    },
    () => page.shown,
  );
  watch.update("light");
  page.shown = "dark";
  return { page, watch, wait: (/** @type {number} */ ms) => mock.timers.tick(ms) };
}

test("theme when the page changes it then one run is asked for, however often the page calls", (t) => {
  const { page, watch, wait } = begin(t);
  for (let n = 0; n < 5; n++) watch.compare();
  assert.equal(page.asked, 1);
  watch.update("dark");
  wait(60000);
  assert.equal(page.asked, 1);
});

test("theme when what was asked is lost then it is asked for again", (t) => {
  const { page, watch, wait } = begin(t);
  watch.compare();
  wait(1000);
  assert.equal(page.asked, 2);
  watch.update("light"); // a run that was still told of the theme before
  wait(2000);
  assert.equal(page.asked, 3);
});

test("theme when Python does not know it then asking ends, until it changes again", (t) => {
  const { page, watch, wait } = begin(t);
  for (let n = 0; n < 10; n++) {
    watch.compare();
    wait(60000);
  }
  assert.equal(page.asked, 5);
  page.shown = "light";
  watch.compare();
  page.shown = "dark";
  watch.compare();
  assert.equal(page.asked, 6);
});

test("watch when it is closed then nothing more is asked for", (t) => {
  const { page, watch, wait } = begin(t);
  watch.compare();
  watch.close();
  wait(60000);
  assert.equal(page.asked, 1);
});
