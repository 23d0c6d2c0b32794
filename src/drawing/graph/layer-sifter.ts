import type { LayerRows } from './layer-rows';
import { adjacencyBy, type Adjacency, type Topology } from './topology';

/** Passes over one layer; the last ones move next to nothing. */
const MOST_PASSES = 12;

/**
 * Improves the order of one layer while the others stay: sifting (Matuszewski, Schönfeld and Molitor, 1999), each node to
 * the place where its edges cross fewest others, again and again until none moves.
 *
 * What an edge crosses next to a layer depends on where it meets the neighbouring layers; a longer edge meets them on its
 * straight line, and one that passes through the layer counts like a node that stays. How often the edges of two nodes cross
 * in either order is counted once for each pair (by merging their sorted ends), so that trying a place is an addition.
 */
export class LayerSifter {
  private readonly out: Adjacency;
  private readonly into: Adjacency;
  /** Edges that start left of layer l and end right of it. */
  private readonly through: readonly Uint32Array[];
  /** Pairs of edge ends compared so far: a measure of work that is the same on every machine. */
  comparisons = 0;

  /** @param topology acyclic: every edge goes to a higher layer */
  constructor(
    private readonly topology: Topology,
    private readonly rows: LayerRows
  ) {
    const { nodeCount, edgeSource, edgeTarget } = topology;
    this.out = adjacencyBy(edgeSource, nodeCount);
    this.into = adjacencyBy(edgeTarget, nodeCount);
    const through: number[][] = rows.layers.map(() => []);
    edgeSource.forEach((source, e) => {
      for (let l = rows.layerOf[source] + 1; l < rows.layerOf[edgeTarget[e]]; l++) {
        through[l].push(e);
      }
    });
    this.through = through.map((edges) => Uint32Array.from(edges));
  }

  /** Returns how many crossings that removed, as far as the edges next to the layer tell. */
  sift(layer: number): number {
    const nodes = this.rows.layers[layer];
    const count = nodes.length;
    if (count < 2) {
      return 0;
    }
    const items = nodes.slice();
    const right = this.meetings(items, this.out, 1);
    const left = this.meetings(items, this.into, -1);
    const gain = this.pairGains(count, right, left);
    const passing = this.passingGains(layer, count, right, left);

    // Positions in `items`, which stays as it was: gains are looked up by it.
    const order = Uint32Array.from(items, (_, i) => i);
    let removed = 0;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      let removedInPass = 0;
      for (let item = 0; item < count; item++) {
        removedInPass += moveToBest(order, order.indexOf(item), gain, passing);
      }
      removed += removedInPass;
      if (removedInPass === 0) {
        break;
      }
    }
    order.forEach((item, row) => (nodes[row] = items[item]));
    this.rows.space(nodes);
    return removed;
  }

  /** Where the edges of each node meet the next layer to one side, sorted. */
  private meetings(items: Uint32Array, adjacency: Adjacency, side: 1 | -1): Meetings {
    const { edgeSource, edgeTarget } = this.topology;
    const { y, layerOf } = this.rows;
    const end = side === 1 ? edgeTarget : edgeSource;
    const offset = new Uint32Array(items.length + 1);
    items.forEach((v, i) => (offset[i + 1] = offset[i] + adjacency.offset[v + 1] - adjacency.offset[v]));
    const at = new Float64Array(offset[items.length]);
    items.forEach((v, i) => {
      for (let k = adjacency.offset[v], to = offset[i]; k < adjacency.offset[v + 1]; k++, to++) {
        const w = end[adjacency.edge[k]];
        at[to] = y[v] + (y[w] - y[v]) / Math.abs(layerOf[w] - layerOf[v]);
      }
      sortRun(at, offset[i], offset[i + 1]);
    });
    return { offset, at };
  }

  /** Entry i · count + j: crossings that go away where j, now below i, is put above it. */
  private pairGains(count: number, right: Meetings, left: Meetings): Int32Array {
    const gain = new Int32Array(count * count);
    for (const { offset, at } of [right, left]) {
      this.comparisons += at.length * count;
      for (let i = 0; i < count; i++) {
        const [from, to] = [offset[i], offset[i + 1]];
        if (from === to) {
          continue;
        }
        for (let j = i + 1; j < count; j++) {
          const fewer = inversions(at, from, to, at, offset[j], offset[j + 1]);
          gain[i * count + j] += fewer;
          gain[j * count + i] -= fewer;
        }
      }
    }
    return gain;
  }

  /**
   * Entry row · count + i: crossings with edges that pass between this row and the next that go away where node i moves
   * from above them to below.
   */
  private passingGains(layer: number, count: number, right: Meetings, left: Meetings): Int32Array {
    const { edgeSource, edgeTarget } = this.topology;
    const { y, layerOf } = this.rows;
    const passing: Array<{ readonly right: number[]; readonly left: number[] }> = Array.from({ length: count - 1 }, () => ({ right: [], left: [] }));
    for (const e of this.through[layer]) {
      const [v, w] = [edgeSource[e], edgeTarget[e]];
      const slope = (y[w] - y[v]) / (layerOf[w] - layerOf[v]);
      const here = y[v] + slope * (layer - layerOf[v]);
      const row = Math.floor(here + (count - 1) / 2);
      passing[row]?.right.push(here + slope);
      passing[row]?.left.push(here - slope);
    }
    const gain = new Int32Array((count - 1) * count);
    passing.forEach((ends, row) => {
      for (const [meetings, values] of [[right, ends.right], [left, ends.left]] as const) {
        if (values.length === 0) {
          continue;
        }
        this.comparisons += meetings.at.length;
        const sorted = Float64Array.from(values).sort();
        for (let i = 0; i < count; i++) {
          gain[row * count + i] += inversions(meetings.at, meetings.offset[i], meetings.offset[i + 1], sorted, 0, sorted.length);
        }
      }
    });
    return gain;
  }
}

