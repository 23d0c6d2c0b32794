import type { Rect, Viewport } from '../spaces';
import type { MapPicture } from './draw-map';
import { edgeLabel } from './figure-labels';
import type { Ink } from './ink';
import { nodeRect, pointOnEdge } from './map-geometry';
import type { MapPalette } from './map-palette';
import { edgeColour } from './map-style';

const FONT_PX = 11;
const PADDING_PX = 3;
/** Places along an edge where its label may stand, the best first. */
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7];

/**
 * Writes the chosen figures on the edges in view space, always at a readable size. Labels never cover one another or a node: the
 * busiest edges are served first, and what finds no place is left out (hovering shows it).
 *
 * @param only the emphasised edges, which alone get labels then
 */
export function drawEdgeLabels(
  ctx: Ink,
  { model, geometry, style }: MapPicture,
  viewport: Viewport,
  palette: MapPalette,
  only: ReadonlySet<number> | undefined,
  rate: (count: number) => string
): void {
  const taken = model.nodes.map((_, v) => toView(nodeRect(geometry, v), viewport));
  const edges = model.edges
    .map((edge, e) => ({ edge, e }))
    .filter(({ e }) => !only || only.has(e))
    .sort((a, b) => b.edge.count - a.edge.count || a.e - b.e);
  ctx.font = `${FONT_PX}px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const { edge, e } of edges) {
    const text = edgeLabel(edge, style, rate);
    const widthPx = ctx.measureText(text).width;
    for (const place of PLACES) {
      const point = pointOnEdge(geometry, e, place);
      const [xPx, yPx] = [point.x * viewport.scale + viewport.offsetXPx, point.y * viewport.scale + viewport.offsetYPx];
      const rect = { x: xPx - widthPx / 2 - PADDING_PX, y: yPx - FONT_PX / 2 - PADDING_PX, width: widthPx + 2 * PADDING_PX, height: FONT_PX + 2 * PADDING_PX };
      if (!taken.some((other) => overlap(rect, other))) {
        taken.push(rect);
        ctx.fillStyle = palette.background;
        ctx.fillRect(rect.x, rect.y, rect.width, rect.height);
        ctx.fillStyle = edgeColour(edge, style, palette) ?? palette.textFaint;
        ctx.fillText(text, xPx, yPx);
        break;
      }
    }
  }
}

const toView = ({ x, y, width, height }: Rect, { scale, offsetXPx, offsetYPx }: Viewport): Rect => ({
  x: x * scale + offsetXPx,
  y: y * scale + offsetYPx,
  width: width * scale,
  height: height * scale,
});

const overlap = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
