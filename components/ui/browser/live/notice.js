// The words of a notification, and which ones were shown already. Knows neither the browser's notifications nor storage.

import { STATES } from "../shared/constants.js";

const KEPT = 100;

/**
 * The words hold the model's name and nothing else: a notification can be read over a shoulder.
 * @param {string} model as it is called
 * @param {string} state
 */
export const noticeText = (model, state) => `${model}: ${STATES[state].notice}`;

/**
 * The list of shown ones with this one in it; null if it is in there already.
 * @param {string | null} stored JSON as this browser kept it
 * @param {string} id of the generation
 */
export function withShown(stored, id) {
  /** @type {string[]} */
  const shown = JSON.parse(stored ?? "[]");
  return shown.includes(id) ? null : JSON.stringify([...shown, id].slice(-KEPT));
}
