// Makes and changes elements, and touches the page only where something changed.

const SVG = "http://www.w3.org/2000/svg";

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node[name] = value;
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

// The file behind an address: the signature before its name changes after some hours, a query with every run.
const fileOf = (address) => address?.split("?")[0].split("/").pop();
export const sameFile = (one, other) => fileOf(one) === fileOf(other);

// Puts a child where it belongs. What leaves the document, if only for a moment, stops playing and loses the focus.
export function settle(parent, node, index) {
  const there = parent.children[index] ?? null;
  if (there === node) return;
  if (node.isConnected && parent.moveBefore) parent.moveBefore(node, there);
  else parent.insertBefore(node, there);
}

// Seconds as a clock shows them.
export function clockText(seconds) {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const show = (node, visible) => {
  if (node.hidden === visible) node.hidden = !visible;
};
export const say = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};
export const tell = (node, name, value) => {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
};
