// Figures and addresses in the form in which they are shown or compared. Knows no element.

/**
 * The file behind an address: the signature before its name changes after some hours, a query with every run.
 * @param {string | null | undefined} address
 */
const fileOf = (address) => address?.split("?")[0].split("/").pop();

/**
 * @param {string | null | undefined} one
 * @param {string | null | undefined} other
 */
export const isSameFile = (one, other) => fileOf(one) === fileOf(other);

/** @param {string} text */
export const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Seconds as a clock shows them.
 * @param {number} seconds
 */
export function clockText(seconds) {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/**
 * How long it is until the studio tries again by itself.
 * @param {number} seconds
 */
export const againText = (seconds) => (seconds < 1 ? "trying again" : `again in ${clockText(Math.ceil(seconds))}`);

/**
 * How long ago something was.
 * @param {number} seconds
 */
export function agoText(seconds) {
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86400);
  return `${days} day${days > 1 ? "s" : ""} ago`;
}
