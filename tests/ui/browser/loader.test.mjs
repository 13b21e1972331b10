// What stands inline for a component: which call of Streamlit's begins it, and which one ends it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const LOADER = new URL("../../../components/ui/browser/loader.js", import.meta.url);
const BUNDLE = `export const part = {
  update: (component) => globalThis.told.push("update " + component.name),
  close: (parent) => globalThis.told.push("close " + parent.name),
};`;

/** @typedef {{name: string, parentElement: object}} Call */

/** @returns {Promise<{call: (name: string) => () => void, told: string[]}>} */
async function begin() {
  const told = /** @type {string[]} */ ([]);
  Object.assign(globalThis, { told, location: { origin: "http://localhost" } });
  const text = (await readFile(LOADER, "utf8"))
    .replace("__BUNDLE__", `data:text/javascript,${encodeURIComponent(BUNDLE)}`)
    .replace("__ENTRY__", "part");
  const module = await import(`data:text/javascript,${encodeURIComponent(text)}#${Math.random()}`);
  const parentElement = { name: "place" };
  return { call: (name) => module.default(/** @type {Call} */ ({ name, parentElement })), told };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("component when an earlier call is ended after the next one came then it lives on", async () => {
  const { call, told } = await begin();
  const endEarlier = call("first");
  const end = call("second");
  endEarlier();
  await settled();
  assert.deepEqual(new Set(told), new Set(["update second"]));
  end();
  await settled();
  assert.deepEqual(told.at(-1), "close place");
});

test("component when an earlier call comes after the next one and is ended then the next one is shown", async () => {
  const { call, told } = await begin();
  call("next");
  call("earlier")();
  await settled();
  assert.deepEqual(new Set(told), new Set(["update next"]));
  call("earlier still")();
  await settled();
  assert.deepEqual(told.at(-1), "update next");
});

test("component when a call is ended before the next one comes then it begins with that one", async () => {
  const { call, told } = await begin();
  call("first")();
  call("second");
  await settled();
  assert.deepEqual(new Set(told), new Set(["update second"]));
});

test("component when its last call is ended then it is closed, and begins anew with another", async () => {
  const { call, told } = await begin();
  call("first");
  await settled();
  const end = call("second");
  await settled();
  end();
  await settled();
  assert.deepEqual(told, ["update first", "update second", "close place"]);
  call("third");
  await settled();
  assert.deepEqual(told.at(-1), "update third");
});
