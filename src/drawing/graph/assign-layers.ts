import { adjacencyBy, type Topology } from './topology';

/**
 * The layer (column) of each node of an acyclic graph, from 0 at the entry side.
 *
 * Longest path from the sources; then a node whose only neighbours lie further right is pulled next to its first
 * target, which keeps entry points of deep chains from stretching edges across the picture.
 *
 * @param shortens whether nodes are then moved to where their edges are short
 * @throws Error where the graph has a cycle.
 */
export function assignLayers(topology: Topology, shortens = true): Uint32Array {
  const { nodeCount, edgeSource, edgeTarget } = topology;
  const out = adjacencyBy(edgeSource, nodeCount);
  const order = topologicalOrder(topology);
  const layer = new Uint32Array(nodeCount);
  for (const v of order) {
    for (let i = out.offset[v]; i < out.offset[v + 1]; i++) {
      const target = edgeTarget[out.edge[i]];
      layer[target] = Math.max(layer[target], layer[v] + 1);
    }
  }

  const hasSource = new Uint8Array(nodeCount);
  for (const target of edgeTarget) {
    hasSource[target] = 1;
  }
  for (let i = order.length - 1; i >= 0; i--) {
    const v = order[i];
    if (hasSource[v] || out.offset[v] === out.offset[v + 1]) {
      continue;
    }
    let nearest = Infinity;
    for (let k = out.offset[v]; k < out.offset[v + 1]; k++) {
      nearest = Math.min(nearest, layer[edgeTarget[out.edge[k]]]);
    }
    layer[v] = nearest - 1;
  }
  if (shortens) {
    shortenEdges(topology, order, layer);
  }
  return layer;
}

/** Rounds after which next to nothing moves. */
const ROUNDS = 8;

/** Moves each node as far as its neighbours allow towards the side where it has more of them, again and again: shorter edges cross less. */
function shortenEdges({ nodeCount, edgeSource, edgeTarget }: Topology, order: Uint32Array, layer: Uint32Array): void {
  const [out, into] = [adjacencyBy(edgeSource, nodeCount), adjacencyBy(edgeTarget, nodeCount)];
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < order.length; i++) {
      const v = order[round % 2 === 0 ? order.length - 1 - i : i];
      const [outDegree, inDegree] = [out.offset[v + 1] - out.offset[v], into.offset[v + 1] - into.offset[v]];
      if (outDegree > inDegree) {
        let nearest = Infinity;
        for (let k = out.offset[v]; k < out.offset[v + 1]; k++) {
          nearest = Math.min(nearest, layer[edgeTarget[out.edge[k]]]);
        }
        layer[v] = nearest - 1;
      } else if (inDegree > outDegree) {
        let nearest = -1;
        for (let k = into.offset[v]; k < into.offset[v + 1]; k++) {
          nearest = Math.max(nearest, layer[edgeSource[into.edge[k]]]);
        }
        layer[v] = nearest + 1;
      }
    }
  }
}

function topologicalOrder({ nodeCount, edgeSource, edgeTarget }: Topology): Uint32Array {
  const out = adjacencyBy(edgeSource, nodeCount);
  const missing = new Uint32Array(nodeCount);
  for (const target of edgeTarget) {
    missing[target]++;
  }
  const order = new Uint32Array(nodeCount);
  let filled = 0;
  for (let v = 0; v < nodeCount; v++) {
    if (missing[v] === 0) {
      order[filled++] = v;
    }
  }
  for (let done = 0; done < filled; done++) {
    const v = order[done];
    for (let i = out.offset[v]; i < out.offset[v + 1]; i++) {
      const target = edgeTarget[out.edge[i]];
      if (--missing[target] === 0) {
        order[filled++] = target;
      }
    }
  }
  if (filled !== nodeCount) {
    throw new Error(`expected an acyclic graph, got a cycle among ${nodeCount - filled} nodes`);
  }
  return order;
}
