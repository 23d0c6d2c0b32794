/** Span links as arrows between bars. */
import { BAR_INSET_PX, barBox, xOf } from './bar-box';
import type { TimeWindow } from './time-scale';
import { positionOf } from './visible-rows';
import type { WaterfallPalette, WaterfallScene, WaterfallView } from './waterfall-scene';

const FAINT = 0.55;
/** Half of its width. */
const HEAD_PX = 4;
/** It fits between a bar and the next row. */
const HEAD_LENGTH_PX = BAR_INSET_PX;
/** More arrows tell nothing. */
const MAX_ARROWS = 300;

/** Arrows that begin or end at a row in view, both of whose spans are shown; those of the selection stand out. */
export function drawLinks(ctx: CanvasRenderingContext2D, scene: WaterfallScene, window: TimeWindow, { widthPx, heightPx, scrollPx }: WaterfallView, palette: WaterfallPalette): void {
  const { rows, rowHeightPx, spans, selected } = scene;
  const rowOf = (span: number) => {
    const row = positionOf(rows, span);
    return rows[row] === span ? row : undefined;
  };
  let drawn = 0;
  for (const { from, to } of scene.links) {
    const [fromRow, toRow] = [rowOf(from), rowOf(to)];
    if (fromRow === undefined || toRow === undefined) {
      continue;
    }
    const [fromYPx, toYPx] = [(fromRow + 0.5) * rowHeightPx - scrollPx, (toRow + 0.5) * rowHeightPx - scrollPx];
    if (Math.max(fromYPx, toYPx) < 0 || Math.min(fromYPx, toYPx) > heightPx || ++drawn > MAX_ARROWS) {
      continue;
    }
    const fromXPx = Math.max(-10, Math.min(widthPx + 10, xOf(spans.startNs[from], scene, window, widthPx)));
    const target = barBox(spans.startNs[to], spans.startNs[to] + spans.durationNs[to], scene, window, widthPx);
    const isFromBelow = fromYPx > toYPx;
    const edgeYPx = toYPx + (isFromBelow ? 0.5 : -0.5) * (rowHeightPx - 2 * BAR_INSET_PX);
    ctx.globalAlpha = from === selected || to === selected ? 1 : FAINT;
    drawArrow(ctx, fromXPx, fromYPx, Math.max(target.leftPx, target.rightPx - HEAD_PX), edgeYPx, isFromBelow ? 1 : -1, palette.link);
  }
  ctx.globalAlpha = 1;
}

/** Arrives at the upper (-1) or lower (1) edge of the bar: right of it stands its duration. */
function drawArrow(ctx: CanvasRenderingContext2D, fromXPx: number, fromYPx: number, toXPx: number, toYPx: number, side: 1 | -1, colour: string): void {
  const bendPx = Math.max(16, Math.abs(toYPx - fromYPx) / 4);
  const shaftYPx = toYPx + side * HEAD_LENGTH_PX;
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([5, 3]);
  ctx.beginPath();
  ctx.moveTo(fromXPx, fromYPx);
  ctx.bezierCurveTo(fromXPx - bendPx, fromYPx, toXPx, shaftYPx + side * bendPx, toXPx, shaftYPx);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(toXPx, toYPx);
  ctx.lineTo(toXPx - HEAD_PX, shaftYPx);
  ctx.lineTo(toXPx + HEAD_PX, shaftYPx);
  ctx.fill();
}
