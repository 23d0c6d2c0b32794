import type { RowDistance } from './assign-rows';
import type { StraightCrossings } from './straight-crossings';

/** Passes over all nodes; the last ones move next to nothing. */
const MOST_PASSES = 6;
/** Comparisons of edges that may be made: with this a graph of 200 nodes is settled within a few hundredths of a second. */
const WORK = 1_500_000;
/** Places tried in the height of one row: lines are dodged by less than a row. */
const PLACES_PER_ROW = 2;

/**
 * Moves single nodes to free places of their layers where their edges cross fewer others. Layers of few nodes have much
 * room, which an order alone does not use: edges that pass by are dodged.
 *
 * @param y centre of each node, changed in place; `crossings` counts with it
 * @param layers the nodes of each layer
 */
export function settleRows(y: Float64Array, layers: readonly Uint32Array[], crossings: StraightCrossings, distance: RowDistance): void {
  const until = crossings.comparisons + WORK;
  const [top, bottom] = [y.reduce((least, value) => Math.min(least, value), Infinity), y.reduce((most, value) => Math.max(most, value), -Infinity)];
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let moved = false;
    for (const nodes of layers) {
      for (const v of nodes) {
        if (crossings.comparisons > until) {
          return;
        }
        moved = settle(v, nodes, y, crossings, distance, top, bottom) || moved;
      }
    }
    if (!moved) {
      return;
    }
  }
}

/** @returns whether the node moved */
function settle(v: number, nodes: Uint32Array, y: Float64Array, crossings: StraightCrossings, distance: RowDistance, top: number, bottom: number): boolean {
  const start = y[v];
  let best = start;
  let fewest = crossings.at(v);
  if (fewest === 0) {
    return false;
  }
  const step = distance(v, v) / PLACES_PER_ROW;
  const isFree = (place: number) => nodes.every((u) => u === v || (y[u] <= place ? place - y[u] >= distance(u, v) : y[u] - place >= distance(v, u)));
  for (let place = top - 2 * step; place <= bottom + 2 * step; place += step) {
    if (isFree(place)) {
      y[v] = place;
      crossings.moved(v);
      const found = crossings.at(v);
      if (found < fewest || (found === fewest && best !== start && Math.abs(place - start) < Math.abs(best - start))) {
        best = place;
        fewest = found;
      }
    }
  }
  y[v] = best;
  crossings.moved(v);
  return best !== start;
}
