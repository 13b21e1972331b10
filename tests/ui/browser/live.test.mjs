// Live status without a socket: what counts as news, what the bell holds, how a lost line is tried again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed, reconnectMs } from "../../../components/ui/browser/live/feed.js";
import { badgeOf, Inbox } from "../../../components/ui/browser/live/inbox.js";
import { News } from "../../../components/ui/browser/live/news.js";
import { noticeText, withShown } from "../../../components/ui/browser/live/notice.js";
import { COUNTED, STATES } from "../../../components/ui/browser/shared/constants.js";
import {
  againText,
  agoText,
  capitalized,
  clockText,
  isSameFile,
} from "../../../components/ui/browser/shared/format.js";

/** @typedef {[string, string, string, number]} Told */

/**
 * @param {Told[]} changes
 * @param {number} [at]
 */
const message = (changes, at = 100) => ({ run: "r", at, underWay: 2, reset: false, changes });

// --- the feed

test("message when it repeats what is known then only what is newer counts as fresh", () => {
  const feed = new Feed();
  assert.equal(feed.receive(message([["a", "m", "running", 1]]), 100).length, 1);
  const fresh = feed.receive(
    message([
      ["a", "m", "running", 1],
      ["a", "m", "done", 2],
      ["b", "m", "done", 1],
    ]),
    100,
  );
  assert.deepEqual(
    fresh.map(({ id, state }) => [id, state]),
    [
      ["a", "done"],
      ["b", "done"],
    ],
  );
  assert.equal(feed.receive(message([["a", "m", "failed", 1.5]]), 100).length, 0);
  assert.deepEqual([feed.run, feed.underWay], ["r", 2]);
});

test("a moment when the browser's clock is wrong then it is counted to and from by the server's", () => {
  const feed = new Feed();
  feed.receive(message([["a", "m", "queued", 1]], 100), 160); // a minute ahead
  assert.deepEqual([feed.until(130, 160), feed.until(90, 160)], [30, 0]);
  assert.deepEqual([feed.since(130, 160), feed.since(90, 160)], [0, 10]);
  assert.deepEqual([againText(30), againText(0.5)], ["again in 0:30", "trying again"]);
});

test("messages when there are very many then the newest 500 are kept", () => {
  const feed = new Feed();
  const many = Array.from({ length: 600 }, (_, n) => /** @type {Told} */ ([`g${n}`, "m", "done", n]));
  feed.receive(message(many), 100);
  assert.deepEqual([feed.recent.size, feed.recent.has("g99"), feed.recent.has("g100")], [500, false, true]);
});

test("clock when this machine's is wrong then the fastest message tells by how much", () => {
  const feed = new Feed();
  assert.equal(feed.since(90, 100), 10);
  feed.receive(message([], 1000), 4605);
  feed.receive(message([], 1010), 4610.2);
  assert.ok(Math.abs((feed.skew ?? 0) - 3600.2) < 1e-6);
  assert.ok(Math.abs(feed.since(1000, 4620.2) - 20) < 1e-6);
  assert.equal(feed.since(2000, 4620.2), 0);
});

test("line when lost then each try waits longer, never more than 30 s, and not all at once", () => {
  assert.deepEqual([reconnectMs(1, 0), reconnectMs(1, 1), reconnectMs(3, 1)], [500, 1000, 4000]);
  assert.deepEqual([reconnectMs(40, 1), reconnectMs(40, 0)], [30000, 15000]);
});

// --- what makes a page stale

/** @param {Partial<import("../../../components/ui/browser/shared/types").WatchPayload>} more */
const page = (more = {}) => ({ pass: "", at: 100, model: null, seen: {}, waiting: true, pushed: false, ...more });
const change = (/** @type {string} */ id, /** @type {number} */ at, model = "m", state = "done") => ({
  id,
  model,
  state,
  at,
});

test("change when the page shows it already then it is no news", () => {
  const news = new News();
  assert.deepEqual(news.take([change("a", 5)], page({ seen: { a: 5 } })), []);
  assert.equal(news.take([change("a", 6)], page({ seen: { a: 5 } })).length, 1);
});

test("change when Python was told of it then never twice, whatever it makes of it", () => {
  const news = new News();
  assert.equal(news.take([change("a", 6)], page({ seen: { a: 5 } })).length, 1);
  assert.equal(news.take([change("a", 6)], page({ seen: { a: 5 } })).length, 0);
  assert.equal(news.take([change("a", 7)], page({ seen: { a: 5 } })).length, 1);
});

test("change of what is not on the page when it is older than the page then it is no news", () => {
  const news = new News();
  assert.deepEqual(
    news.take([change("b", 98), change("c", 99.5)], page()).map(({ id }) => id),
    ["c"],
  );
});

