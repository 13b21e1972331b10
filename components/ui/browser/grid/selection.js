// Which cards a press selects. Knows no element.

/**
 * With Shift: all from the last one that was pressed to this one, as lists of files do.
 * @param {string[]} order ids of all cards
 * @param {string} id the pressed one
 * @param {string | null} from the one that was pressed before
 * @param {boolean} range whether Shift was held
 */
export function idsToPick(order, id, from, range) {
  const [here, there] = [order.indexOf(id), from === null ? -1 : order.indexOf(from)];
  if (!range || there < 0) return [id];
  return order.slice(Math.min(here, there), Math.max(here, there) + 1);
}
