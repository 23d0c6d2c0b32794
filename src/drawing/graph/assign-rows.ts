import type { ProperLayers } from './proper-layers';

const SWEEPS = 8;

/**
 * The vertical place of each node: as close to the mean of its neighbours as the order and the distances allow.
 *
 * Sweeps to and fro; within a layer the least-squares optimum under `y[i + 1] - y[i] ≥ gap` is found exactly by pooling
 * adjacent violators (isotonic regression).
 *
 * @param order per layer its nodes from top to bottom
 * @param heightPx of every node, bends included
 * @returns centre of each node in graph space
 */
export function assignRows(graph: ProperLayers, order: readonly Uint32Array[], heightPx: Float64Array, gapPx: number): Float64Array {
  const y = new Float64Array(graph.nodeCount);
  for (const nodes of order) {
    stack(nodes, y, heightPx, gapPx);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const rightward = sweep % 2 === 0;
    for (let step = 0; step < order.length; step++) {
      const nodes = order[rightward ? step : order.length - 1 - step];
      const wanted = Float64Array.from(nodes, (v) => meanOfNeighbours(graph, v, y));
      placeNear(nodes, wanted, y, heightPx, gapPx);
    }
  }
  return y;
}

function stack(nodes: Uint32Array, y: Float64Array, heightPx: Float64Array, gapPx: number): void {
  let top = 0;
  for (const v of nodes) {
    y[v] = top + heightPx[v] / 2;
    top += heightPx[v] + gapPx;
  }
  nodes.forEach((v) => (y[v] -= (top - gapPx) / 2));
}

function meanOfNeighbours(graph: ProperLayers, v: number, y: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = graph.leftward.offset[v]; i < graph.leftward.offset[v + 1]; i++, count++) {
    sum += y[graph.segmentSource[graph.leftward.edge[i]]];
  }
  for (let i = graph.rightward.offset[v]; i < graph.rightward.offset[v + 1]; i++, count++) {
    sum += y[graph.segmentTarget[graph.rightward.edge[i]]];
  }
  return count > 0 ? sum / count : y[v];
}

/** Moves the nodes of one layer to the feasible places nearest to `wanted`. */
function placeNear(nodes: Uint32Array, wanted: Float64Array, y: Float64Array, heightPx: Float64Array, gapPx: number): void {
  // Subtracting the distance each node must keep from the first turns "at least so far apart" into "not decreasing".
  const shift = new Float64Array(nodes.length);
  for (let i = 1; i < nodes.length; i++) {
    shift[i] = shift[i - 1] + (heightPx[nodes[i - 1]] + heightPx[nodes[i]]) / 2 + gapPx;
  }
  const mean: number[] = [];
  const size: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    mean.push(wanted[i] - shift[i]);
    size.push(1);
    while (mean.length > 1 && mean[mean.length - 2] > mean[mean.length - 1]) {
      const [m, n] = [mean.pop() ?? 0, size.pop() ?? 0];
      const last = mean.length - 1;
      mean[last] = (mean[last] * size[last] + m * n) / (size[last] + n);
      size[last] += n;
    }
  }
  let i = 0;
  mean.forEach((m, block) => {
    for (let k = 0; k < size[block]; k++, i++) {
      y[nodes[i]] = m + shift[i];
    }
  });
}
