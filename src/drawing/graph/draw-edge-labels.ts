import type { Rect, Viewport } from '../spaces';
import { edgeLabel } from './figure-labels';
import type { Ink } from './ink';
import { LabelRoom } from './label-room';
import { nodeRect, pointOnEdge } from './map-geometry';
import type { MapScene } from './map-scene';
import { readableColour } from './readable-colour';

const FONT_PX = 11;
const PADDING_PX = 3;
/** A label stands on its line: over it, it would hide a short one. */
const ABOVE_PX = FONT_PX / 2 + PADDING_PX + 2;
/** Places along an edge where its label may stand, the best first. */
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7];
/** More labels than this nobody reads. */
const MOST_LABELS = 120;

/**
 * Writes the chosen figures on the edges in view space, always at a readable size. Labels never cover one another or a node:
 * the strongest edges are served first, and what finds no place is left out (hovering shows it).
 *
 * @param only the emphasised edges, which alone get labels then
 * @param taken what other texts cover
 */
export function drawEdgeLabels(ctx: Ink, { picture, palette, edges, edgeOrder, rate }: MapScene, viewport: Viewport, view: Rect, only: ReadonlySet<number> | undefined, taken: readonly Rect[]): void {
  const { model, geometry, style } = picture;
  if (style.edgeLabel.length === 0) {
    return;
  }
  const room = new LabelRoom(FONT_PX + 2 * PADDING_PX);
  taken.forEach((rect) => room.take(rect));
  model.nodes.forEach((_, v) => room.take(toView(nodeRect(geometry, v), viewport)));
  ctx.font = `${FONT_PX}px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  let left = MOST_LABELS;
  for (let i = edgeOrder.length - 1; i >= 0 && left > 0; i--) {
    const e = edgeOrder[i];
    const middle = viewPoint(pointOnEdge(geometry, e, 0.5), viewport);
    if ((only && !only.has(e)) || !contains(view, middle)) {
      continue;
    }
    const text = edgeLabel(model.edges[e], style, rate);
    const widthPx = ctx.measureText(text).width;
    for (const place of PLACES) {
      const at = viewPoint(pointOnEdge(geometry, e, place), viewport);
      const [x, y] = [at.x, at.y - ABOVE_PX];
      const rect = { x: x - widthPx / 2 - PADDING_PX, y: y - FONT_PX / 2 - PADDING_PX, width: widthPx + 2 * PADDING_PX, height: FONT_PX + 2 * PADDING_PX };
      if (room.isFree(rect)) {
        room.take(rect);
        left--;
        ctx.fillStyle = palette.background;
        ctx.fillRect(rect.x, rect.y, rect.width, rect.height);
        ctx.fillStyle = edges[e].isMarked ? readableColour(edges[e].colour, palette.background) : palette.textFaint;
        ctx.fillText(text, x, y);
        break;
      }
    }
  }
}

const contains = ({ x, y, width, height }: Rect, point: { readonly x: number; readonly y: number }) => point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;

const viewPoint = ({ x, y }: { readonly x: number; readonly y: number }, { scale, offsetXPx, offsetYPx }: Viewport) => ({ x: x * scale + offsetXPx, y: y * scale + offsetYPx });

const toView = ({ x, y, width, height }: Rect, { scale, offsetXPx, offsetYPx }: Viewport): Rect => ({
  x: x * scale + offsetXPx,
  y: y * scale + offsetYPx,
  width: width * scale,
  height: height * scale,
});
