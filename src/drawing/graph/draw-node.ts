import { drawFigures } from './draw-figures';
import { drawKindIcon } from './draw-kind-icon';
import { ellipsis } from './ellipsis';
import type { Ink } from './ink';
import { NODE_HEIGHT, NODE_WIDTH, nodeRect, type MapGeometry } from './map-geometry';
import { errorRatio, type MapArc, type MapNode } from './map-model';
import type { MapPalette } from './map-palette';
import { changeColour, errorColour, type MapStyle } from './map-style';

const RING_RADIUS = 16;
const RING_X = 26;
const TEXT_X = 50;
const TEXT_ROOM = NODE_WIDTH - TEXT_X - 8;

/** Draws one node as a card: icon of its kind in a ring of its errors, name, rate, p95 and error share. In graph space. */
export function drawNode(ctx: Ink, geometry: MapGeometry, v: number, node: MapNode, figures: string, style: MapStyle, palette: MapPalette, strong: boolean): void {
  const { x, y, width, height } = nodeRect(geometry, v);
  ctx.fillStyle = palette.card;
  ctx.strokeStyle = strong ? palette.accent : node.change ? changeColour(node.change, palette) : palette.cardBorder;
  ctx.lineWidth = strong || node.change ? 2 : 1;
  ctx.setLineDash(node.change === 'gone' ? [5, 4] : []);
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 8);
  ctx.fill();
  ctx.stroke();
  ctx.setLineDash([]);

  const [cx, cy] = [x + RING_X, y + NODE_HEIGHT / 2];
  drawErrorRing(ctx, cx, cy, node, style, palette);
  if (node.memberCount === undefined) {
    drawKindIcon(ctx, node.kind, cx, cy, palette.text);
  } else {
    writeMemberCount(ctx, node.memberCount, cx, cy, palette);
  }

  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.font = `500 13px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(ellipsis(ctx, node.name, TEXT_ROOM), x + TEXT_X, y + 23);
  drawFigures(ctx, node, figures, { x: x + TEXT_X, y: y + 40, room: TEXT_ROOM, fontSize: 11 }, style, palette);
}

function writeMemberCount(ctx: Ink, count: number, cx: number, cy: number, palette: MapPalette): void {
  ctx.font = `600 12px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = palette.text;
  ctx.fillText(String(count), cx, cy);
}

function drawErrorRing(ctx: Ink, cx: number, cy: number, node: MapNode, style: MapStyle, palette: MapPalette): void {
  ctx.lineCap = 'butt';
  ctx.lineWidth = 3;
  ctx.strokeStyle = node.colour ?? palette.edge;
  ctx.beginPath();
  ctx.arc(cx, cy, RING_RADIUS, 0, 2 * Math.PI);
  ctx.stroke();
  if (node.arcs) {
    drawArcs(ctx, cx, cy, node.arcs);
    return;
  }
  const colour = errorColour(node, style);
  if (colour) {
    // From twelve o'clock; a sliver of at least 12° so that one error in a thousand is seen.
    const sweep = Math.max(errorRatio(node), 1 / 30) * 2 * Math.PI;
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.arc(cx, cy, RING_RADIUS, -Math.PI / 2, -Math.PI / 2 + sweep);
    ctx.stroke();
  }
}

function drawArcs(ctx: Ink, cx: number, cy: number, arcs: readonly MapArc[]): void {
  let from = -Math.PI / 2;
  for (const { share, colour } of arcs) {
    const to = from + share * 2 * Math.PI;
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.arc(cx, cy, RING_RADIUS, from, to);
    ctx.stroke();
    from = to;
  }
}
