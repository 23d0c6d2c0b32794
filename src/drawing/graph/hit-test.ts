import { CURVE_STRIDE, NODE_HEIGHT, NODE_WIDTH, pointOnEdge, type MapGeometry } from './map-geometry';

export type MapHit = { readonly kind: 'node'; readonly index: number } | { readonly kind: 'edge'; readonly index: number };

/** Pieces a curve is cut into: at this number the chords are within 1 px of the curve at the distances of a map. */
const CURVE_PIECES = 16;

/**
 * What lies under a point of graph space: a node before an edge, the last drawn before the first, else undefined.
 *
 * @param tolerance distance from an edge that still counts, in graph space
 */
export function hitTest(geometry: MapGeometry, x: number, y: number, tolerance: number): MapHit | undefined {
  for (let v = geometry.nodeX.length - 1; v >= 0; v--) {
    if (Math.abs(x - geometry.nodeX[v]) <= NODE_WIDTH / 2 && Math.abs(y - geometry.nodeY[v]) <= NODE_HEIGHT / 2) {
      return { kind: 'node', index: v };
    }
  }
  const edgeCount = geometry.curves.length / CURVE_STRIDE;
  let nearest: MapHit | undefined;
  let nearestDistance = tolerance;
  for (let e = 0; e < edgeCount; e++) {
    const distance = isNearEdge(geometry, e, x, y, nearestDistance) ? distanceToEdge(geometry, e, x, y) : Infinity;
    if (distance <= nearestDistance) {
      nearest = { kind: 'edge', index: e };
      nearestDistance = distance;
    }
  }
  return nearest;
}

/** Whether the point is as near as this to the curve's control polygon, which the curve does not leave. */
function isNearEdge({ curves }: MapGeometry, edge: number, x: number, y: number, distance: number): boolean {
  const c = edge * CURVE_STRIDE;
  return (
    x >= Math.min(curves[c], curves[c + 2], curves[c + 4], curves[c + 6]) - distance &&
    x <= Math.max(curves[c], curves[c + 2], curves[c + 4], curves[c + 6]) + distance &&
    y >= Math.min(curves[c + 1], curves[c + 3], curves[c + 5], curves[c + 7]) - distance &&
    y <= Math.max(curves[c + 1], curves[c + 3], curves[c + 5], curves[c + 7]) + distance
  );
}

function distanceToEdge(geometry: MapGeometry, edge: number, x: number, y: number): number {
  let nearest = Infinity;
  let from = pointOnEdge(geometry, edge, 0);
  for (let piece = 1; piece <= CURVE_PIECES; piece++) {
    const to = pointOnEdge(geometry, edge, piece / CURVE_PIECES);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length2 = dx * dx + dy * dy || 1;
    const t = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length2));
    nearest = Math.min(nearest, Math.hypot(x - from.x - t * dx, y - from.y - t * dy));
    from = to;
  }
  return nearest;
}
