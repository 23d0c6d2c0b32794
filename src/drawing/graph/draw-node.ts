import { formatDuration, formatPercent } from '../format-figures';
import { drawKindIcon } from './draw-kind-icon';
import { ellipsis } from './ellipsis';
import { NODE_HEIGHT, NODE_WIDTH, nodeRect, type MapGeometry } from './map-geometry';
import { errorRatio, type MapNode } from './map-model';
import { errorColour, type MapPalette } from './map-palette';

const RING_RADIUS = 16;
const RING_X = 26;
const TEXT_X = 50;
const TEXT_ROOM = NODE_WIDTH - TEXT_X - 8;

/** Draws one node as a card: icon of its kind in a ring of its errors, name, rate, p95 and error share. In graph space. */
export function drawNode(ctx: CanvasRenderingContext2D, geometry: MapGeometry, v: number, node: MapNode, rate: string, palette: MapPalette, strong: boolean): void {
  const { x, y, width, height } = nodeRect(geometry, v);
  ctx.fillStyle = palette.card;
  ctx.strokeStyle = strong ? palette.accent : palette.cardBorder;
  ctx.lineWidth = strong ? 2 : 1;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 8);
  ctx.fill();
  ctx.stroke();

  const [cx, cy] = [x + RING_X, y + NODE_HEIGHT / 2];
  drawErrorRing(ctx, cx, cy, errorRatio(node), palette);
  drawKindIcon(ctx, node.kind, cx, cy, palette.text);

  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.font = `500 13px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(ellipsis(ctx, node.name, TEXT_ROOM), x + TEXT_X, y + 23);
  drawFigures(ctx, node, rate, x + TEXT_X, y + 40, palette);
}

function drawFigures(ctx: CanvasRenderingContext2D, node: MapNode, rate: string, x: number, y: number, palette: MapPalette): void {
  const calm = node.p95Ns === undefined ? rate : `${rate} · ${formatDuration(node.p95Ns)}`;
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.fillStyle = palette.textFaint;
  ctx.fillText(ellipsis(ctx, calm, TEXT_ROOM), x, y);
  if (node.errorCount > 0) {
    const errors = ` · ${formatPercent(errorRatio(node))}`;
    const calmWidth = ctx.measureText(calm).width;
    if (calmWidth + ctx.measureText(errors).width <= TEXT_ROOM) {
      ctx.fillStyle = errorColour(errorRatio(node), palette) ?? palette.textFaint;
      ctx.fillText(errors, x + calmWidth, y);
    }
  }
}

function drawErrorRing(ctx: CanvasRenderingContext2D, cx: number, cy: number, ratio: number, palette: MapPalette): void {
  ctx.lineCap = 'butt';
  ctx.lineWidth = 3;
  ctx.strokeStyle = palette.edge;
  ctx.beginPath();
  ctx.arc(cx, cy, RING_RADIUS, 0, 2 * Math.PI);
  ctx.stroke();
  const colour = errorColour(ratio, palette);
  if (colour) {
    // From twelve o'clock; a sliver of at least 12° so that one error in a thousand is seen.
    const sweep = Math.max(ratio, 1 / 30) * 2 * Math.PI;
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.arc(cx, cy, RING_RADIUS, -Math.PI / 2, -Math.PI / 2 + sweep);
    ctx.stroke();
  }
}
