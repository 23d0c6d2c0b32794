/** Exceptions and log events as marks on the bars. */
import { xOf } from './bar-box';
import type { TimeWindow } from './time-scale';
import type { EventMark, WaterfallPalette, WaterfallScene } from './waterfall-scene';

const MARK_PX = 4;

/** Draws the marks of one span into the row that begins at `topPx`. */
export function drawEventMarks(ctx: CanvasRenderingContext2D, scene: WaterfallScene, span: number, topPx: number, window: TimeWindow, widthPx: number, palette: WaterfallPalette): void {
  const yPx = topPx + scene.rowHeightPx / 2;
  for (const mark of scene.eventsOf(span)) {
    const xPx = xOf(mark.timeNs, scene, window, widthPx);
    if (xPx >= -MARK_PX && xPx <= widthPx + MARK_PX) {
      ctx.beginPath();
      ctx.moveTo(xPx, yPx - MARK_PX);
      ctx.lineTo(xPx + MARK_PX, yPx);
      ctx.lineTo(xPx, yPx + MARK_PX);
      ctx.lineTo(xPx - MARK_PX, yPx);
      ctx.closePath();
      ctx.fillStyle = mark.isException ? palette.error : palette.background;
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = mark.isException ? palette.background : palette.text;
      ctx.stroke();
    }
  }
}

/** The marks at an x, those on top last. */
export function eventMarksAt(scene: WaterfallScene, span: number, xPx: number, window: TimeWindow, widthPx: number): EventMark[] {
  return scene.eventsOf(span).filter(({ timeNs }) => Math.abs(xOf(timeNs, scene, window, widthPx) - xPx) <= MARK_PX + 1);
}
