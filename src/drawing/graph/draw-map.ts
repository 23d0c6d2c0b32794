import { formatDuration, formatPercent, formatRate } from '../format-figures';
import type { Viewport } from '../spaces';
import { drawKindIcon } from './draw-kind-icon';
import { CURVE_STRIDE, NODE_HEIGHT, NODE_WIDTH, nodeRect, pointOnEdge, type MapGeometry } from './map-geometry';
import { errorRatio, type MapEdge, type MapModel, type MapNode } from './map-model';

/** Colours come from the host's theme; CSS colour strings. */
export interface MapPalette {
  readonly background: string;
  readonly card: string;
  readonly cardBorder: string;
  readonly text: string;
  readonly textFaint: string;
  readonly edge: string;
  readonly warning: string;
  readonly error: string;
  readonly accent: string;
  readonly fontFamily: string;
}

export interface MapPicture {
  readonly model: MapModel;
  readonly geometry: MapGeometry;
  /** Length of the window the counts come from; rates are counts over it. */
  readonly windowS: number;
}

/** What the pointer and the selection bring out; indices into the model. */
export interface MapEmphasis {
  readonly hoveredNode?: number;
  readonly hoveredEdge?: number;
  readonly selectedNode?: number;
  readonly selectedEdge?: number;
}

/** Below this zoom a label is too small to read and is left out. */
const LABEL_MIN_SCALE = 0.45;
const ERROR_RATIO_WARNING = 0.001;
const ERROR_RATIO_CRITICAL = 0.05;

/**
 * Draws the whole map into a canvas whose transform is 1 CSS pixel a unit.
 *
 * Edges lie under nodes; what is emphasised is drawn full, all else fades while something is selected or hovered.
 */
export function drawMap(
  ctx: CanvasRenderingContext2D,
  picture: MapPicture,
  viewport: Viewport,
  palette: MapPalette,
  emphasis: MapEmphasis
): void {
  const near = neighbourhood(picture.model, emphasis);
  ctx.save();
  ctx.translate(viewport.offsetXPx, viewport.offsetYPx);
  ctx.scale(viewport.scale, viewport.scale);
  const mostCalls = picture.model.edges.reduce((most, edge) => Math.max(most, edge.count), 1);
  picture.model.edges.forEach((edge, e) => {
    ctx.globalAlpha = near === undefined || near.edges.has(e) ? 1 : 0.15;
    drawEdge(ctx, picture, e, edge.count / mostCalls, palette, e === emphasis.hoveredEdge || e === emphasis.selectedEdge);
  });
  if (viewport.scale >= LABEL_MIN_SCALE) {
    picture.model.edges.forEach((edge, e) => {
      const shown = near === undefined ? picture.model.edges.length <= 40 : near.edges.has(e);
      if (shown) {
        ctx.globalAlpha = 1;
        drawEdgeLabel(ctx, picture, e, edge, palette);
      }
    });
  }
  picture.model.nodes.forEach((node, v) => {
    ctx.globalAlpha = near === undefined || near.nodes.has(v) ? 1 : 0.25;
    drawNode(ctx, picture, v, node, palette, v === emphasis.selectedNode || v === emphasis.hoveredNode);
  });
  ctx.restore();
}

/** Errors by how much they matter: the same thresholds everywhere on the map. */
export function errorColour(ratio: number, palette: MapPalette): string | undefined {
  return ratio >= ERROR_RATIO_CRITICAL ? palette.error : ratio >= ERROR_RATIO_WARNING ? palette.warning : undefined;
}

function neighbourhood(model: MapModel, emphasis: MapEmphasis): { nodes: Set<number>; edges: Set<number> } | undefined {
  const node = emphasis.hoveredNode ?? emphasis.selectedNode;
  const edge = emphasis.hoveredEdge ?? emphasis.selectedEdge;
  if (node === undefined && edge === undefined) {
    return undefined;
  }
  const near = { nodes: new Set<number>(node === undefined ? [] : [node]), edges: new Set<number>() };
  const index = new Map(model.nodes.map(({ id }, v) => [id, v]));
  model.edges.forEach(({ source, target }, e) => {
    const [s, t] = [index.get(source) ?? -1, index.get(target) ?? -1];
    if (e === edge || (node !== undefined && (s === node || t === node))) {
      near.edges.add(e);
      near.nodes.add(s).add(t);
    }
  });
  return near;
}

