import { adjacencyBy, type Topology } from './topology';

/**
 * Counts crossings of the edges of a layered graph, drawn as straight lines from centre to centre, while nodes move
 * within their layers. Edges with a common end do not cross.
 *
 * Edges are kept by the layer they start in: those that an edge from layer l to r can cross start in [l, r) or pass
 * through l, so nothing else is looked at.
 */
export class StraightCrossings {
  private readonly left: Uint32Array;
  private readonly right: Uint32Array;
  /** Edges that start in layer l: numbers firstOf[l] … firstOf[l + 1] - 1. */
  private readonly firstOf: Uint32Array;
  /** Edges that start left of layer l and end right of it. */
  private readonly through: readonly Uint32Array[];
  private readonly edgesOf: readonly Uint32Array[];
  private readonly isCounted: Uint8Array;
  /** Pairs of edges compared so far: a measure of work that is the same on every machine. */
  comparisons = 0;

  /**
   * @param acyclic every edge goes to a higher layer
   * @param y centre of each node; may change between calls
   */
  constructor(
    acyclic: Topology,
    private readonly layer: Uint32Array,
    private readonly y: Float64Array
  ) {
    const { nodeCount, edgeSource, edgeTarget } = acyclic;
    const layerCount = layer.reduce((most, l) => Math.max(most, l + 1), 0);
    const byLayer = adjacencyBy(edgeSource.map((v) => layer[v]), layerCount);
    this.firstOf = byLayer.offset;
    this.left = byLayer.edge.map((e) => edgeSource[e]);
    this.right = byLayer.edge.map((e) => edgeTarget[e]);
    const through: number[][] = Array.from({ length: layerCount }, () => []);
    this.left.forEach((v, e) => {
      for (let l = layer[v] + 1; l < layer[this.right[e]]; l++) {
        through[l].push(e);
      }
    });
    this.through = through.map((edges) => Uint32Array.from(edges));
    const [out, into] = [adjacencyBy(this.left, nodeCount), adjacencyBy(this.right, nodeCount)];
    this.edgesOf = Array.from({ length: nodeCount }, (_, v) =>
      Uint32Array.of(...out.edge.subarray(out.offset[v], out.offset[v + 1]), ...into.edge.subarray(into.offset[v], into.offset[v + 1]))
    );
    this.isCounted = new Uint8Array(this.left.length);
  }

  total(): number {
    let crossings = 0;
    for (let e = 0; e < this.left.length; e++) {
      crossings += this.ofEdge(e, e + 1);
    }
    return crossings;
  }

  /** Crossings of the edges at two nodes of one layer, each once. */
  at(u: number, v: number): number {
    let crossings = 0;
    for (const node of [u, v]) {
      for (const e of this.edgesOf[node]) {
        this.isCounted[e] = 1;
        crossings += this.ofEdge(e, this.firstOf[this.layer[this.left[e]]]);
        for (const f of this.through[this.layer[this.left[e]]]) {
          crossings += this.cross(e, f);
        }
      }
    }
    this.edgesOf[u].forEach((e) => (this.isCounted[e] = 0));
    this.edgesOf[v].forEach((e) => (this.isCounted[e] = 0));
    return crossings;
  }

  /** Crossings of the edges at `u` with those at `v`, nodes of one layer. */
  between(u: number, v: number): number {
    let crossings = 0;
    for (const e of this.edgesOf[u]) {
      for (const f of this.edgesOf[v]) {
        crossings += this.cross(e, f);
      }
    }
    return crossings;
  }

  /** Crossings with edges from number `first` on that start left of where `e` ends. */
  private ofEdge(e: number, first: number): number {
    const end = this.firstOf[this.layer[this.right[e]]];
    let crossings = 0;
    for (let f = first; f < end; f++) {
      crossings += this.cross(e, f);
    }
    return crossings;
  }

  /** 1 where two edges cross, both of whose spans of layers overlap. */
  private cross(e: number, f: number): number {
    const { left, right, layer, y } = this;
    const [a, b, c, d] = [left[e], right[e], left[f], right[f]];
    this.comparisons++;
    if (this.isCounted[f] || a === c || b === d || a === d || b === c) {
      return 0;
    }
    // Compare heights where both begin and where both end: lines cross where the order changes in between.
    const [ax, bx, cx, dx] = [layer[a], layer[b], layer[c], layer[d]];
    if (ax === cx && bx === dx) {
      return (y[a] - y[c]) * (y[b] - y[d]) < 0 ? 1 : 0;
    }
    const slopeE = (y[b] - y[a]) / (bx - ax);
    const slopeF = (y[d] - y[c]) / (dx - cx);
    const from = Math.max(ax, cx);
    const to = Math.min(bx, dx);
    const atFrom = y[a] + (from - ax) * slopeE - y[c] - (from - cx) * slopeF;
    const atTo = y[a] + (to - ax) * slopeE - y[c] - (to - cx) * slopeF;
    return atFrom * atTo < 0 ? 1 : 0;
  }
}
