/** A directed graph by node numbers; self-edges and parallel edges are allowed. */
export interface Topology {
  readonly nodeCount: number;
  readonly edgeSource: Uint32Array;
  readonly edgeTarget: Uint32Array;
}

/** Edges by node in compressed rows: those of node v are `edge[offset[v]] … edge[offset[v + 1] - 1]`. */
export interface Adjacency {
  readonly offset: Uint32Array;
  readonly edge: Uint32Array;
}

/** Groups the edges by `endpoint` (the topology's sources or targets). Edge order is kept, so results are deterministic. */
export function adjacencyBy(endpoint: Uint32Array, nodeCount: number): Adjacency {
  const offset = new Uint32Array(nodeCount + 1);
  for (let e = 0; e < endpoint.length; e++) {
    offset[endpoint[e] + 1]++;
  }
  for (let v = 0; v < nodeCount; v++) {
    offset[v + 1] += offset[v];
  }
  const next = offset.slice(0, nodeCount);
  const edge = new Uint32Array(endpoint.length);
  for (let e = 0; e < endpoint.length; e++) {
    edge[next[endpoint[e]]++] = e;
  }
  return { offset, edge };
}
