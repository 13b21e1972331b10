// What this browser keeps between visits; one that keeps nothing is no reason to fail.

export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // private, full or forbidden: it is forgotten with the page
  }
}
