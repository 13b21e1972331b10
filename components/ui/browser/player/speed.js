// The speeds to choose from, one after another.

import { SPEEDS } from "../shared/constants.js";

/**
 * The speed so many steps on; the same one at either end.
 * @param {number} speed
 * @param {number} steps
 */
export const speedAfter = (speed, steps) => SPEEDS[SPEEDS.indexOf(speed) + steps] ?? speed;
