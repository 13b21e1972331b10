// All of a component that travels with a run of the page: it fetches the rest by an address that names its version.

/** @typedef {import("./shared/types").Component} Component */
/** @typedef {{update: (component: Component) => void, close: (parent: HTMLElement) => void}} Entry */

const loaded = import(new URL("__BUNDLE__", location.origin).href).then(
  (all) => /** @type {Entry} */ (all.__ENTRY__),
);
/** @type {WeakMap<HTMLElement, Component>} */
const latest = new WeakMap();

/** @param {Component} component */
export default function (component) {
  const { parentElement: parent } = component;
  latest.set(parent, component);
  loaded.then(
    ({ update }) => {
      const newest = latest.get(parent);
      if (newest) update(newest);
    },
    () => {
      parent.textContent = "This part of the page could not be loaded. Reload it.";
    },
  );
  return () => {
    // Streamlit 1.67 ends a call that came too late (BidiComponent.js: the page ran on, or the theme changed, while
    // this was fetched) after the next one has taken its place: that one is not to be ended.
    if (latest.get(parent) !== component) return;
    latest.delete(parent);
    loaded.then(
      ({ close }) => close(parent),
      () => {},
    );
  };
}
