import { adjacencyBy, type Adjacency, type Topology } from './topology';

/** Nodes by layer, with the heights that follow from it: rows one unit apart, every layer centred on 0. */
export class LayerRows {
  readonly y: Float64Array;
  readonly layers: readonly Uint32Array[];
  private readonly wanted: Float64Array;
  private readonly out: Adjacency;
  private readonly into: Adjacency;

  /** @param topology acyclic: every edge goes to a higher layer */
  constructor(
    private readonly topology: Topology,
    readonly layerOf: Uint32Array
  ) {
    const { nodeCount, edgeSource, edgeTarget } = topology;
    this.out = adjacencyBy(edgeSource, nodeCount);
    this.into = adjacencyBy(edgeTarget, nodeCount);
    this.y = new Float64Array(nodeCount);
    this.wanted = new Float64Array(nodeCount);
    const byLayer = adjacencyBy(layerOf, layerOf.reduce((most, l) => Math.max(most, l + 1), 0));
    this.layers = Array.from({ length: byLayer.offset.length - 1 }, (_, l) => byLayer.edge.slice(byLayer.offset[l], byLayer.offset[l + 1]));
    this.layers.forEach((nodes) => this.space(nodes));
  }

  /** Puts each node of every layer at the mean height of its neighbours (Sugiyama's barycentres, but of all neighbours, near ones counting more). */
  sweep(rightward: boolean): void {
    const { wanted, y } = this;
    for (let step = 0; step < this.layers.length; step++) {
      const nodes = this.layers[rightward ? step : this.layers.length - 1 - step];
      nodes.forEach((v) => (wanted[v] = this.meanOfNeighbours(v)));
      nodes.sort((a, b) => wanted[a] - wanted[b] || y[a] - y[b]);
      this.space(nodes);
    }
  }

  /** Exchanges the nodes at `i` and `i + 1` of a layer. */
  exchange(nodes: Uint32Array, i: number): void {
    const [u, v] = [nodes[i], nodes[i + 1]];
    [nodes[i], nodes[i + 1]] = [v, u];
    [this.y[u], this.y[v]] = [this.y[v], this.y[u]];
  }

  copy(): Uint32Array[] {
    return this.layers.map((nodes) => nodes.slice());
  }

  restore(layers: readonly Uint32Array[]): void {
    layers.forEach((nodes, l) => {
      this.layers[l].set(nodes);
      this.space(this.layers[l]);
    });
  }

  /** Gives the nodes of a layer the heights of their order. */
  space(nodes: Uint32Array): void {
    for (let i = 0; i < nodes.length; i++) {
      this.y[nodes[i]] = i - (nodes.length - 1) / 2;
    }
  }

  private meanOfNeighbours(v: number): number {
    const { edgeSource, edgeTarget } = this.topology;
    const { layerOf, y, out, into } = this;
    let sum = 0;
    let weights = 0;
    for (const [adjacency, end] of [[out, edgeTarget], [into, edgeSource]] as const) {
      for (let i = adjacency.offset[v]; i < adjacency.offset[v + 1]; i++) {
        const neighbour = end[adjacency.edge[i]];
        const weight = 1 / Math.abs(layerOf[neighbour] - layerOf[v]);
        sum += weight * y[neighbour];
        weights += weight;
      }
    }
    return weights > 0 ? sum / weights : y[v];
  }
}
