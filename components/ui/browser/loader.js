// All of a component that travels with a run of the page: it fetches the rest by an address that names its version.

/** @typedef {import("./shared/types").Component} Component */
/** @typedef {{update: (component: Component) => void, close: (parent: HTMLElement) => void}} Entry */

const loaded = import(new URL("__BUNDLE__", location.origin).href).then(
  (all) => /** @type {Entry} */ (all.__ENTRY__),
);
/** @type {WeakMap<HTMLElement, Component[]>} of each place the calls that were not ended, the newest last */
const calls = new WeakMap();

/** @param {Component} component */
export default function (component) {
  const { parentElement: parent } = component;
  calls.set(parent, [...(calls.get(parent) ?? []), component]);
  settleSoon(parent);
  return () => {
    calls.set(
      parent,
      (calls.get(parent) ?? []).filter((one) => one !== component),
    );
    settleSoon(parent);
  };
}

// Streamlit 1.67 makes a call of its own at each change of the data or the theme, and may make that of an earlier
// change after that of a later one; then it ends it at once (BidiComponent.js). So what a place shows is only decided
// when all that came together has been heard: the newest call that stands, or nothing.
/** @param {HTMLElement} parent */
function settleSoon(parent) {
  setTimeout(() => {
    loaded.then(
      (entry) => settle(entry, parent),
      () => {
        parent.textContent = "This part of the page could not be loaded. Reload it.";
      },
    );
  });
}

/**
 * @param {Entry} entry
 * @param {HTMLElement} parent
 */
function settle(entry, parent) {
  const newest = calls.get(parent)?.at(-1);
  if (newest) {
    calls.set(parent, [newest]);
    entry.update(newest);
  } else if (calls.delete(parent)) entry.close(parent);
}
