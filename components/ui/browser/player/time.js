// Arithmetic of seconds and frames. Knows no video.

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const between = (value, low, high) => Math.min(Math.max(value, low), high);

/**
 * The number of the last frame of so many seconds.
 * @param {number} length
 * @param {number} fps
 */
export const lastFrameOf = (length, fps) => Math.max(0, Math.ceil(length * fps - 1e-3) - 1);

/**
 * The number of the frame that is on the screen at this time.
 * @param {number} time
 * @param {number} length
 * @param {number} fps
 */
export const frameAt = (time, length, fps) => Math.min(Math.floor(time * fps + 1e-6), lastFrameOf(length, fps));

/**
 * Where a frame is surely on the screen.
 * @param {number} frame
 * @param {number} fps
 */
export const middleOf = (frame, fps) => (frame + 0.5) / fps;

/**
 * A seek to the edge between two frames may show either: a little past it, it is always the later one.
 * @param {number} time
 * @param {number} fps
 */
export function pastFrameEdge(time, fps) {
  const edge = Math.round(time * fps);
  return edge > 0 && Math.abs(time * fps - edge) < 0.1 ? (edge + 0.1) / fps : time;
}
