import type { Rect, Viewport } from '../spaces';
import { PLATES_FROM_SCALE } from './draw-small-nodes';
import type { Ink } from './ink';
import { CURVE_STRIDE, pointOnEdge, type MapGeometry } from './map-geometry';
import type { MapScene } from './map-scene';

/** Lines get thinner with the map, but not below this share of their width: the strong are still seen to be strong. */
const THINNEST_SHARE = 0.35;
const THINNEST_PX = 0.5;
/** Rasterising a path takes longer than its curves one by one when they are many, and so does stroking each for itself. */
const CURVES_PER_PATH = 24;

/** Edges that are stroked together. */
interface Stroke {
  readonly dash: readonly number[];
  readonly isMarked: boolean;
  readonly widthPx: number;
  readonly alpha: number;
  readonly colour: string;
  readonly edges: number[];
}

/**
 * Draws edges in as few strokes as there are kinds of line, the weak under the strong. In view space.
 *
 * @param order of these edges, from the weakest to the strongest
 * @param strong where these edges are brought out: those of them that are chosen themselves
 */
export function drawEdges(ctx: Ink, scene: MapScene, viewport: Viewport, visible: Rect, order: Uint32Array, strong?: ReadonlySet<number>): void {
  drawStrokes(ctx, scene, viewport, strokesOf(scene, viewport.scale, visible, order, strong));
}

/** Draws all edges of a picture that has many as its faint background: hairlines, whatever their figures. In view space. */
export function drawCrowd(ctx: Ink, scene: MapScene, viewport: Viewport, visible: Rect, order: Uint32Array): void {
  const { picture, palette, crowdAlpha } = scene;
  const edges = [...order].filter((e) => touches(picture.geometry.curves, e * CURVE_STRIDE, visible));
  drawStrokes(ctx, scene, viewport, [{ dash: [], widthPx: lineWidthPx(1, viewport.scale), alpha: crowdAlpha, colour: palette.edge, isMarked: false, edges }]);
}

function drawStrokes(ctx: Ink, scene: MapScene, viewport: Viewport, strokes: readonly Stroke[]): void {
  ctx.save();
  ctx.translate(viewport.offsetXPx, viewport.offsetYPx);
  ctx.scale(viewport.scale, viewport.scale);
  ctx.lineCap = 'butt';
  for (const stroke of strokes) {
    ctx.globalAlpha = stroke.alpha;
    ctx.strokeStyle = stroke.colour;
    ctx.lineWidth = stroke.widthPx / viewport.scale;
    ctx.setLineDash(stroke.dash as number[]);
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
        traceArrowHead(ctx, scene.picture.geometry, e, 6 + stroke.widthPx);
      }
      ctx.fill();
    }
  }
  ctx.restore();
  ctx.globalAlpha = 1;
}

function strokesOf({ picture: { geometry }, palette, edges }: MapScene, scale: number, visible: Rect, order: Uint32Array, strong: ReadonlySet<number> | undefined): Stroke[] {
  const strokes = new Map<string, Stroke>();
  for (const e of order) {
    if (!touches(geometry.curves, e * CURVE_STRIDE, visible)) {
      continue;
    }
    const { isMarked, dash, ...ink } = edges[e];
    const alpha = strong ? 1 : ink.alpha;
    const colour = strong && !isMarked ? palette.accent : ink.colour;
    const widthPx = lineWidthPx(ink.widthPx + (strong?.has(e) ? 1 : 0), scale);
    const key = `${alpha}|${isMarked}|${colour}|${widthPx}|${dash.length > 0 ? dash[0] : 0}`;
    const stroke = strokes.get(key);
    if (stroke) {
      stroke.edges.push(e);
    } else {
      strokes.set(key, { dash, isMarked, widthPx, alpha, colour, edges: [e] });
    }
  }
  return [...strokes.values()].sort((a, b) => a.alpha - b.alpha || Number(a.isMarked) - Number(b.isMarked) || a.widthPx - b.widthPx);
}

const lineWidthPx = (widthPx: number, scale: number): number => Math.max(THINNEST_PX, widthPx * Math.min(1, Math.max(THINNEST_SHARE, scale * 1.2)));

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
