// The keyboard: which key means what, and when a key is meant for the player at all.

const FIELD = "input, select, textarea, button, summary, a[href], audio, video[controls], [contenteditable], [role=dialog], [role=tab]";

// True if this press is for this player: it has the focus, or nothing else on the page has.
export function listens(event, player, current) {
  const path = event.composedPath();
  const target = path[0];
  if (!path.includes(player.root)) {
    const free = !(target instanceof Element) || !target.closest(FIELD);
    return free && (current === null || current === player);
  }
  if (target === player.bar.scrub) return true;
  const typing = target.matches("input, select");
  const pressing = event.key === " " && target.matches("button, summary, a");
  return !typing && !pressing && !target.closest("dialog[open]");
}

// What this press asks of a player; undefined if nothing.
export function deed(event, player) {
  const { clock } = player;
  const back = event.key === "ArrowLeft" ? -1 : 1;
  switch (event.key) {
    case " ":
      return () => clock.toggle();
    case "ArrowLeft":
    case "ArrowRight":
      return () => (event.shiftKey ? clock.jump(back) : clock.step(back));
    case "Home":
      return () => clock.seek(0);
    case "End":
      return () => clock.toEnd();
    default:
      return { l: () => player.loop(), m: () => player.mute(), f: () => player.full() }[event.key.toLowerCase()];
  }
}

// The same for the tools of a comparison. Shift makes < and > of , and . on some keyboards, ; and : on others.
export function compareDeed(event, compare) {
  const { key } = event;
  if (/^[1-9]$/.test(key)) return () => compare.hearNumber(Number(key));
  return {
    i: () => compare.markStart(),
    o: () => compare.markEnd(),
    u: () => compare.clearMarks(),
    v: () => compare.views.next(),
    x: () => compare.views.swap(),
    n: () => compare.bringNext(1),
    p: () => compare.bringNext(-1),
    "[": () => compare.wipe.step(-1),
    "]": () => compare.wipe.step(1),
    ",": () => compare.nudgeFrames(-1),
    ".": () => compare.nudgeFrames(1),
    "<": () => compare.nudge(-0.1),
    ";": () => compare.nudge(-0.1),
    ">": () => compare.nudge(0.1),
    ":": () => compare.nudge(0.1),
    0: () => compare.nudge(0),
    "-": () => compare.faster(-1),
    "+": () => compare.faster(1),
    "=": () => compare.faster(1),
    "?": () => compare.help.toggle(),
  }[key.toLowerCase()];
}
