// Makes and changes elements, and touches the page only where something changed.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Attributes of a new element; those that begin with "on" are its event handlers.
 * @typedef {{
 *   onclick?: (event: MouseEvent) => unknown,
 *   onerror?: () => unknown,
 *   [attribute: string]: string | null | undefined | ((event: MouseEvent) => unknown) | (() => unknown),
 * }} Props
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {(Node | string | null)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") Reflect.set(node, name, value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** @param {string} path of a field of 24 x 24 */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

/**
 * Puts a child where it belongs. What leaves the document, if only for a moment, stops playing and loses the focus.
 * @param {Element & {moveBefore?: (node: Node, child: Node | null) => void}} parent
 * @param {Node} node
 * @param {number} index
 */
export function placeChild(parent, node, index) {
  const there = parent.children[index] ?? null;
  if (there === node) return;
  if (node.isConnected && parent.moveBefore) parent.moveBefore(node, there);
  else parent.insertBefore(node, there);
}

/**
 * @param {HTMLElement} node
 * @param {boolean} visible
 */
export function setVisible(node, visible) {
  if (node.hidden === visible) node.hidden = !visible;
}

/**
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {string} value
 */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/**
 * Whether a press asks the browser for something of its own: a new tab, a new window, a menu.
 * @param {MouseEvent} event
 */
export function isBrowsersOwn(event) {
  return Boolean(event.button) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

/**
 * Whether a press is the second of a double click. What opens a page asks once: a second request can arrive after the
 * person has gone back, and would open it again.
 * @param {MouseEvent} event
 */
export function isRepeated(event) {
  return event.detail > 1;
}
