import type { Rect, Viewport } from '../spaces';
import { PLATES_FROM_SCALE } from './draw-small-nodes';
import type { Ink } from './ink';
import { CURVE_STRIDE, pointOnEdge, type MapGeometry } from './map-geometry';
import type { EdgeInk, MapScene } from './map-scene';

/** Lines get thinner with the map, but not below this share of their width: the strong are still seen to be strong. */
const THINNEST_SHARE = 0.35;
const THINNEST_PX = 0.5;
const FADED_ALPHA = 0.06;
/** Rasterising a path takes longer than its curves one by one when they are many, and so does stroking each for itself. */
const CURVES_PER_PATH = 24;

/** Edges that are stroked together. */
interface Stroke {
  readonly ink: EdgeInk;
  readonly widthPx: number;
  readonly alpha: number;
  readonly colour: string;
  readonly edges: number[];
}

/**
 * Draws the edges, the weak under the strong, in as few strokes as there are kinds of line. In view space.
 *
 * @param near the emphasised edges; all others fade
 */
export function drawEdges(ctx: Ink, scene: MapScene, viewport: Viewport, visible: Rect, near: ReadonlySet<number> | undefined, strong: ReadonlySet<number>): void {
  const { geometry } = scene.picture;
  ctx.save();
  ctx.translate(viewport.offsetXPx, viewport.offsetYPx);
  ctx.scale(viewport.scale, viewport.scale);
  ctx.lineCap = 'butt';
  for (const stroke of strokesOf(scene, viewport.scale, visible, near, strong)) {
    ctx.globalAlpha = stroke.alpha;
    ctx.strokeStyle = stroke.colour;
    ctx.lineWidth = stroke.widthPx / viewport.scale;
    ctx.setLineDash(stroke.ink.dash as number[]);
    for (let from = 0; from < stroke.edges.length; from += CURVES_PER_PATH) {
      ctx.beginPath();
      for (let i = from; i < Math.min(from + CURVES_PER_PATH, stroke.edges.length); i++) {
        traceCurve(ctx, scene, stroke.edges[i], viewport.scale < PLATES_FROM_SCALE);
      }
      ctx.stroke();
    }
    if (viewport.scale >= PLATES_FROM_SCALE) {
      ctx.fillStyle = stroke.colour;
      ctx.beginPath();
      for (const e of stroke.edges) {
        traceArrowHead(ctx, geometry, e, 6 + stroke.widthPx);
      }
      ctx.fill();
    }
  }
  ctx.restore();
  ctx.globalAlpha = 1;
}

function strokesOf({ picture: { geometry }, palette, edges, edgeOrder }: MapScene, scale: number, visible: Rect, near: ReadonlySet<number> | undefined, strong: ReadonlySet<number>): Iterable<Stroke> {
  const strokes = new Map<string, Stroke>();
  for (const e of edgeOrder) {
    if (!touches(geometry.curves, e * CURVE_STRIDE, visible)) {
      continue;
    }
    const ink = edges[e];
    const isNear = near?.has(e) ?? false;
    const alpha = isNear ? 1 : near ? Math.min(FADED_ALPHA, ink.alpha) : ink.alpha;
    const colour = (isNear || strong.has(e)) && !ink.isMarked ? palette.accent : ink.colour;
    const widthPx = Math.max(THINNEST_PX, (ink.widthPx + (strong.has(e) ? 1 : 0)) * Math.min(1, Math.max(THINNEST_SHARE, scale * 1.2)));
    const key = `${alpha}|${ink.isMarked}|${colour}|${widthPx}|${ink.dash.length > 0 ? ink.dash[0] : 0}`;
    const stroke = strokes.get(key);
    if (stroke) {
      stroke.edges.push(e);
    } else {
      strokes.set(key, { ink, widthPx, alpha, colour, edges: [e] });
    }
  }
  return [...strokes.values()].sort((a, b) => a.alpha - b.alpha || Number(a.ink.isMarked) - Number(b.ink.isMarked) || a.widthPx - b.widthPx);
}

/** Whether the curve's control polygon, and so perhaps the curve, is on screen. */
function touches(curves: Float64Array, c: number, { x, y, width, height }: Rect): boolean {
  const left = Math.min(curves[c], curves[c + 2], curves[c + 4], curves[c + 6]);
  const right = Math.max(curves[c], curves[c + 2], curves[c + 4], curves[c + 6]);
  const top = Math.min(curves[c + 1], curves[c + 3], curves[c + 5], curves[c + 7]);
  const bottom = Math.max(curves[c + 1], curves[c + 3], curves[c + 5], curves[c + 7]);
  return right >= x && left <= x + width && bottom >= y && top <= y + height;
}

/** @param toCentres where nodes are dots: a curve ends where a card would begin */
function traceCurve(ctx: Ink, { picture: { geometry }, ends }: MapScene, e: number, toCentres: boolean): void {
  const { curves, nodeX, nodeY } = geometry;
  const c = e * CURVE_STRIDE;
  if (toCentres) {
    ctx.moveTo(nodeX[ends[2 * e]], nodeY[ends[2 * e]]);
    ctx.lineTo(curves[c], curves[c + 1]);
  } else {
    ctx.moveTo(curves[c], curves[c + 1]);
  }
  ctx.bezierCurveTo(curves[c + 2], curves[c + 3], curves[c + 4], curves[c + 5], curves[c + 6], curves[c + 7]);
  if (toCentres) {
    ctx.lineTo(nodeX[ends[2 * e + 1]], nodeY[ends[2 * e + 1]]);
  }
}

function traceArrowHead(ctx: Ink, geometry: MapGeometry, e: number, size: number): void {
  const tip = pointOnEdge(geometry, e, 1);
  const back = pointOnEdge(geometry, e, 0.94);
  const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
  ctx.moveTo(tip.x, tip.y);
  for (const side of [-0.42, 0.42]) {
    ctx.lineTo(tip.x - size * Math.cos(angle + side), tip.y - size * Math.sin(angle + side));
  }
  ctx.closePath();
}
