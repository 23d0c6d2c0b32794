import type { Ink } from './ink';
import { CURVE_STRIDE, pointOnEdge, type MapGeometry } from './map-geometry';
import type { MapEdge } from './map-model';
import type { MapPalette } from './map-palette';
import { edgeColour, type MapStyle } from './map-style';

/**
 * Draws one edge with its arrow head, in graph space.
 *
 * @param share of the heaviest edge's weight, in [0, 1]: sets the width
 */
export function drawEdge(ctx: Ink, geometry: MapGeometry, e: number, edge: MapEdge, share: number, style: MapStyle, palette: MapPalette, strong: boolean): void {
  const colour = edgeColour(edge, style, palette) ?? (strong ? palette.accent : palette.edge);
  // Square root: ten times the traffic looks about three times as wide, and rare calls stay visible.
  const width = 1.25 + 4 * Math.sqrt(share) + (strong ? 1 : 0);
  const c = e * CURVE_STRIDE;
  const { curves } = geometry;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineCap = 'round';
  ctx.beginPath();
  ctx.moveTo(curves[c], curves[c + 1]);
  ctx.bezierCurveTo(curves[c + 2], curves[c + 3], curves[c + 4], curves[c + 5], curves[c + 6], curves[c + 7]);
  ctx.stroke();
  drawArrowHead(ctx, geometry, e, 6 + width, colour);
}

function drawArrowHead(ctx: Ink, geometry: MapGeometry, e: number, size: number, colour: string): void {
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
