import { LayerRows } from './layer-rows';
import { LayerSifter } from './layer-sifter';
import { StraightCrossings } from './straight-crossings';
import type { Topology } from './topology';

/** More sweeps than this never paid on graphs of up to 1,200 nodes. */
const SWEEPS = 8;
/** Comparisons of edges that may be made, altogether about a tenth of a second's work. A graph whose first start takes all of its share gets no other. */
const WORK = { firstStart: 4_000_000, starts: 14_000_000, exchanges: 1_000_000 };
/** Most starts: more of them hardly ever find less. */
const MOST_STARTS = 24;
/** A pass that removes less than this share of the crossings is the last. */
const WORTHWHILE = 0.004;
/** A pass of sifting that removes less than this share of what the best pass did is the last. */
const WORTHWHILE_SIFTING = 0.03;
const SIFTING_PASSES = 12;
/** Share of a layer that is turned over for a fresh start. */
const LONGEST_TURN = 0.45;

/**
 * The order of the nodes within each layer, with few crossings of straight edges.
 *
 * Sweeps put each node at the mean height of its neighbours, sifting moves single nodes, exchanges of neighbours remove
 * what is left of crossings between long edges. Where the graph is small enough sifting starts again, from the best order
 * with parts of its layers turned over, as often as the work allows. Deterministic.
 *
 * @param acyclic every edge goes to a higher layer
 * @param starts how often at most
 * @returns per layer its nodes from top to bottom
 */
export function orderRows(acyclic: Topology, layer: Uint32Array, starts = MOST_STARTS): Uint32Array[] {
  const rows = new LayerRows(acyclic, layer);
  const crossings = new StraightCrossings(acyclic, layer, rows.y);
  const sifter = new LayerSifter(acyclic, rows);
  sweepToAndFro(rows);
  let best = rows.copy();
  let fewest = Infinity;
  let mayStart = true;
  for (let start = 0; start < starts && fewest > 0 && mayStart; start++) {
    const until = start === 0 ? WORK.firstStart : WORK.starts;
    if (start > 0) {
      rows.restore(best);
      turnParts(rows, start);
    }
    siftWhileWorthwhile(rows, sifter, () => sifter.comparisons < until);
    mayStart = sifter.comparisons < until;
    crossings.movedAll();
    const found = crossings.total();
    if (found < fewest) {
      best = rows.copy();
      fewest = found;
    }
  }
  rows.restore(best);
  const until = crossings.comparisons + WORK.exchanges;
  exchangeWhileWorthwhile(rows, crossings, fewest, () => crossings.comparisons < until);
  return rows.copy();
}

function sweepToAndFro(rows: LayerRows): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    rows.sweep(sweep % 2 === 0);
  }
}

/** Turns a part of each layer over, another one at every start. */
function turnParts(rows: LayerRows, start: number): void {
  rows.layers.forEach((nodes, l) => {
    const length = 2 + (hash(start, l) % Math.max(1, Math.floor(nodes.length * LONGEST_TURN)));
    const from = hash(l, start) % Math.max(1, nodes.length - length + 1);
    nodes.subarray(from, from + length).reverse();
    rows.space(nodes);
  });
}

const hash = (a: number, b: number): number => (Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) >>> 8;

/** Sifts layer after layer, to and fro. */
function siftWhileWorthwhile(rows: LayerRows, sifter: LayerSifter, hasWork: () => boolean): void {
  let most = 0;
  for (let pass = 0; pass < SIFTING_PASSES && hasWork(); pass++) {
    let removed = 0;
    for (let step = 0; step < rows.layers.length; step++) {
      removed += sifter.sift(pass % 2 === 0 ? step : rows.layers.length - 1 - step);
    }
    most = Math.max(most, removed);
    if (removed <= most * WORTHWHILE_SIFTING) {
      return;
    }
  }
}

/** @param total crossings there are */
function exchangeWhileWorthwhile(rows: LayerRows, crossings: StraightCrossings, total: number, hasWork: () => boolean): void {
  crossings.movedAll();
  let left = total;
  for (let removed = left; left > 0 && removed >= left * WORTHWHILE && hasWork(); left -= removed) {
    removed = exchangeNeighbours(rows, crossings, hasWork);
  }
}

/** One pass over all neighbours in a layer. Returns how many crossings it removed. */
function exchangeNeighbours(rows: LayerRows, crossings: StraightCrossings, hasWork: () => boolean): number {
  let removed = 0;
  for (const nodes of rows.layers) {
    for (let i = 0; i + 1 < nodes.length && hasWork(); i++) {
      const before = crossings.at(nodes[i], nodes[i + 1]);
      if (before === 0) {
        continue;
      }
      exchange(rows, crossings, nodes, i);
      const after = crossings.at(nodes[i], nodes[i + 1]);
      if (after < before) {
        removed += before - after;
      } else {
        exchange(rows, crossings, nodes, i);
      }
    }
  }
  return removed;
}

function exchange(rows: LayerRows, crossings: StraightCrossings, nodes: Uint32Array, i: number): void {
  rows.exchange(nodes, i);
  crossings.moved(nodes[i], nodes[i + 1]);
}
