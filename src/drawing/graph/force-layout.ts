import { SERVICE_MAP_SPACING, type GraphLayout, type LayeredOptions } from './layered-layout';
import { BodyTree } from './body-tree';
import { separateCards } from './separate-cards';
import type { Topology } from './topology';

/** From the first step to the last the distance a node may move in one shrinks from START to END, in ideal edge lengths. */
const STEPS = 240;
const START = 1;
const END = 0.01;
/** Pull towards the middle, so that parts that are not connected stay on one picture. */
const GRAVITY = 0.06;
/** Cards are about four times as wide as high: distances across are shortened while forces are at work. */
const CARD_ASPECT = 2.2;

/**
 * Force-directed layout (Fruchterman and Reingold, 1991): edges pull like springs, nodes push one another away, far ones
 * taken together (Barnes and Hut, 1986). Nothing is random: nodes start on a sunflower spiral, so that the same topology
 * gives the same places. Cards that would overlap are pushed apart at the end.
 */
export function forceLayout(topology: Topology, options: LayeredOptions = SERVICE_MAP_SPACING): GraphLayout {
  const { nodeCount } = topology;
  const length = options.layerDistance * 0.9;
  const { x, y } = sunflower(nodeCount, length);
  const forceX = new Float64Array(nodeCount);
  const forceY = new Float64Array(nodeCount);
  for (let step = 0; step < STEPS; step++) {
    forceX.fill(0);
    forceY.fill(0);
    pushApart(x, y, forceX, forceY, length);
    pullTogether(topology, x, y, forceX, forceY, length);
    const most = length * START * (END / START) ** (step / STEPS);
    for (let v = 0; v < nodeCount; v++) {
      const fx = forceX[v] - x[v] * GRAVITY;
      const fy = forceY[v] - y[v] * GRAVITY;
      const strength = Math.hypot(fx, fy) || 1;
      const move = Math.min(strength, most) / strength;
      x[v] += fx * move;
      y[v] += fy * move;
    }
  }
  return separateCards({ x: x.map((value) => value * CARD_ASPECT), y }, options);
}

/** Evenly over a disc, each node a golden angle on from the last. */
function sunflower(nodeCount: number, length: number): { x: Float64Array; y: Float64Array } {
  const goldenAngle = Math.PI * (3 - Math.sqrt(5));
  const place = (v: number) => ({ radius: length * 0.6 * Math.sqrt(v + 0.5), angle: v * goldenAngle });
  const nodes = Array.from({ length: nodeCount }, (_, v) => place(v));
  return {
    x: Float64Array.from(nodes, ({ radius, angle }) => radius * Math.cos(angle)),
    y: Float64Array.from(nodes, ({ radius, angle }) => radius * Math.sin(angle)),
  };
}

function pushApart(x: Float64Array, y: Float64Array, forceX: Float64Array, forceY: Float64Array, length: number): void {
  const tree = new BodyTree(x, y);
  for (let v = 0; v < x.length; v++) {
    tree.push(v, length * length, forceX, forceY);
  }
}

function pullTogether({ edgeSource, edgeTarget, nodeCount }: Topology, x: Float64Array, y: Float64Array, forceX: Float64Array, forceY: Float64Array, length: number): void {
  const degree = new Uint32Array(nodeCount);
  for (let e = 0; e < edgeSource.length; e++) {
    degree[edgeSource[e]]++;
    degree[edgeTarget[e]]++;
  }
  for (let e = 0; e < edgeSource.length; e++) {
    const [a, b] = [edgeSource[e], edgeTarget[e]];
    const [dx, dy] = [x[b] - x[a], y[b] - y[a]];
    // A hub's many springs pull less each, else everything would hang in one knot round it.
    const pull = Math.hypot(dx, dy) / length / Math.sqrt(Math.min(degree[a], degree[b]) || 1);
    forceX[a] += dx * pull;
    forceY[a] += dy * pull;
    forceX[b] -= dx * pull;
    forceY[b] -= dy * pull;
  }
}
