import { adjacencyBy, type Topology } from './topology';

/** Heights that differ by less are the same: lines that meet in a point have been computed from different ends. */
const SAME_HEIGHT = 1e-6;

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
  /** Layers of the ends. */
  private readonly start: Float64Array;
  private readonly end: Float64Array;
  /** The straight line through each edge: at layer l it is at height `base + slope · l`. */
  private readonly base: Float64Array;
  private readonly slope: Float64Array;
  /** Edges that start in layer l: numbers firstOf[l] … firstOf[l + 1] - 1. */
  private readonly firstOf: Uint32Array;
  /** Edges that start left of layer l and end right of it. */
  private readonly through: readonly Uint32Array[];
  private readonly edgesOf: readonly Uint32Array[];
  private readonly isCounted: Uint8Array;
  /** The edges that a sweep has reached, from top to bottom, and their heights there. */
  private readonly active: Uint32Array;
  private readonly height: Float64Array;
  /** Pairs of edges compared so far: a measure of work that is the same on every machine. */
  comparisons = 0;

  /**
   * @param acyclic every edge goes to a higher layer
   * @param y centre of each node; say so with `moved` or `movedAll` when it changes
   */
  constructor(
    acyclic: Topology,
    layer: Uint32Array,
    private readonly y: Float64Array
  ) {
    const { nodeCount, edgeSource, edgeTarget } = acyclic;
    const layerCount = layer.reduce((most, l) => Math.max(most, l + 1), 0);
    const byLayer = adjacencyBy(edgeSource.map((v) => layer[v]), layerCount);
    this.firstOf = byLayer.offset;
    this.left = byLayer.edge.map((e) => edgeSource[e]);
    this.right = byLayer.edge.map((e) => edgeTarget[e]);
    this.start = Float64Array.from(this.left, (v) => layer[v]);
    this.end = Float64Array.from(this.right, (v) => layer[v]);
    const through: number[][] = Array.from({ length: layerCount }, () => []);
    this.left.forEach((_, e) => {
      for (let l = this.start[e] + 1; l < this.end[e]; l++) {
        through[l].push(e);
      }
    });
    this.through = through.map((edges) => Uint32Array.from(edges));
    const [out, into] = [adjacencyBy(this.left, nodeCount), adjacencyBy(this.right, nodeCount)];
    this.edgesOf = Array.from({ length: nodeCount }, (_, v) =>
      Uint32Array.of(...out.edge.subarray(out.offset[v], out.offset[v + 1]), ...into.edge.subarray(into.offset[v], into.offset[v + 1]))
    );
    this.isCounted = new Uint8Array(this.left.length);
    this.active = new Uint32Array(this.left.length);
    this.height = new Float64Array(this.left.length);
    this.base = new Float64Array(this.left.length);
    this.slope = new Float64Array(this.left.length);
    this.movedAll();
  }

  /** The heights of these nodes have changed. */
  moved(...nodes: number[]): void {
    nodes.forEach((node) => this.edgesOf[node].forEach((e) => this.draw(e)));
  }

  /** Any heights may have changed. */
  movedAll(): void {
    for (let e = 0; e < this.left.length; e++) {
      this.draw(e);
    }
  }

  /** All crossings, by a sweep over the layers: where the edges' order from top to bottom changes to the next layer, they cross. */
  total(): number {
    const { active, height, start, end, base, slope, firstOf } = this;
    let crossings = 0;
    let count = 0;
    for (let layer = 0; layer + 1 < firstOf.length; layer++) {
      let passing = 0;
      for (let i = 0; i < count; i++) {
        if (end[active[i]] > layer) {
          height[passing] = height[i];
          active[passing++] = active[i];
        }
      }
      count = passing;
      for (let e = firstOf[layer]; e < firstOf[layer + 1]; e++, count++) {
        this.insert(e, base[e] + slope[e] * start[e], count);
      }
      crossings += this.sortAt(layer + 1, count);
    }
    return crossings;
  }

  /** Crossings of the edges at some nodes of one layer, each once. */
  at(...nodes: number[]): number {
    let crossings = 0;
    for (const node of nodes) {
      for (const e of this.edgesOf[node]) {
        this.isCounted[e] = 1;
        const through = this.through[this.start[e]];
        crossings += this.ofEdge(e, this.firstOf[this.start[e]], this.firstOf[this.end[e]], undefined) + this.ofEdge(e, 0, through.length, through);
      }
    }
    nodes.forEach((node) => this.edgesOf[node].forEach((e) => (this.isCounted[e] = 0)));
    return crossings;
  }

  /** Puts an edge among the first `count` active ones, which are in the order of their heights; of edges that meet here the flatter comes first. */
  private insert(e: number, heightOfEdge: number, count: number): void {
    const { active, height, slope } = this;
    let i = count;
    for (; i > 0 && isBelow(height[i - 1], slope[active[i - 1]], heightOfEdge, slope[e]); i--) {
      active[i] = active[i - 1];
      height[i] = height[i - 1];
    }
    active[i] = e;
    height[i] = heightOfEdge;
  }

  /** Sorts the active edges by their heights at a layer, and returns how many pairs changed their order. */
  private sortAt(layer: number, count: number): number {
    const { active, height, base, slope } = this;
    let changes = 0;
    for (let next = 0; next < count; next++) {
      const e = active[next];
      const heightOfEdge = base[e] + slope[e] * layer;
      let i = next;
      for (; i > 0 && height[i - 1] > heightOfEdge + SAME_HEIGHT; i--) {
        active[i] = active[i - 1];
        height[i] = height[i - 1];
      }
      active[i] = e;
      height[i] = heightOfEdge;
      changes += next - i;
    }
    return changes;
  }

  private draw(e: number): void {
    const { left, right, start, end, y } = this;
    this.slope[e] = (y[right[e]] - y[left[e]]) / (end[e] - start[e]);
    this.base[e] = y[left[e]] - this.slope[e] * start[e];
  }

  /** Crossings of `e` with the edges of a list from one place to another (of all edges where there is none), except those counted already. */
  private ofEdge(e: number, from: number, to: number, list: Uint32Array | undefined): number {
    const { left, right, start, end, base, slope, isCounted } = this;
    const [a, b, startE, endE, baseE, slopeE] = [left[e], right[e], start[e], end[e], base[e], slope[e]];
    let crossings = 0;
    this.comparisons += to - from;
    for (let i = from; i < to; i++) {
      const f = list === undefined ? i : list[i];
      // Compare heights where both have begun and where the first one ends: lines cross where the order changes in between.
      const first = startE > start[f] ? startE : start[f];
      const last = endE < end[f] ? endE : end[f];
      const baseGap = baseE - base[f];
      const slopeGap = slopeE - slope[f];
      if ((baseGap + slopeGap * first) * (baseGap + slopeGap * last) < 0 && a !== left[f] && b !== right[f] && a !== right[f] && b !== left[f] && isCounted[f] === 0) {
        crossings++;
      }
    }
    return crossings;
  }
}

function isBelow(height: number, slope: number, otherHeight: number, otherSlope: number): boolean {
  return Math.abs(height - otherHeight) < SAME_HEIGHT ? slope > otherSlope : height > otherHeight;
}