function drawEdge(ctx: CanvasRenderingContext2D, { model, geometry }: MapPicture, e: number, share: number, palette: MapPalette, strong: boolean): void {
  const colour = errorColour(errorRatio(model.edges[e]), palette) ?? (strong ? palette.accent : palette.edge);
  // Square root: ten times the traffic looks about three times as wide, and rare calls stay visible.
  const width = 1.25 + 4.5 * Math.sqrt(share) + (strong ? 1 : 0);
  const c = e * CURVE_STRIDE;
  const { curves } = geometry;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineCap = 'round';
  ctx.beginPath();
  ctx.moveTo(curves[c], curves[c + 1]);
  ctx.bezierCurveTo(curves[c + 2], curves[c + 3], curves[c + 4], curves[c + 5], curves[c + 6], curves[c + 7]);
  ctx.stroke();
  drawArrowHead(ctx, geometry, e, 5 + width, colour);
}

function drawArrowHead(ctx: CanvasRenderingContext2D, geometry: MapGeometry, e: number, size: number, colour: string): void {
  const tip = pointOnEdge(geometry, e, 1);
  const back = pointOnEdge(geometry, e, 0.94);
  const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(tip.x, tip.y);
  for (const side of [-0.42, 0.42]) {
    ctx.lineTo(tip.x - size * Math.cos(angle + side), tip.y - size * Math.sin(angle + side));
  }
  ctx.closePath();
  ctx.fill();
}

function drawEdgeLabel(ctx: CanvasRenderingContext2D, { geometry, windowS }: MapPicture, e: number, edge: MapEdge, palette: MapPalette): void {
  const at = pointOnEdge(geometry, e, 0.5);
  const parts = [formatRate(edge.count / windowS)];
  if (edge.p95Ns !== undefined) {
    parts.push(formatDuration(edge.p95Ns));
  }
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const text = parts.join(' · ');
  // A halo in the background's colour keeps the label readable on crossing edges.
  ctx.lineJoin = 'round';
  ctx.lineWidth = 5;
  ctx.strokeStyle = palette.background;
  ctx.strokeText(text, at.x, at.y);
  ctx.fillStyle = errorColour(errorRatio(edge), palette) ?? palette.textFaint;
  ctx.fillText(text, at.x, at.y);
}

function drawNode(ctx: CanvasRenderingContext2D, { geometry, windowS }: MapPicture, v: number, node: MapNode, palette: MapPalette, strong: boolean): void {
  const { x, y, width, height } = nodeRect(geometry, v);
  ctx.fillStyle = palette.card;
  ctx.strokeStyle = strong ? palette.accent : palette.cardBorder;
  ctx.lineWidth = strong ? 2 : 1;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 8);
  ctx.fill();
  ctx.stroke();

  const radius = 18;
  const [cx, cy] = [x + 30, y + NODE_HEIGHT / 2];
  drawErrorRing(ctx, cx, cy, radius, errorRatio(node), palette);
  drawKindIcon(ctx, node.kind, cx, cy, palette.text);

  const textX = x + 58;
  const roomPx = NODE_WIDTH - 58 - 10;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.font = `500 13px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(ellipsis(ctx, node.name, roomPx), textX, y + 25);
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.fillStyle = palette.textFaint;
  ctx.fillText(ellipsis(ctx, nodeFigures(node, windowS), roomPx), textX, y + 42);
}

function nodeFigures(node: MapNode, windowS: number): string {
  const parts = [formatRate(node.count / windowS)];
  if (node.p95Ns !== undefined) {
    parts.push(formatDuration(node.p95Ns));
  }
  if (node.errorCount > 0) {
    parts.push(formatPercent(errorRatio(node)));
  }
  return parts.join(' · ');
}

function drawErrorRing(ctx: CanvasRenderingContext2D, cx: number, cy: number, radius: number, ratio: number, palette: MapPalette): void {
  ctx.lineCap = 'butt';
  ctx.lineWidth = 3;
  ctx.strokeStyle = palette.edge;
  ctx.beginPath();
  ctx.arc(cx, cy, radius, 0, 2 * Math.PI);
  ctx.stroke();
  const colour = errorColour(ratio, palette);
  if (colour) {
    // From twelve o'clock; a sliver of at least 12° so that one error in a thousand is seen.
    const sweep = Math.max(ratio, 1 / 30) * 2 * Math.PI;
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.arc(cx, cy, radius, -Math.PI / 2, -Math.PI / 2 + sweep);
    ctx.stroke();
  }
}

/** The text cut to fit, by halving. */
export function ellipsis(ctx: Pick<CanvasRenderingContext2D, 'measureText'>, text: string, roomPx: number): string {
  if (ctx.measureText(text).width <= roomPx) {
    return text;
  }
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (ctx.measureText(`${text.slice(0, middle)}…`).width <= roomPx) {
      fits = middle;
    } else {
      tooLong = middle;
    }
  }
  return `${text.slice(0, fits)}…`;
}
