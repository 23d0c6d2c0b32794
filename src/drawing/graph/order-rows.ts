import { StraightCrossings } from './straight-crossings';
import { adjacencyBy, type Adjacency, type Topology } from './topology';

/** More sweeps than this never paid on graphs of up to 1,200 nodes. */
const SWEEPS = 8;
const SIFTING_PASSES = 6;
/** Places up and down that sifting tries: after the sweeps no node is far from where it belongs. */
const SIFTING_REACH = 20;
/** Sweeping again from an order improved by exchanges often finds a better one. */
const ROUNDS = 2;
/** Pairs of edges that may be compared: about a quarter of a second's work, spent on graphs of about 1,000 nodes. */
const COMPARISONS = 24_000_000;
/** A pass of exchanges that removes less than this share of the crossings is the last. */
const WORTHWHILE = 0.004;

/**
 * The order of the nodes within each layer, with few crossings of straight edges.
 *
 * Sweeps to and fro put each node at the mean height of its neighbours (Sugiyama's barycentres, but of all neighbours,
 * near ones counting more, and with rows evenly spaced); the best order seen is then improved by exchanging neighbours
 * in a layer as long as that removes crossings.
 *
 * @param acyclic every edge goes to a higher layer
 * @returns per layer its nodes from top to bottom
 */
export function orderRows(acyclic: Topology, layer: Uint32Array): Uint32Array[] {
  const rows = new Rows(acyclic, layer);
  const crossings = new StraightCrossings(acyclic, layer, rows.y);
  let best = rows.copy();
  let fewest = Infinity;
  for (let round = 0; round < ROUNDS && fewest > 0 && crossings.comparisons < COMPARISONS; round++) {
    sweepToAndFro(rows, crossings);
    siftWhileWorthwhile(rows, crossings);
    const found = exchangeWhileWorthwhile(rows, crossings);
    if (found < fewest) {
      best = rows.copy();
      fewest = found;
    }
  }
  return best;
}

/** Leaves the best order seen. */
function sweepToAndFro(rows: Rows, crossings: StraightCrossings): void {
  let best = rows.copy();
  let fewest = crossings.total();
  const limit = crossings.comparisons + COMPARISONS / 4;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0 && crossings.comparisons < limit; sweep++) {
    rows.sweep(sweep % 2 === 0);
    const found = crossings.total();
    // Later rounds begin where exchanges ended, which no sweep betters at once: the first sweep is always taken.
    if (found < fewest || sweep === 0) {
      best = rows.copy();
      fewest = found;
    }
  }
  rows.restore(best);
}

/** Sifts every node, again and again as long as that pays; an order that turns out worse is not kept. */
function siftWhileWorthwhile(rows: Rows, crossings: StraightCrossings): void {
  let fewest = crossings.total();
  for (let pass = 0; pass < SIFTING_PASSES && fewest > 0 && crossings.comparisons < COMPARISONS; pass++) {
    const best = rows.copy();
    rows.layers.forEach((nodes) => Array.from(nodes).forEach((v) => sift(rows, crossings, nodes, nodes.indexOf(v))));
    const found = crossings.total();
    if (found >= fewest) {
      rows.restore(best);
      return;
    }
    if (fewest - found < fewest * WORTHWHILE) {
      return;
    }
    fewest = found;
  }
}

/**
 * Moves a node to the place in its layer where its edges cross fewest of those it passes (Matuszewski, Schönfeld and
 * Molitor, 1999). Exact where edges join neighbouring layers, a good guess where they are longer.
 */
function sift(rows: Rows, crossings: StraightCrossings, nodes: Uint32Array, start: number): void {
  let change = 0;
  let least = 0;
  let best = start;
  let at = start;
  const step = (upper: number, next: number) => {
    change -= crossings.between(nodes[upper], nodes[upper + 1]);
    rows.exchange(nodes, upper);
    change += crossings.between(nodes[upper], nodes[upper + 1]);
    at = next;
    if (change < least) {
      least = change;
      best = at;
    }
  };
  while (at > Math.max(0, start - SIFTING_REACH)) {
    step(at - 1, at - 1);
  }
  while (at < Math.min(nodes.length - 1, start + SIFTING_REACH)) {
    step(at, at + 1);
  }
  for (; at > best; at--) {
    rows.exchange(nodes, at - 1);
  }
}

/** Returns how many crossings are left. */
function exchangeWhileWorthwhile(rows: Rows, crossings: StraightCrossings): number {
  let left = crossings.total();
  for (let removed = left; left > 0 && removed >= left * WORTHWHILE && crossings.comparisons < COMPARISONS; left -= removed) {
    removed = exchangeNeighbours(rows, crossings);
  }
  return left;
}

/** One pass over all neighbours in a layer. Returns how many crossings it removed. */
function exchangeNeighbours(rows: Rows, crossings: StraightCrossings): number {
  let removed = 0;
  rows.layers.forEach((nodes) => {
    for (let i = 0; i + 1 < nodes.length && crossings.comparisons < COMPARISONS; i++) {
      const before = crossings.at(nodes[i], nodes[i + 1]);
      if (before === 0) {
        continue;
      }
      rows.exchange(nodes, i);
      const after = crossings.at(nodes[i], nodes[i + 1]);
      if (after < before) {
        removed += before - after;
      } else {
        rows.exchange(nodes, i);
      }
    }
  });
  return removed;
}

/** Nodes by layer, with the heights that follow from it: rows one unit apart, every layer centred on 0. */
class Rows {
  readonly y: Float64Array;
  readonly layers: Uint32Array[];
  private readonly wanted: Float64Array;
  private readonly out: Adjacency;
  private readonly into: Adjacency;

  constructor(
    private readonly topology: Topology,
    private readonly layer: Uint32Array
  ) {
    const { nodeCount, edgeSource, edgeTarget } = topology;
    this.out = adjacencyBy(edgeSource, nodeCount);
    this.into = adjacencyBy(edgeTarget, nodeCount);
    this.y = new Float64Array(nodeCount);
    this.wanted = new Float64Array(nodeCount);
    const byLayer = adjacencyBy(layer, layer.reduce((most, l) => Math.max(most, l + 1), 0));
    this.layers = Array.from({ length: byLayer.offset.length - 1 }, (_, l) => byLayer.edge.slice(byLayer.offset[l], byLayer.offset[l + 1]));
    this.layers.forEach((nodes) => this.space(nodes));
  }

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

  private space(nodes: Uint32Array): void {
    for (let i = 0; i < nodes.length; i++) {
      this.y[nodes[i]] = i - (nodes.length - 1) / 2;
    }
  }

  private meanOfNeighbours(v: number): number {
    const { edgeSource, edgeTarget } = this.topology;
    const { layer, y, out, into } = this;
    let sum = 0;
    let weights = 0;
    for (const [adjacency, end] of [[out, edgeTarget], [into, edgeSource]] as const) {
      for (let i = adjacency.offset[v]; i < adjacency.offset[v + 1]; i++) {
        const neighbour = end[adjacency.edge[i]];
        const weight = 1 / Math.abs(layer[neighbour] - layer[v]);
        sum += weight * y[neighbour];
        weights += weight;
      }
    }
    return weights > 0 ? sum / weights : y[v];
  }
}