test("change of another model when the page shows one then it is no news", () => {
  assert.equal(new News().take([change("a", 200, "other")], page({ model: "m" })).length, 0);
  assert.equal(new News().take([change("a", 200, "m")], page({ model: "m" })).length, 1);
});

// --- the bell

const models = { "segmind/humo": { name: "HuMo", page: "humo" } };
const bellPage = (
  /** @type {number} */ at,
  /** @type {import("../../../components/ui/browser/shared/types").BellItem[]} */ items = [],
) => ({
  run: "r",
  pass: "p",
  at,
  theme: "dark",
  items,
  models,
});

test("bell when work ends then what counts is held, and what is no longer ended goes", () => {
  const inbox = new Inbox();
  inbox.load(bellPage(100));
  const states = ["done", "failed", "uncertain", "cancelled", "running"];
  const news = inbox.receive(states.map((state, n) => change(`g${n}`, 101 + n, "segmind/humo", state)));
  assert.deepEqual(
    news.map(({ state }) => state),
    [...COUNTED],
  );
  assert.deepEqual(
    inbox.newest.map(({ id }) => id),
    ["g2", "g1", "g0"],
  );
  inbox.receive([change("g1", 200, "segmind/humo", "queued")]);
  assert.deepEqual(
    inbox.newest.map(({ id }) => id),
    ["g2", "g0"],
  );
});

test("bell when work ended before the visit, or is known, then it is no news", () => {
  const inbox = new Inbox();
  inbox.load(bellPage(100));
  assert.equal(inbox.receive([change("old", 99, "segmind/humo")]).length, 0);
  assert.equal(inbox.receive([change("new", 101, "segmind/humo")]).length, 1);
  assert.equal(inbox.receive([change("new", 102, "segmind/humo")]).length, 0);
  assert.equal(inbox.newest.length, 2);
});

test("bell when Python sends its list then what only the socket told stays", () => {
  const inbox = new Inbox();
  inbox.load(bellPage(100));
  inbox.receive([change("told", 101, "segmind/humo")]);
  const sent = { ...change("sent", 90, "segmind/humo"), href: "/gallery?output=x" };
  inbox.load(bellPage(150, [sent]));
  assert.deepEqual(
    inbox.newest.map(({ id, href }) => [id, href]),
    [
      ["told", "/humo"],
      ["sent", "/gallery?output=x"],
    ],
  );
  assert.equal(inbox.begun, 100);
  assert.deepEqual([inbox.unseen(0), inbox.unseen(95), inbox.unseen(101)], [2, 1, 0]);
});

test("bell when work leads somewhere then to its model, or to where it is said what to do", () => {
  const inbox = new Inbox();
  inbox.load(bellPage(100));
  assert.equal(inbox.hrefOf(change("a", 1, "segmind/humo")), "/humo");
  assert.equal(inbox.hrefOf(change("a", 1, "segmind/humo", "failed")), "/activity");
  assert.deepEqual([inbox.nameOf("segmind/humo"), inbox.nameOf("gone")], ["HuMo", "A model"]);
});

test("badge when there is unseen work then says how much, and above nine that there is more", () => {
  assert.deepEqual(badgeOf(0), { digits: "0", status: "", name: "Finished work" });
  assert.equal(badgeOf(3).name, "Finished work: 3 finished since you last looked");
  assert.equal(badgeOf(12).digits, "9+");
});

// --- notifications

test("notification when work ends then says the model's name and what became of it", () => {
  assert.equal(noticeText("HuMo", "done"), "HuMo: a video is ready");
  for (const state of COUNTED) assert.ok(STATES[state].notice, state);
});

test("notification when it was shown then never again, and the last hundred are remembered", () => {
  let stored = withShown(null, "a");
  assert.equal(stored, '["a"]');
  assert.equal(withShown(stored, "a"), null);
  for (let n = 0; n < 150; n++) stored = withShown(stored, `g${n}`);
  assert.equal(JSON.parse(stored ?? "").length, 100);
  assert.equal(withShown(stored, "a")?.includes('"a"'), true);
});

// --- words

test("figures when shown then as people read them", () => {
  assert.deepEqual([0, 65, 3661].map(clockText), ["0:00", "1:05", "1:01:01"]);
  assert.deepEqual([5, 120, 7200, 86400, 200000].map(agoText), [
    "just now",
    "2 min ago",
    "2 h ago",
    "1 day ago",
    "2 days ago",
  ]);
  assert.equal(capitalized("uncertain"), "Uncertain");
});

test("addresses when only the signature differs then the file is the same", () => {
  assert.equal(isSameFile("/files/1/a.mp4?x", "/files/2/a.mp4"), true);
  assert.equal(isSameFile("/files/1/a.mp4", "/files/1/b.mp4"), false);
  assert.equal(isSameFile(null, undefined), true);
});
