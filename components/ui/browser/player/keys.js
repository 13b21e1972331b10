// Which key asks for what. Requests in words; who carries them out is elsewhere. Knows no element.

/** @typedef {{name: string, by: number}} KeyRequest */

const CUT_STEP = 2; // percent a press of a key
const DIRECTIONS = new Map([
  ["ArrowLeft", -1],
  ["ArrowRight", 1],
]);
/** @type {ReadonlyMap<string, number>} */
const SLIDER = new Map([...DIRECTIONS, ["ArrowDown", -1], ["ArrowUp", 1]]);
/** @type {ReadonlyMap<string, number>} */
const CUT_STEPS = new Map([...SLIDER, ["PageDown", -5], ["PageUp", 5]]);

/** @type {ReadonlyMap<string, [name: string, by?: number]>} */
const PLAYER = new Map([
  [" ", ["togglePlay"]],
  ["Home", ["seek", 0]],
  ["End", ["toEnd"]],
  ["l", ["toggleLoop"]],
  ["m", ["toggleMute"]],
  ["f", ["toggleFullScreen"]],
]);

// Shift makes < and > of , and . on some keyboards, ; and : on others.
/** @type {ReadonlyMap<string, [name: string, by?: number]>} */
const COMPARE = new Map([
  ["i", ["setLoopStart"]],
  ["o", ["setLoopEnd"]],
  ["u", ["clearLoop"]],
  ["v", ["nextView"]],
  ["x", ["swapSides"]],
  ["n", ["bringNext", 1]],
  ["p", ["bringNext", -1]],
  ["[", ["moveCut", -CUT_STEP]],
  ["]", ["moveCut", CUT_STEP]],
  [",", ["shiftFrames", -1]],
  [".", ["shiftFrames", 1]],
  ["<", ["shiftSeconds", -0.1]],
  [";", ["shiftSeconds", -0.1]],
  [">", ["shiftSeconds", 0.1]],
  [":", ["shiftSeconds", 0.1]],
  ["0", ["resetShift"]],
  ["-", ["changeSpeed", -1]],
  ["+", ["changeSpeed", 1]],
  ["=", ["changeSpeed", 1]],
  ["?", ["toggleHelp"]],
]);

/**
 * @param {ReadonlyMap<string, [name: string, by?: number]>} keys
 * @param {string} key
 * @returns {KeyRequest | null}
 */
function find(keys, key) {
  const found = keys.get(key) ?? keys.get(key.toLowerCase());
  return found ? { name: found[0], by: found[1] ?? 0 } : null;
}

/**
 * What this key asks of a player; null if nothing.
 * @param {{key: string, shiftKey: boolean}} event
 * @returns {KeyRequest | null}
 */
export function playerRequest({ key, shiftKey }) {
  const direction = DIRECTIONS.get(key);
  if (direction) return { name: shiftKey ? "jump" : "step", by: direction };
  return find(PLAYER, key);
}

/**
 * The same for the tools of a comparison.
 * @param {{key: string}} event
 * @returns {KeyRequest | null}
 */
export function compareRequest({ key }) {
  return /^[1-9]$/.test(key) ? { name: "hearNumber", by: Number(key) } : find(COMPARE, key);
}

/**
 * Where a key puts the line of the wipe, in percent; null if nowhere.
 * @param {string} key
 * @param {number} cut
 * @returns {number | null}
 */
export function cutAfterKey(key, cut) {
  if (key === "Home") return 0;
  if (key === "End") return 100;
  const steps = CUT_STEPS.get(key);
  return steps ? cut + steps * CUT_STEP : null;
}

/**
 * By how many frames a key moves an end of the loop; 0 if it does not.
 * @param {string} key
 */
export const framesForKey = (key) => SLIDER.get(key) ?? 0;
