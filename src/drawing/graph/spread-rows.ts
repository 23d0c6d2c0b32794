import type { StraightCrossings } from './straight-crossings';

/** Share of the picture's height that a layer is spread to. */
const WANTED_SHARE = 0.9;
/** More would tear apart what belongs together. */
const MOST_SPREAD = 5;
/** Less is not worth a crossing. */
const LEAST_SPREAD = 1.2;
/** Share of the crossings that all of it may add. */
const MOST_ADDED = 0.01;

/**
 * Spreads the layers of few nodes over the height that the fullest needs anyway: a big graph with a thin end would be a
 * funnel, all of whose lines lead through one place.
 *
 * @param y centre of each node, changed in place; `crossings` counts with it
 * @param layers the nodes of each layer
 */
export function spreadRows(y: Float64Array, layers: readonly Uint32Array[], crossings: StraightCrossings): void {
  const [top, bottom] = rangeOf(y);
  let mayAdd = crossings.total() * MOST_ADDED;
  for (const nodes of layers) {
    const before = Float64Array.from(nodes, (v) => y[v]);
    const [upper, lower] = rangeOf(before);
    const most = Math.min(MOST_SPREAD, (WANTED_SHARE * (bottom - top)) / (lower - upper));
    const spreads = [most, Math.sqrt(most)].filter((spread) => spread >= LEAST_SPREAD && lower > upper);
    const crossed = spreads.length > 0 ? crossings.at(...nodes) : 0;
    for (const spread of spreads) {
      const half = ((lower - upper) * spread) / 2;
      // As near to where it was as keeps it inside the picture.
      const middle = Math.min(Math.max((upper + lower) / 2, top + half), bottom - half);
      nodes.forEach((v, i) => (y[v] = middle + (before[i] - (upper + lower) / 2) * spread));
      crossings.moved(...nodes);
      const added = crossings.at(...nodes) - crossed;
      if (added <= mayAdd) {
        mayAdd -= added;
        break;
      }
      nodes.forEach((v, i) => (y[v] = before[i]));
      crossings.moved(...nodes);
    }
  }
}

const rangeOf = (values: Float64Array): readonly [least: number, most: number] => [
  values.reduce((least, value) => Math.min(least, value), Infinity),
  values.reduce((most, value) => Math.max(most, value), -Infinity),
];
