// What this browser keeps between visits; one that keeps nothing is no reason to fail.

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | number} value
 */
export function keep(key, value) {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // private, full or forbidden: it is forgotten with the page
  }
}
