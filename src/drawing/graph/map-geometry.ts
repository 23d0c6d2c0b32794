import type { Rect } from '../spaces';
import { clearCurve } from './clear-curve';
import type { MapModel } from './map-model';

export const NODE_WIDTH = 200;
export const NODE_HEIGHT = 52;

/** Opposite directions between two nodes leave and arrive this far from the middle of a node's side. */
const LANE_OFFSET = 9;
/** With more edges than this nobody follows a single one, and looking for ways round cards would take long. */
const MOST_EDGES_LED_ROUND = 300;
/** Numbers per edge in `curves`: start, two control points, end. */
export const CURVE_STRIDE = 8;

/** Where everything is, in graph space. Drawing and hit testing both read this, so they cannot disagree. */
export interface MapGeometry {
  /** Centres, by the model's node order. */
  readonly nodeX: Float64Array;
  readonly nodeY: Float64Array;
  /** Source and target of each edge, node indices. */
  readonly ends: Uint32Array;
  /** One cubic Bézier curve an edge, by the model's edge order: x0 y0 x1 y1 x2 y2 x3 y3. */
  readonly curves: Float64Array;
}

/**
 * @param last the geometry of the same nodes and edges in other places: what did not move is taken from it
 */
export function mapGeometry({ ends, isTwoWay }: MapTopology, nodeX: Float64Array, nodeY: Float64Array, last?: MapGeometry): MapGeometry {
  const edgeCount = isTwoWay.length;
  const curves = last?.curves.slice() ?? new Float64Array(edgeCount * CURVE_STRIDE);
  const isLedRound = edgeCount <= MOST_EDGES_LED_ROUND;
  const cards = isLedRound ? Array.from(nodeX, (x, v) => cardAt(x, nodeY[v])) : [];
  const stays = (v: number) => last !== undefined && last.nodeX[v] === nodeX[v] && last.nodeY[v] === nodeY[v];
  for (let e = 0; e < edgeCount; e++) {
    const [source, target] = [ends[2 * e], ends[2 * e + 1]];
    // A curve that is led round cards depends on all of them.
    if (!isLedRound && stays(source) && stays(target)) {
      continue;
    }
    const from = { x: nodeX[source], y: nodeY[source] };
    const to = { x: nodeX[target], y: nodeY[target] };
    const others = cards.filter((_, v) => v !== source && v !== target);
    curves.set(source === target ? loopCurve(from) : clearCurve(edgeCurve(from, to, isTwoWay[e] === 1), others), e * CURVE_STRIDE);
  }
  return { nodeX, nodeY, ends, curves };
}

/** What a geometry needs to know of the edges, in the model's order. */
export interface MapTopology {
  /** Source and target of each edge, node indices. */
  readonly ends: Uint32Array;
  /** 1 where there is an edge in the other direction too. */
  readonly isTwoWay: Uint8Array;
}

/** @throws Error where an edge names a node that is not in the model. */
export function mapTopology({ nodes, edges }: MapModel): MapTopology {
  const indexById = new Map(nodes.map(({ id }, v) => [id, v]));
  const ends = new Uint32Array(2 * edges.length);
  const pairs = new Set<number>();
  edges.forEach(({ id, source, target }, e) => {
    const [from, to] = [indexById.get(source), indexById.get(target)];
    if (from === undefined || to === undefined) {
      throw new Error(`expected both ends of edge ${id} among the nodes, got ${source} → ${target}`);
    }
    ends[2 * e] = from;
    ends[2 * e + 1] = to;
    pairs.add(from * nodes.length + to);
  });
  return { ends, isTwoWay: Uint8Array.from(edges, (_, e) => Number(pairs.has(ends[2 * e + 1] * nodes.length + ends[2 * e]))) };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** From the side of the source that faces the target to the facing side of the target. */
function edgeCurve(from: Point, to: Point, twoWay: boolean): number[] {
  const sameColumn = Math.abs(to.x - from.x) < NODE_WIDTH;
  if (sameColumn) {
    const downward = to.y >= from.y ? 1 : -1;
    // A bow on the right for calls down, on the left for calls up keeps the two directions apart.
    const side = downward * (NODE_WIDTH / 2);
    const bow = downward * (40 + Math.abs(to.y - from.y) * 0.18);
    return [from.x + side, from.y, from.x + side + bow, from.y, to.x + side + bow, to.y, to.x + side, to.y];
  }
  const rightward = to.x > from.x ? 1 : -1;
  const lane = twoWay ? rightward * LANE_OFFSET : 0;
  const x0 = from.x + rightward * (NODE_WIDTH / 2);
  const x3 = to.x - rightward * (NODE_WIDTH / 2);
  const reach = rightward * Math.max(30, Math.abs(x3 - x0) * 0.45);
  return [x0, from.y + lane, x0 + reach, from.y + lane, x3 - reach, to.y + lane, x3, to.y + lane];
}

/** A call of a service to itself: over its top right corner. */
function loopCurve({ x, y }: Point): number[] {
  const [right, top] = [x + NODE_WIDTH / 2, y - NODE_HEIGHT / 2];
  return [right - 44, top, right - 44, top - 44, right + 44, y - 6, right, y - 6];
}

/** The card of a node, in graph coordinates. */
export function nodeRect(geometry: MapGeometry, node: number): Rect {
  return cardAt(geometry.nodeX[node], geometry.nodeY[node]);
}

const cardAt = (x: number, y: number): Rect => ({ x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2, width: NODE_WIDTH, height: NODE_HEIGHT });

/** The point at `t` in [0, 1] along an edge. */
export function pointOnEdge({ curves }: MapGeometry, edge: number, t: number): Point {
  const c = edge * CURVE_STRIDE;
  const u = 1 - t;
  const [a, b, d, f] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return {
    x: a * curves[c] + b * curves[c + 2] + d * curves[c + 4] + f * curves[c + 6],
    y: a * curves[c + 1] + b * curves[c + 3] + d * curves[c + 5] + f * curves[c + 7],
  };
}

/** Points of an edge that are looked at: a curve bows out most between its ends. */
const BOUND_POINTS = [0.25, 0.5, 0.75];

/** What the map covers, with the bows of its edges. */
export function mapBounds(geometry: MapGeometry): Rect {
  const { nodeX, nodeY, curves } = geometry;
  if (nodeX.length === 0) {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const include = (x: number, y: number, halfWidth: number, halfHeight: number) => {
    left = Math.min(left, x - halfWidth);
    right = Math.max(right, x + halfWidth);
    top = Math.min(top, y - halfHeight);
    bottom = Math.max(bottom, y + halfHeight);
  };
  nodeX.forEach((x, v) => include(x, nodeY[v], NODE_WIDTH / 2, NODE_HEIGHT / 2));
  for (let e = 0; e < curves.length / CURVE_STRIDE; e++) {
    for (const t of BOUND_POINTS) {
      const { x, y } = pointOnEdge(geometry, e, t);
      include(x, y, 0, 0);
    }
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
