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

export const show = (node, visible) => {
  if (node.hidden === visible) node.hidden = !visible;
};
export const say = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};
export const tell = (node, name, value) => {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
};
