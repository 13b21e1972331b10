// Carries the state of a comparison between the address and what it is made of: the clock and the views.
// Knows no element; videos are ids here and places in the address.

/** @typedef {import("./address.js").CompareState} CompareState */
/** @typedef {import("./address.js").GivenState} GivenState */
/** @typedef {import("./clock.js").Clock} Clock */
/** @typedef {import("./views.js").Views} Views */

/**
 * @param {GivenState} given
 * @param {Clock} clock
 * @param {Views} views
 */
export function applyState(given, clock, views) {
  const idAt = (/** @type {number} */ place) => views.ids[place - 1];
  applyViews(given, views, idAt);
  if (given.loop) clock.loop.set(given.loop.start, given.loop.end, given.loop.on);
  if (given.sound) clock.setAudible(idAt(given.sound));
  for (const [place, shift] of given.shift) {
    const member = clock.members.get(idAt(place));
    if (member) member.shift = shift;
  }
  if (given.speed) clock.setSpeed(given.speed);
  // Not a seek: how long the videos are is not known yet.
  clock.position = given.at ?? 0;
}

/**
 * @param {GivenState} given
 * @param {Views} views
 * @param {(place: number) => string} idAt
 */
function applyViews(given, views, idAt) {
  if (given.view) views.view = views.ids.length > 1 ? given.view : "grid";
  if (given.pair) views.pair = [idAt(given.pair[0]), idAt(given.pair[1])];
  if (given.wipe !== null) views.cut = given.wipe;
  if (given.large) views.front = idAt(given.large);
}

/**
 * @param {Clock} clock
 * @param {Views} views
 * @param {{follow: boolean, at: number}} rest
 * @returns {CompareState}
 */
export function readState(clock, views, { follow, at }) {
  const place = (/** @type {string | null} */ id) => Math.max(0, id === null ? 0 : views.ids.indexOf(id)) + 1;
  const { on, start, end } = clock.loop;
  return {
    view: views.view,
    pair: views.ids.length > 1 ? [place(views.pair[0]), place(views.pair[1])] : [1, 2],
    wipe: views.cut,
    at,
    loop: { on, start, end },
    speed: clock.speed,
    sound: place(clock.audible),
    follow,
    shift: views.ids.map((id) => [place(id), clock.members.get(id)?.shift ?? 0]),
    large: place(views.front),
  };
}
