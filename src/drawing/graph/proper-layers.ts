import { adjacencyBy, type Adjacency, type Topology } from './topology';

/**
 * A layered graph in which every segment joins neighbouring layers: long edges are broken by bend nodes.
 *
 * Nodes below `realCount` are the graph's own, the rest are bends. `segmentSource[s]` is in layer l,
 * `segmentTarget[s]` in layer l + 1.
 */
export interface ProperLayers {
  readonly realCount: number;
  readonly nodeCount: number;
  readonly layerCount: number;
  readonly layer: Uint32Array;
  readonly segmentSource: Uint32Array;
  readonly segmentTarget: Uint32Array;
  /** Segments by their right and left ends. */
  readonly rightward: Adjacency;
  readonly leftward: Adjacency;
}

/** @param acyclic a graph in which every edge goes to a higher layer. */
export function properLayers(acyclic: Topology, layerOfNode: Uint32Array): ProperLayers {
  const { nodeCount: realCount, edgeSource, edgeTarget } = acyclic;
  let bendCount = 0;
  for (let e = 0; e < edgeSource.length; e++) {
    bendCount += layerOfNode[edgeTarget[e]] - layerOfNode[edgeSource[e]] - 1;
  }
  const nodeCount = realCount + bendCount;
  const layer = new Uint32Array(nodeCount);
  layer.set(layerOfNode);
  const segmentSource = new Uint32Array(edgeSource.length + bendCount);
  const segmentTarget = new Uint32Array(edgeSource.length + bendCount);
  let nextBend = realCount;
  let s = 0;
  for (let e = 0; e < edgeSource.length; e++) {
    let from = edgeSource[e];
    for (let l = layerOfNode[from] + 1; l < layerOfNode[edgeTarget[e]]; l++) {
      layer[nextBend] = l;
      segmentSource[s] = from;
      segmentTarget[s++] = nextBend;
      from = nextBend++;
    }
    segmentSource[s] = from;
    segmentTarget[s++] = edgeTarget[e];
  }
  return {
    realCount,
    nodeCount,
    layerCount: layer.reduce((highest, l) => Math.max(highest, l + 1), 0),
    layer,
    segmentSource,
    segmentTarget,
    rightward: adjacencyBy(segmentSource, nodeCount),
    leftward: adjacencyBy(segmentTarget, nodeCount),
  };
}
