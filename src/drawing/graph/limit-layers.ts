import { adjacencyBy, type Topology } from './topology';

/**
 * The same layers with at most `limit` nodes each: what finds no room moves right, and what it calls with it, so that
 * every edge still goes to a higher layer. Keeps a wide, shallow graph from becoming one endless column.
 *
 * @param acyclic a graph in which every edge goes to a higher layer of `layer`
 */
export function limitLayers(acyclic: Topology, layer: Uint32Array, limit: number): Uint32Array {
  const { nodeCount, edgeSource, edgeTarget } = acyclic;
  const out = adjacencyBy(edgeSource, nodeCount);
  const limited = layer.slice();
  const size: number[] = [];
  // Callers come first, so that a node's own layer is known when it is its turn; leaves, which block nothing, last.
  const isLeaf = (v: number) => Number(out.offset[v] === out.offset[v + 1]);
  const order = Array.from({ length: nodeCount }, (_, v) => v).sort((a, b) => layer[a] - layer[b] || isLeaf(a) - isLeaf(b) || a - b);
  for (const v of order) {
    while ((size[limited[v]] ?? 0) >= limit) {
      limited[v]++;
    }
    size[limited[v]] = (size[limited[v]] ?? 0) + 1;
    for (let i = out.offset[v]; i < out.offset[v + 1]; i++) {
      const target = edgeTarget[out.edge[i]];
      limited[target] = Math.max(limited[target], limited[v] + 1);
    }
  }
  return compacted(limited);
}

/** Numbers the layers in use from 0 without holes. */
function compacted(layer: Uint32Array): Uint32Array {
  const used = [...new Set(layer)].sort((a, b) => a - b);
  const number = new Map(used.map((l, i) => [l, i]));
  return layer.map((l) => number.get(l) ?? 0);
}
