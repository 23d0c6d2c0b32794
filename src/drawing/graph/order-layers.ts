import { countCrossings } from './count-crossings';
import type { ProperLayers } from './proper-layers';
import type { Adjacency } from './topology';

/** Sweeps that no longer help end the search; more than this never paid on service graphs of up to 1,200 nodes. */
const MAX_SWEEPS = 24;
const PATIENCE = 4;

/**
 * The order of the nodes within each layer, with few crossings: barycentre sweeps to and fro (Sugiyama, 1981), the best
 * order seen is kept.
 *
 * @returns per layer its nodes from top to bottom.
 */
export function orderLayers(graph: ProperLayers): Uint32Array[] {
  let order = initialOrder(graph);
  const position = new Uint32Array(graph.nodeCount);
  writePositions(order, position);
  let best = order.map((nodes) => nodes.slice());
  let bestCrossings = totalCrossings(graph, position);
  for (let sweep = 0, stale = 0; sweep < MAX_SWEEPS && stale < PATIENCE && bestCrossings > 0; sweep++) {
    order = sweepOnce(graph, order, position, sweep % 2 === 0);
    const crossings = totalCrossings(graph, position);
    if (crossings < bestCrossings) {
      best = order.map((nodes) => nodes.slice());
      bestCrossings = crossings;
      stale = 0;
    } else {
      stale++;
    }
  }
  return best;
}

/** Depth-first from the leftmost nodes, so that what belongs together starts together. */
function initialOrder(graph: ProperLayers): Uint32Array[] {
  const layers: number[][] = Array.from({ length: graph.layerCount }, () => []);
  const seen = new Uint8Array(graph.nodeCount);
  const starts = Array.from({ length: graph.realCount }, (_, v) => v).sort((a, b) => graph.layer[a] - graph.layer[b] || a - b);
  for (const start of starts) {
    const stack = [start];
    for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
      if (seen[v]) {
        continue;
      }
      seen[v] = 1;
      layers[graph.layer[v]].push(v);
      for (let i = graph.rightward.offset[v + 1] - 1; i >= graph.rightward.offset[v]; i--) {
        stack.push(graph.segmentTarget[graph.rightward.edge[i]]);
      }
    }
  }
  return layers.map((nodes) => Uint32Array.from(nodes));
}

function sweepOnce(graph: ProperLayers, order: readonly Uint32Array[], position: Uint32Array, rightward: boolean): Uint32Array[] {
  const next = order.slice();
  for (let step = 1; step < order.length; step++) {
    const l = rightward ? step : order.length - 1 - step;
    next[l] = rightward
      ? byBarycentre(next[l], graph.leftward, graph.segmentSource, position)
      : byBarycentre(next[l], graph.rightward, graph.segmentTarget, position);
    next[l].forEach((v, i) => (position[v] = i));
  }
  return next;
}

function byBarycentre(nodes: Uint32Array, fixed: Adjacency, fixedEnd: Uint32Array, position: Uint32Array): Uint32Array {
  const weight = new Map<number, number>();
  for (const v of nodes) {
    const from = fixed.offset[v];
    const to = fixed.offset[v + 1];
    let sum = 0;
    for (let i = from; i < to; i++) {
      sum += position[fixedEnd[fixed.edge[i]]];
    }
    weight.set(v, to > from ? sum / (to - from) : position[v]);
  }
  const at = (v: number) => weight.get(v) ?? 0;
  return nodes.slice().sort((a, b) => at(a) - at(b) || position[a] - position[b]);
}

function totalCrossings(graph: ProperLayers, position: Uint32Array): number {
  const sources: number[][] = Array.from({ length: graph.layerCount }, () => []);
  const targets: number[][] = Array.from({ length: graph.layerCount }, () => []);
  graph.segmentSource.forEach((v, s) => {
    sources[graph.layer[v]].push(position[v]);
    targets[graph.layer[v]].push(position[graph.segmentTarget[s]]);
  });
  return sources.reduce((sum, positions, l) => sum + countCrossings(positions, targets[l]), 0);
}

function writePositions(order: readonly Uint32Array[], position: Uint32Array): void {
  for (const nodes of order) {
    nodes.forEach((v, i) => (position[v] = i));
  }
}
