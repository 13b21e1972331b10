// The state of a comparison as parameters of the page's address, so that a link or a reload opens it again.
// Videos are named by their place on the page, 1 to 9: their ids stand in the address already, and in this order.
// What is read here may come from anybody: each value must fit its pattern and its bounds, or it is not there.

import { ADDRESS_PARAMETERS, MOST_COMPARED, SHIFT_LIMIT, SPEEDS, VIEWS } from "../shared/constants.js";

/** @typedef {{on: boolean, start: number | null, end: number | null}} LoopState */
/** @typedef {[place: number, seconds: number]} PlacedShift */
/**
 * @typedef {{
 *   view: string | null,
 *   pair: [number, number] | null,
 *   wipe: number | null,
 *   at: number | null,
 *   loop: LoopState | null,
 *   speed: number | null,
 *   sound: number | null,
 *   follow: boolean,
 *   shift: PlacedShift[],
 *   large: number | null,
 * }} GivenState
 */
/**
 * @typedef {{
 *   view: string,
 *   pair: [number, number],
 *   wipe: number,
 *   at: number,
 *   loop: LoopState,
 *   speed: number,
 *   sound: number,
 *   follow: boolean,
 *   shift: PlacedShift[],
 *   large: number,
 * }} CompareState
 */

const SECONDS = "\\d{1,5}(?:\\.\\d{1,4})?";
const NUMBER = new RegExp(`^${SECONDS}$`);
const LOOP = new RegExp(`^(${SECONDS})-(${SECONDS})(-off)?$`);
const PLACE = new RegExp(`^[1-${MOST_COMPARED}]$`);
const SHIFT = new RegExp(`^([1-${MOST_COMPARED}]):(-?${SECONDS})$`);
const LONGEST_SECONDS = 86400;

// --- reading

/**
 * @param {string} word
 * @param {number} count of videos
 */
const parsePlace = (word, count) => (PLACE.test(word) && Number(word) <= count ? Number(word) : null);

/**
 * @param {string} word
 * @param {number} high
 */
const parseNumber = (word, high) => (NUMBER.test(word) && Number(word) <= high ? Number(word) : null);

/**
 * @param {string} search
 * @param {number} count of videos
 * @returns {GivenState}
 */
export function parse(search, count) {
  const given = new URLSearchParams(search);
  const text = (/** @type {string} */ name) => given.get(name) ?? "";
  return {
    view: Object.hasOwn(VIEWS, text("view")) ? text("view") : null,
    pair: parsePair(text("pair"), count),
    wipe: parseNumber(text("wipe"), 100),
    at: parseNumber(text("at"), LONGEST_SECONDS),
    loop: parseLoop(text("loop")),
    speed: SPEEDS.find((speed) => String(speed) === text("speed")) ?? null,
    sound: parsePlace(text("sound"), count),
    follow: text("follow") === "1",
    shift: parseShifts(text("shift"), count),
    large: parsePlace(text("large"), count),
  };
}

/**
 * @param {string} word
 * @param {number} count
 * @returns {[number, number] | null}
 */
function parsePair(word, count) {
  const [left, right, ...more] = word.split("-").map((part) => parsePlace(part, count));
  return left && right && left !== right && !more.length ? [left, right] : null;
}

/**
 * @param {string} word
 * @returns {LoopState | null}
 */
function parseLoop(word) {
  if (word === "all") return { on: true, start: null, end: null };
  const found = LOOP.exec(word);
  if (!found || Number(found[1]) >= Number(found[2])) return null;
  return { on: !found[3], start: Number(found[1]), end: Number(found[2]) };
}

/**
 * @param {string} word
 * @param {number} count
 * @returns {PlacedShift[]}
 */
function parseShifts(word, count) {
  /** @type {PlacedShift[]} */
  const shifts = [];
  for (const part of word.split(",", MOST_COMPARED)) {
    const found = SHIFT.exec(part);
    if (!found) continue;
    const [place, shift] = [Number(found[1]), Number(found[2])];
    if (place <= count && Math.abs(shift) <= SHIFT_LIMIT) shifts.push([place, shift]);
  }
  return shifts;
}

// --- writing

/**
 * @param {number} value
 * @param {number} digits
 */
const rounded = (value, digits) => String(Number(value.toFixed(digits)));

/** @param {LoopState} loop */
function formatLoop({ on, start, end }) {
  if (start === null || end === null) return on ? "all" : "";
  return `${rounded(start, 3)}-${rounded(end, 3)}${on ? "" : "-off"}`;
}

/** @param {PlacedShift[]} shifts */
const formatShifts = (shifts) =>
  shifts
    .filter(([, by]) => by)
    .map(([place, by]) => `${place}:${rounded(by, 4)}`)
    .join(",");

/**
 * A parameter's text; empty where it says what is so anyway.
 * @param {string | number} value
 * @param {string | number} usual
 */
const unless = (value, usual) => (value === usual ? "" : String(value));

/**
 * What is as it is anyway is not written.
 * @param {CompareState} state
 * @returns {Map<string, string>}
 */
export function format({ view, pair, wipe, at, loop, speed, sound, follow, shift, large }) {
  /** @type {Record<string, string>} */
  const texts = {
    view: unless(view, "grid"),
    pair: unless(pair.join("-"), "1-2"),
    wipe: unless(wipe, 50),
    at: at >= 0.005 ? rounded(at, 2) : "",
    loop: formatLoop(loop),
    speed: unless(speed, 1),
    sound: unless(sound, 1),
    follow: follow ? "1" : "",
    shift: formatShifts(shift),
    large: unless(large, 1),
  };
  return new Map(ADDRESS_PARAMETERS.filter((name) => texts[name]).map((name) => [name, texts[name]]));
}

/**
 * Parameters of others stay as they are, letter by letter.
 * @param {string} search
 * @param {Map<string, string>} texts
 */
export function merge(search, texts) {
  const isOthers = (/** @type {string} */ part) => part && !ADDRESS_PARAMETERS.includes(part.split("=")[0]);
  const others = search.replace(/^\?/, "").split("&").filter(isOthers);
  const all = [...others, ...[...texts].map(([name, text]) => `${name}=${text}`)];
  return all.length ? `?${all.join("&")}` : "";
}

/**
 * Whether the address says this already.
 * @param {string} search
 * @param {Map<string, string>} texts
 */
export function isWritten(search, texts) {
  const given = new URLSearchParams(search);
  return ADDRESS_PARAMETERS.every((name) => (given.get(name) ?? undefined) === texts.get(name));
}
