import { adjacencyBy, type Topology } from './topology';

const SWEEPS = 8;

/** How far apart the centres of two nodes are that lie one below the other. */
export type RowDistance = (upper: number, lower: number) => number;

/**
 * The vertical place of each node: as close to the mean of its neighbours as the order and the distance allow.
 *
 * Sweeps to and fro; within a layer the least-squares optimum under `y[i + 1] - y[i] ≥ distance` is found exactly by
 * pooling adjacent violators (isotonic regression).
 *
 * @param order per layer its nodes from top to bottom
 * @param distance from one centre to that of the next node below in a layer, at least
 * @returns centre of each node in graph space
 */
export function assignRows(topology: Topology, order: readonly Uint32Array[], distance: RowDistance): Float64Array {
  const y = evenRows(topology.nodeCount, order, distance);
  const meanOfNeighbours = neighbourMeans(topology, y);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const rightward = sweep % 2 === 0;
    for (let step = 0; step < order.length; step++) {
      const nodes = order[rightward ? step : order.length - 1 - step];
      placeNear(nodes, Float64Array.from(nodes, meanOfNeighbours), y, distance);
    }
  }
  return y;
}

/** Rows at the least distances, every layer centred on 0. */
export function evenRows(nodeCount: number, order: readonly Uint32Array[], distance: RowDistance): Float64Array {
  const y = new Float64Array(nodeCount);
  for (const nodes of order) {
    const offset = offsetsIn(nodes, distance);
    nodes.forEach((v, i) => (y[v] = offset[i] - offset[nodes.length - 1] / 2));
  }
  return y;
}

function neighbourMeans({ nodeCount, edgeSource, edgeTarget }: Topology, y: Float64Array): (v: number) => number {
  const [out, into] = [adjacencyBy(edgeSource, nodeCount), adjacencyBy(edgeTarget, nodeCount)];
  return (v) => {
    let sum = 0;
    for (let i = out.offset[v]; i < out.offset[v + 1]; i++) {
      sum += y[edgeTarget[out.edge[i]]];
    }
    for (let i = into.offset[v]; i < into.offset[v + 1]; i++) {
      sum += y[edgeSource[into.edge[i]]];
    }
    const degree = out.offset[v + 1] - out.offset[v] + into.offset[v + 1] - into.offset[v];
    return degree > 0 ? sum / degree : y[v];
  };
}

/** From the first node of a layer to each. */
function offsetsIn(nodes: Uint32Array, distance: RowDistance): Float64Array {
  const offset = new Float64Array(nodes.length);
  for (let i = 1; i < nodes.length; i++) {
    offset[i] = offset[i - 1] + distance(nodes[i - 1], nodes[i]);
  }
  return offset;
}

/** Moves the nodes of one layer to the feasible places nearest to `wanted`. */
function placeNear(nodes: Uint32Array, wanted: Float64Array, y: Float64Array, distance: RowDistance): void {
  // Subtracting the distance each node must keep from the first turns "at least so far apart" into "not decreasing".
  const offset = offsetsIn(nodes, distance);
  const mean: number[] = [];
  const size: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    mean.push(wanted[i] - offset[i]);
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
      y[nodes[i]] = m + offset[i];
    }
  });
}
