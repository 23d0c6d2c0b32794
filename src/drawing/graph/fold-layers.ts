import type { Topology } from './topology';

/** Layers from … to - 1. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** A picture up to this much wider than the screen is not folded: stretching mends that. */
export const TOO_WIDE = 2.2;
/** Layers of a band, at least: shorter ones would be more fold than band. */
const LEAST_LAYERS = 6;
/** More edges than this from one band to the next could not be followed. */
const MOST_EDGES_ACROSS = 3;
/** How far from an even division a fold may be, as a share of a band's length. */
const SLACK = 0.25;

/**
 * Divides the layers of a long, thin graph into bands, to be set one below the other, where few edges lead from layer to
 * layer. One band where the graph is not that thin, or nowhere thin enough.
 *
 * @param acyclic every edge goes to a higher layer
 * @param layerAspect from one layer to the next ÷ from one row to the next
 * @param screenAspect width ÷ height
 */
export function foldLayers(acyclic: Topology, layer: Uint32Array, layerAspect: number, screenAspect: number): Band[] {
  const size: number[] = [];
  layer.forEach((l) => (size[l] = (size[l] ?? 0) + 1));
  const layerCount = size.length;
  const aspect = (layerCount * layerAspect) / size.reduce((most, count) => Math.max(most, count), 1);
  const whole = [{ from: 0, to: layerCount }];
  if (aspect <= screenAspect * TOO_WIDE) {
    return whole;
  }
  const bandCount = Math.max(1, Math.min(Math.round(Math.sqrt(aspect / screenAspect)), Math.floor(layerCount / LEAST_LAYERS)));
  const across = edgesAcross(acyclic, layer, layerCount);
  const folds = Array.from({ length: bandCount - 1 }, (_, i) => bestFold(across, ((i + 1) * layerCount) / bandCount, (layerCount / bandCount) * SLACK));
  return folds.some((fold) => across[fold] > MOST_EDGES_ACROSS) ? whole : [0, ...folds].map((from, b) => ({ from, to: folds[b] ?? layerCount }));
}

/** How many edges pass from before each layer to it or beyond. */
function edgesAcross({ edgeSource, edgeTarget }: Topology, layer: Uint32Array, layerCount: number): Uint32Array {
  const across = new Uint32Array(layerCount);
  edgeSource.forEach((source, e) => {
    for (let l = layer[source] + 1; l <= layer[edgeTarget[e]]; l++) {
      across[l]++;
    }
  });
  return across;
}

/** The layer near the wanted one that the fewest edges reach. */
function bestFold(across: Uint32Array, wanted: number, slack: number): number {
  let best = Math.round(wanted);
  for (let l = Math.ceil(wanted - slack); l <= wanted + slack; l++) {
    const isNearer = Math.abs(l - wanted) < Math.abs(best - wanted);
    if (across[l] < across[best] || (across[l] === across[best] && isNearer)) {
      best = l;
    }
  }
  return best;
}
