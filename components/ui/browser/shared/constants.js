// What Python and JavaScript share. Written by `make docs` from components/ui/browser/contract.py,
// components/ui/frame/states.py and components/routes; do not edit by hand.

/** @type {Readonly<Record<string, {word: string, notice: string, ended: boolean}>>} */
export const STATES = {
  queued: { word: "waiting for its turn", notice: "", ended: false },
  submitting: { word: "being sent", notice: "", ended: false },
  running: { word: "rendering", notice: "", ended: false },
  saving: { word: "being saved", notice: "", ended: false },
  done: { word: "ready", notice: "a video is ready", ended: true },
  failed: { word: "failed", notice: "a video failed", ended: true },
  cancelled: { word: "cancelled", notice: "", ended: true },
  uncertain: { word: "uncertain", notice: "it is uncertain whether a video was made", ended: true },
};

/** @type {ReadonlyArray<string>} */
export const COUNTED = ["done", "failed", "uncertain"];

/** @type {number} */
export const BELL_ITEMS = 10;

/** @type {number} */
export const MOST_STARS = 5;

/** @type {number} */
export const SHIFT_LIMIT = 60;

/** @type {number} */
export const MOST_COMPARED = 9;

/** @type {ReadonlyArray<number>} */
export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

/** @type {Readonly<Record<string, readonly [string, string]>>} */
export const VIEWS = {
  grid: ["Grid", "Grid"],
  pair: ["Side by side", "Two"],
  wipe: ["Wipe", "Wipe"],
  diff: ["Difference", "Diff"],
  large: ["One large", "Large"],
};

/** @type {ReadonlyArray<string>} */
export const ADDRESS_PARAMETERS = [
  "view",
  "pair",
  "wipe",
  "at",
  "loop",
  "speed",
  "sound",
  "follow",
  "shift",
  "large",
];

/** @type {string} */
export const SOCKET_PATH = "/api/events";

/** @type {string} */
export const SOCKET_PROTOCOL = "screentest";

/** @type {number} */
export const SOCKET_BEAT_SECONDS = 20;

/** @type {string} */
export const COMPARISON_STATE = "state";

/** @type {string} */
export const MARKS = "marks";

/** @type {string} */
export const OPEN = "open";

/** @type {string} */
export const TURN = "turn";

/** @type {string} */
export const CHANGED = "changed";

/** @type {string} */
export const PUSHED = "pushed";

/** @type {string} */
export const RENEW = "renew";
