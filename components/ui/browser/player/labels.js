// What a tile is called, for those who hear the page and where two must be told apart. Knows no element.

/** @typedef {import("../shared/types").TileSpec} TileSpec */

/**
 * What tells this take from the others.
 * @param {Pick<TileSpec, "place" | "title" | "differs">} spec
 */
export const nameOf = ({ place, title, differs }) =>
  (place ? `${place} · ` : "") + [title, ...differs.map(([name, value]) => `${name} ${value}`)].join(", ");

/**
 * With its number, once.
 * @param {Pick<TileSpec, "place" | "title" | "differs">} spec
 * @param {number} number
 */
export const numberedName = (spec, number) => (spec.place ? nameOf(spec) : `${number} · ${nameOf(spec)}`);

/**
 * The tiles with what each needs to know of the others: two of one name are told apart by their places.
 * @param {TileSpec[]} specs
 * @returns {TileSpec[]}
 */
export function withPlaces(specs) {
  const names = specs.map((spec) => nameOf(spec));
  const isDouble = (/** @type {string} */ name) => names.indexOf(name) !== names.lastIndexOf(name);
  return specs.map((spec, index) => ({
    ...spec,
    several: specs.length > 1,
    ...(isDouble(names[index]) ? { place: index + 1 } : {}),
  }));
}

/**
 * How much shorter a video is than the longest; empty where it is not worth a word.
 * @param {number} seconds
 */
export const shorterText = (seconds) =>
  seconds < 0.05 ? "" : `${seconds < 0.1 ? seconds.toFixed(2) : seconds.toFixed(1)} s shorter`;
