// The state of a comparison in the page's address, so that a link or a reload opens it again.
// Videos are named by their place on the page, 1 to 9: their ids stand in the address already, and in this order.
// What is read here may come from anybody: each value must fit its pattern and its bounds, or it is not there.

import { ADDRESS_PARAMETERS, SHIFT_LIMIT, SPEEDS, VIEWS } from "../shared/constants.js";

const SECONDS = "\\d{1,5}(?:\\.\\d{1,4})?";
const LOOP = new RegExp(`^(${SECONDS})-(${SECONDS})(-off)?$`);
const SHIFT = new RegExp(`^([1-9]):(-?${SECONDS})$`);
const WRITE_MS = 1000; // while it plays no more often than this

const seconds = (value, digits) => String(Number(value.toFixed(digits)));

// --- reading

export function parse(search, count) {
  const given = new URLSearchParams(search);
  const text = (name) => given.get(name) ?? "";
  const place = (word) => (/^[1-9]$/.test(word) && Number(word) <= count ? Number(word) : null);
  const number = (word, high) => (new RegExp(`^${SECONDS}$`).test(word) && Number(word) <= high ? Number(word) : null);
  const [left, right, ...more] = text("pair").split("-").map(place);
  return {
    view: Object.hasOwn(VIEWS, text("view")) ? text("view") : null,
    pair: left && right && left !== right && !more.length ? [left, right] : null,
    wipe: number(text("wipe"), 100),
    at: number(text("at"), 86400),
    loop: parseLoop(text("loop")),
    speed: SPEEDS.find((speed) => String(speed) === text("speed")) ?? null,
    sound: place(text("sound")),
    follow: text("follow") === "1",
    shift: parseShifts(text("shift"), count),
    large: place(text("large")),
  };
}

function parseLoop(word) {
  if (word === "all") return { on: true, start: null, end: null };
  const found = LOOP.exec(word);
  if (!found || Number(found[1]) >= Number(found[2])) return null;
  return { on: !found[3], start: Number(found[1]), end: Number(found[2]) };
}

function parseShifts(word, count) {
  const found = word.split(",", 9).map((part) => SHIFT.exec(part)).filter(Boolean);
  return found.map(([, at, shift]) => [Number(at), Number(shift)]).filter(([at, shift]) => at <= count && Math.abs(shift) <= SHIFT_LIMIT);
}

// --- writing

// What is as it is anyway is not written.
export function format(state) {
  const { view, pair, wipe, at, loop, speed, sound, follow, shift, large } = state;
  const part = loop.start === null ? "all" : `${seconds(loop.start, 3)}-${seconds(loop.end, 3)}${loop.on ? "" : "-off"}`;
  const shifts = shift.filter(([, by]) => by).map(([place, by]) => `${place}:${seconds(by, 4)}`);
  const words = {
    view: view !== "grid" && view,
    pair: pair.join("-") !== "1-2" && pair.join("-"),
    wipe: wipe !== 50 && String(wipe),
    at: at >= 0.005 && seconds(at, 2),
    loop: (loop.on || loop.start !== null) && part,
    speed: speed !== 1 && String(speed),
    sound: sound !== 1 && String(sound),
    follow: follow && "1",
    shift: shifts.length > 0 && shifts.join(","),
    large: large !== 1 && String(large),
  };
  return new Map(ADDRESS_PARAMETERS.filter((name) => words[name]).map((name) => [name, words[name]]));
}

// Parameters of others stay as they are, letter by letter.
export function merge(search, words) {
  const theirs = search.replace(/^\?/, "").split("&").filter((part) => part && !ADDRESS_PARAMETERS.includes(part.split("=")[0]));
  const all = [...theirs, ...[...words].map(([name, word]) => `${name}=${word}`)];
  return all.length ? `?${all.join("&")}` : "";
}

function stands(search, words) {
  const given = new URLSearchParams(search);
  return ADDRESS_PARAMETERS.every((name) => (given.get(name) ?? undefined) === words.get(name));
}

// Looks now and then, writes what has stood still since the last look, and puts back what somebody else dropped.
export class Address {
  constructor(read) {
    this.read = read; // gives the state
    this.path = location.pathname; // of the page that this state belongs to
    this.last = "";
    this.wroteAt = 0;
  }

  words() {
    return merge("", format(this.read())).slice(1);
  }

  look(playing) {
    if (location.pathname !== this.path) return;
    const words = format(this.read());
    const now = JSON.stringify([...words]);
    const settled = now === this.last;
    this.last = now;
    if (!settled || stands(location.search, words)) return;
    if (playing && performance.now() - this.wroteAt < WRITE_MS) return;
    this.wroteAt = performance.now();
    history.replaceState(history.state, "", location.pathname + merge(location.search, words) + location.hash);
  }
}
