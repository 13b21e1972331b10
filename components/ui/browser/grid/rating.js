// What a key or a press makes of a rating of stars. Knows no element.

import { MOST_STARS } from "../shared/constants.js";

/** @type {Readonly<Record<string, number>>} */
const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
const DIGIT = new RegExp(`^[0-${MOST_STARS}]$`);

/**
 * The rating after this key; null if the key means nothing here.
 * @param {string} key
 * @param {number} rating
 * @returns {number | null}
 */
export function ratingAfterKey(key, rating) {
  if (Object.hasOwn(STEPS, key)) return Math.min(MOST_STARS, Math.max(1, rating + STEPS[key]));
  if (key === "Home") return 1;
  if (key === "End") return MOST_STARS;
  if (key === "Delete" || key === "Backspace") return 0;
  return DIGIT.test(key) ? Number(key) : null;
}

/**
 * The same star again takes the rating away.
 * @param {number} star
 * @param {number} rating
 */
export const ratingAfterPress = (star, rating) => (star === rating ? 0 : star);
