// All of a component that travels with a run of the page: it fetches the rest by an address that names its version.
const module = import(new URL("__MODULE__", location.origin));
const latest = new WeakMap();

export default function (component) {
  const { parentElement: parent } = component;
  latest.set(parent, component);
  module.then(
    ({ update }) => latest.has(parent) && update(latest.get(parent)),
    () => (parent.textContent = "This part of the page could not be loaded. Reload it."),
  );
  return () => {
    latest.delete(parent);
    module.then(({ close }) => close(parent), () => {});
  };
}
