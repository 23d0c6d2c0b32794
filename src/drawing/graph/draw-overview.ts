import type { Rect, Viewport } from '../spaces';
import type { MapPicture } from './draw-map';
import { ellipsis } from './ellipsis';
import type { Ink } from './ink';
import { CURVE_STRIDE, NODE_HEIGHT, NODE_WIDTH, type MapGeometry } from './map-geometry';
import type { MapModel } from './map-model';
import type { MapPalette } from './map-palette';
import { edgeColour, edgeWeight, nodeColour, type MapStyle } from './map-style';

/** Below this scale a card's text could not be read: the map is drawn as an overview. */
export const OVERVIEW_SCALE = 0.45;

/**
 * The busiest edges are drawn strong, the many others as a faint background: by rank, so that a picture has as many
 * strong lines as one can follow, however many edges there are.
 */
const STRENGTHS = [
  { upToRank: 40, alpha: 0.85, widthPx: 2 },
  { upToRank: 200, alpha: 0.45, widthPx: 1.25 },
  { upToRank: 700, alpha: 0.2, widthPx: 0.75 },
  { upToRank: Infinity, alpha: 0.09, widthPx: 0.5 },
] as const;
const FADED_ALPHA = 0.05;

const LABEL_FONT_PX = 11;
const LABEL_HEIGHT_PX = 16;
const LABEL_ROOM_PX = 150;

/** The items that are brought out; everything else fades. */
export interface Neighbourhood {
  readonly nodes: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
}

/**
 * Draws a map too small for cards: edges in a few strokes for all of one strength and colour, nodes as blocks in the colour
 * of their errors, and the names of the busiest services wherever they find room.
 */
export function drawOverview(ctx: Ink, { model, geometry, style }: MapPicture, viewport: Viewport, palette: MapPalette, near: Neighbourhood | undefined): void {
  ctx.save();
  ctx.translate(viewport.offsetXPx, viewport.offsetYPx);
  ctx.scale(viewport.scale, viewport.scale);
  strokeEdges(ctx, model, geometry, viewport, style, palette, near);
  fillNodes(ctx, model, geometry, style, palette, near);
  ctx.restore();
  ctx.globalAlpha = 1;
  writeNames(ctx, model, geometry, viewport, palette, near);
}

interface Stroke {
  readonly colour: string;
  readonly widthPx: number;
  readonly alpha: number;
  readonly edges: number[];
}

function strokeEdges(ctx: Ink, model: MapModel, { curves }: MapGeometry, viewport: Viewport, style: MapStyle, palette: MapPalette, near: Neighbourhood | undefined): void {
  // Weak before strong, so that the strong lie on top.
  for (const { colour, widthPx, alpha, edges } of strokesOf(model, style, palette, near).reverse()) {
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = colour;
    ctx.lineWidth = widthPx / viewport.scale;
    ctx.beginPath();
    for (const e of edges) {
      const c = e * CURVE_STRIDE;
      ctx.moveTo(curves[c], curves[c + 1]);
      ctx.bezierCurveTo(curves[c + 2], curves[c + 3], curves[c + 4], curves[c + 5], curves[c + 6], curves[c + 7]);
    }
    ctx.stroke();
  }
}

function strokesOf({ edges }: MapModel, style: MapStyle, palette: MapPalette, near: Neighbourhood | undefined): Stroke[] {
  const weights = edges.map((edge) => edgeWeight(edge, style.edgeWeighting));
  const rank = new Uint32Array(edges.length);
  edges.map((_, e) => e).sort((a, b) => weights[b] - weights[a] || a - b).forEach((e, i) => (rank[e] = i));
  const strokes = new Map<string, Stroke>();
  edges.forEach((edge, e) => {
    const isNear = near?.edges.has(e) ?? false;
    const strength = isNear ? STRENGTHS[0] : (STRENGTHS.find(({ upToRank }) => rank[e] < upToRank) ?? STRENGTHS[STRENGTHS.length - 1]);
    const colour = edgeColour(edge, style, palette) ?? (isNear ? palette.accent : palette.edge);
    const alpha = near && !isNear ? FADED_ALPHA : strength.alpha;
    const key = `${alpha}|${colour}`;
    const stroke = strokes.get(key) ?? { colour, widthPx: strength.widthPx, alpha, edges: [] };
    stroke.edges.push(e);
    strokes.set(key, stroke);
  });
  return [...strokes.values()].sort((a, b) => b.alpha - a.alpha);
}

function fillNodes(ctx: Ink, model: MapModel, { nodeX, nodeY }: MapGeometry, style: MapStyle, palette: MapPalette, near: Neighbourhood | undefined): void {
  model.nodes.forEach((node, v) => {
    ctx.globalAlpha = !near || near.nodes.has(v) ? 1 : 0.25;
    ctx.fillStyle = nodeColour(node, style) ?? palette.textFaint;
    ctx.fillRect(nodeX[v] - NODE_WIDTH / 2, nodeY[v] - NODE_HEIGHT / 2, NODE_WIDTH, NODE_HEIGHT);
  });
}

function writeNames(ctx: Ink, model: MapModel, { nodeX, nodeY }: MapGeometry, viewport: Viewport, palette: MapPalette, near: Neighbourhood | undefined): void {
  const calls = new Map(model.nodes.map(({ id, count }) => [id, count]));
  for (const { source, count } of model.edges) {
    calls.set(source, (calls.get(source) ?? 0) + count);
  }
  const byImportance = model.nodes
    .map(({ id, name }, v) => ({ v, name, calls: calls.get(id) ?? 0 }))
    .filter(({ v }) => !near || near.nodes.has(v))
    .sort((a, b) => b.calls - a.calls || a.v - b.v);
  ctx.font = `500 ${LABEL_FONT_PX}px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const taken = new TakenRows();
  for (const { v, name } of byImportance) {
    const [xPx, yPx] = [nodeX[v] * viewport.scale + viewport.offsetXPx, nodeY[v] * viewport.scale + viewport.offsetYPx];
    if (!taken.isFree({ x: xPx - LABEL_FONT_PX, y: yPx - LABEL_HEIGHT_PX / 2, width: 2 * LABEL_FONT_PX, height: LABEL_HEIGHT_PX })) {
      continue;
    }
    const text = ellipsis(ctx, name, LABEL_ROOM_PX);
    const width = ctx.measureText(text).width + 6;
    const rect = { x: xPx - width / 2, y: yPx - LABEL_HEIGHT_PX / 2, width, height: LABEL_HEIGHT_PX };
    if (taken.isFree(rect)) {
      taken.take(rect);
      ctx.globalAlpha = 0.85;
      ctx.fillStyle = palette.background;
      ctx.fillRect(rect.x, rect.y, rect.width, rect.height);
      ctx.globalAlpha = 1;
      ctx.fillStyle = palette.text;
      ctx.fillText(text, xPx, yPx);
    }
  }
}

/** Rectangles of a label's height by rows of that height, so that a look-up sees only those near. */
class TakenRows {
  private readonly rows = new Map<number, Rect[]>();

  isFree(rect: Rect): boolean {
    const row = Math.floor(rect.y / LABEL_HEIGHT_PX);
    return [row - 1, row, row + 1].every((r) => !this.rows.get(r)?.some((other) => overlap(rect, other)));
  }

  take(rect: Rect): void {
    const row = Math.floor(rect.y / LABEL_HEIGHT_PX);
    this.rows.set(row, [...(this.rows.get(row) ?? []), rect]);
  }
}

const overlap = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
