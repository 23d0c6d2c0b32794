import { drawBar, drawCritical } from './draw-bars';
import { drawEventMarks } from './draw-event-marks';
import { drawLinks } from './draw-links';
import { drawTimeGrid } from './draw-time-axis';
import type { TimeWindow } from './time-scale';
import type { WaterfallPalette, WaterfallScene, WaterfallView } from './waterfall-scene';

const NOT_FOUND_OPACITY = 0.3;

/** Draws the bars of the rows in view, a unit being one CSS pixel. */
export function drawWaterfall(ctx: CanvasRenderingContext2D, scene: WaterfallScene, window: TimeWindow, view: WaterfallView, palette: WaterfallPalette): void {
  const { widthPx, heightPx, scrollPx } = view;
  drawTimeGrid(ctx, scene.time, window, widthPx, heightPx, palette);
  const first = Math.max(0, Math.floor(scrollPx / scene.rowHeightPx));
  const end = Math.min(scene.rows.length, Math.ceil((scrollPx + heightPx) / scene.rowHeightPx));
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.textBaseline = 'middle';
  for (let row = first; row < end; row++) {
    const span = scene.rows[row];
    if (span === scene.selected || scene.found?.[span] === 1) {
      ctx.fillStyle = span === scene.selected ? palette.selection : palette.match;
      ctx.fillRect(0, row * scene.rowHeightPx - scrollPx, widthPx, scene.rowHeightPx);
    }
  }
  // Below the bars and their labels, which are read first.
  drawLinks(ctx, scene, window, view, palette);
  for (let row = first; row < end; row++) {
    const span = scene.rows[row];
    const topPx = row * scene.rowHeightPx - scrollPx;
    ctx.globalAlpha = scene.found && scene.found[span] !== 1 ? NOT_FOUND_OPACITY : 1;
    drawBar(ctx, scene, span, topPx, window, widthPx, palette);
    drawEventMarks(ctx, scene, span, topPx, window, widthPx, palette);
    ctx.globalAlpha = 1;
    drawCritical(ctx, scene, span, topPx, window, widthPx, palette);
  }
}
