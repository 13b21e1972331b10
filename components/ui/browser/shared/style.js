// Gives a shadow root the style sheets of a component, each once.

/**
 * @param {Node} root
 * @param {CSSStyleSheet[]} own
 */
export function adoptStyles(root, own) {
  const target = /** @type {Document | ShadowRoot} */ (root);
  const others = target.adoptedStyleSheets.filter((sheet) => !own.includes(sheet));
  target.adoptedStyleSheets = [...others, ...own];
}
