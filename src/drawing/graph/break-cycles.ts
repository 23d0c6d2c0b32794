import { adjacencyBy, type Topology } from './topology';

/**
 * Which edges to turn round so that the graph has no cycle: 1 for those, 0 for the rest. Self-edges are marked too.
 *
 * Greedy order of Eades, Lin and Smyth (1993): sinks to the end, sources to the front, otherwise the node with the
 * largest surplus of outgoing edges to the front. Edges that run against that order are turned.
 */
export function edgesToReverse(topology: Topology): Uint8Array {
  const { nodeCount, edgeSource, edgeTarget } = topology;
  const out = adjacencyBy(edgeSource, nodeCount);
  const into = adjacencyBy(edgeTarget, nodeCount);
  const outDegree = new Int32Array(nodeCount);
  const inDegree = new Int32Array(nodeCount);
  for (let e = 0; e < edgeSource.length; e++) {
    if (edgeSource[e] !== edgeTarget[e]) {
      outDegree[edgeSource[e]]++;
      inDegree[edgeTarget[e]]++;
    }
  }

  const rank = new Int32Array(nodeCount);
  const placed = new Uint8Array(nodeCount);
  let front = 0;
  let back = nodeCount - 1;
  for (let remaining = nodeCount; remaining > 0; remaining--) {
    const v = pickNext(placed, outDegree, inDegree);
    placed[v] = 1;
    rank[v] = outDegree[v] === 0 && inDegree[v] > 0 ? back-- : front++;
    for (let i = out.offset[v]; i < out.offset[v + 1]; i++) {
      const w = edgeTarget[out.edge[i]];
      inDegree[w] -= w === v ? 0 : 1;
    }
    for (let i = into.offset[v]; i < into.offset[v + 1]; i++) {
      const w = edgeSource[into.edge[i]];
      outDegree[w] -= w === v ? 0 : 1;
    }
  }

  const reverse = new Uint8Array(edgeSource.length);
  for (let e = 0; e < edgeSource.length; e++) {
    reverse[e] = rank[edgeSource[e]] >= rank[edgeTarget[e]] ? 1 : 0;
  }
  return reverse;
}

/** A source before a sink before the largest surplus; the smallest number among equals. */
function pickNext(placed: Uint8Array, outDegree: Int32Array, inDegree: Int32Array): number {
  let best = -1;
  let bestScore = -Infinity;
  for (let v = 0; v < placed.length; v++) {
    if (placed[v]) {
      continue;
    }
    if (inDegree[v] === 0) {
      return v;
    }
    const score = outDegree[v] === 0 ? 1e9 : outDegree[v] - inDegree[v];
    if (score > bestScore) {
      best = v;
      bestScore = score;
    }
  }
  return best;
}
