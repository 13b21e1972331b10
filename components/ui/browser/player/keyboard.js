// When a press of a key is meant for a player at all. What the keys ask for stands in keys.js.

const FIELD =
  "input, select, textarea, button, summary, a[href], audio, video[controls], [contenteditable], [role=dialog], [role=tab]";

/** @typedef {import("./player.js").Player} Player */

/**
 * True if this press is for this player: it has the focus, or nothing else on the page has.
 * @param {KeyboardEvent} event
 * @param {Player} player
 * @param {Player | null} current the player that was used last
 */
export function isForPlayer(event, player, current) {
  const path = event.composedPath();
  const target = path[0];
  if (!path.includes(player.root)) {
    const free = !(target instanceof Element) || !target.closest(FIELD);
    return free && (current === null || current === player);
  }
  return target === player.bar.scrub || (target instanceof Element && !isTakenBy(target, event));
}

/**
 * Whether a part of the player uses this press itself.
 * @param {Element} target
 * @param {KeyboardEvent} event
 */
function isTakenBy(target, event) {
  const typing = target.matches("input, select");
  const pressing = event.key === " " && target.matches("button, summary, a");
  return typing || pressing || target.closest("dialog[open]") !== null;
}
