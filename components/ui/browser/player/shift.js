// The shift of one video against the others, and how it is spoken of. Knows no video.

import { SHIFT_LIMIT } from "../shared/constants.js";
import { between } from "./time.js";

/**
 * Rounded, so that ten steps of 0.1 and back again are nothing.
 * @param {number} shift
 * @param {number} by
 */
export const shiftedBy = (shift, by) => between(Math.round((shift + by) * 1e4) / 1e4, -SHIFT_LIMIT, SHIFT_LIMIT);

/** @param {number} shift */
export const shiftText = (shift) => (shift ? `${shift > 0 ? "+" : "−"}${Math.abs(shift).toFixed(2)} s` : "shift");

/** @param {number} shift */
export const shiftTitle = (shift) =>
  shift ? `Runs ${Math.abs(shift).toFixed(2)} s ${shift > 0 ? "ahead of" : "behind"} the clock` : "Shift in time";