/** Sorted places where the edges of item i meet a layer: `at[offset[i]] … at[offset[i + 1] - 1]`. */
interface Meetings {
  readonly offset: Uint32Array;
  readonly at: Float64Array;
}

/** Up to this length a run is sorted by insertion, without the cost of a call into the engine. */
const SHORT_RUN = 24;

function sortRun(at: Float64Array, from: number, to: number): void {
  if (to - from > SHORT_RUN) {
    at.subarray(from, to).sort();
    return;
  }
  for (let next = from + 1; next < to; next++) {
    const value = at[next];
    let i = next;
    for (; i > from && at[i - 1] > value; i--) {
      at[i] = at[i - 1];
    }
    at[i] = value;
  }
}

/** Pairs of the first run above minus pairs below: crossings that go away where the second run's node is put above the first's. */
function inversions(at: Float64Array, from: number, to: number, other: Float64Array, otherFrom: number, otherTo: number): number {
  if (at[to - 1] < other[otherFrom]) {
    return (from - to) * (otherTo - otherFrom);
  }
  if (at[from] > other[otherTo - 1]) {
    return (to - from) * (otherTo - otherFrom);
  }
  let less = from;
  let notMore = from;
  let balanceOfPairs = 0;
  for (let k = otherFrom; k < otherTo; k++) {
    const value = other[k];
    while (less < to && at[less] < value) {
      less++;
    }
    if (notMore < less) {
      notMore = less;
    }
    while (notMore < to && at[notMore] <= value) {
      notMore++;
    }
    balanceOfPairs += to - notMore - (less - from);
  }
  return balanceOfPairs;
}

/** Moves one item of the order to where most crossings go away; returns how many. */
function moveToBest(order: Uint32Array, start: number, gain: Int32Array, passing: Int32Array): number {
  const count = order.length;
  const item = order[start];
  let best = start;
  let most = 0;
  let sum = 0;
  for (let row = start - 1; row >= 0; row--) {
    const other = order[row];
    sum += gain[other * count + item] - passing[row * count + item] + passing[row * count + other];
    if (sum > most) {
      most = sum;
      best = row;
    }
  }
  sum = 0;
  for (let row = start + 1; row < count; row++) {
    const other = order[row];
    sum += gain[item * count + other] + passing[(row - 1) * count + item] - passing[(row - 1) * count + other];
    if (sum > most) {
      most = sum;
      best = row;
    }
  }
  if (most === 0) {
    return 0;
  }
  if (best < start) {
    order.copyWithin(best + 1, best, start);
  } else {
    order.copyWithin(start, start + 1, best + 1);
  }
  order[best] = item;
  return most;
}
