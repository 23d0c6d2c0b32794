/** The bars of spans: full colour while the span itself works, paler while it waits for its children. */
import { formatDuration } from '../format-figures';
import { BAR_INSET_PX, barBox, extentOf, xOf, type BarBox } from './bar-box';
import { eachSelfTime } from './self-times';
import type { TimeWindow } from './time-scale';
import type { WaterfallPalette, WaterfallScene } from './waterfall-scene';

const LABEL_GAP_PX = 6;
const WAITING_OPACITY = 0.45;
const CRITICAL_LINE_PX = 3;
/** Thinner self time is not drawn: thousands of slivers would add up to a full bar. */
const MIN_SELF_PX = 0.2;
/** More spans in one row than this are drawn as one bar. */
const MAX_RUN_BARS = 4_000;

/** Draws the bar of one span into the row that begins at `topPx`; one that is out of the window is an arrow at its edge. */
export function drawBar(ctx: CanvasRenderingContext2D, scene: WaterfallScene, span: number, topPx: number, window: TimeWindow, widthPx: number, palette: WaterfallPalette): void {
  const { fromNs, toNs } = extentOf(scene, span);
  const box = barBox(fromNs, toNs, scene, window, widthPx);
  if (box.rightPx < 0 || box.leftPx > widthPx) {
    drawArrowOutside(ctx, box.rightPx < 0, topPx + scene.rowHeightPx / 2, widthPx, palette);
    return;
  }
  const run = scene.runOf(span);
  if (run) {
    drawRun(ctx, scene, run, topPx, window, widthPx);
  } else {
    drawSpan(ctx, scene, span, box, topPx, window, widthPx);
  }
  if (run ? run.some(scene.isError) : scene.isError(span)) {
    outline(ctx, box, topPx, scene.rowHeightPx, palette.error);
  }
  drawDuration(ctx, formatDuration(run ? toNs - fromNs : scene.spans.durationNs[span]), box, topPx + scene.rowHeightPx / 2, widthPx, palette);
}

function drawSpan(ctx: CanvasRenderingContext2D, scene: WaterfallScene, span: number, box: BarBox, topPx: number, window: TimeWindow, widthPx: number): void {
  const opacity = ctx.globalAlpha;
  const hasChildren = scene.spans.subtreeSize[span] > 1;
  ctx.fillStyle = scene.colourOf(span);
  ctx.globalAlpha = hasChildren ? opacity * WAITING_OPACITY : opacity;
  ctx.beginPath();
  barPath(ctx, box, topPx, scene.rowHeightPx);
  ctx.fill();
  ctx.globalAlpha = opacity;
  if (hasChildren) {
    const nsPerPx = (window.endNs - window.startNs) / Math.max(1, widthPx);
    eachSelfTime(scene.spans, span, scene.time.timeOf(window.startNs), scene.time.timeOf(window.endNs), nsPerPx, (fromNs, toNs) => {
      const leftPx = Math.max(box.leftPx, xOf(fromNs, scene, window, widthPx));
      const rightPx = Math.min(box.rightPx, xOf(toNs, scene, window, widthPx));
      if (rightPx - leftPx >= MIN_SELF_PX) {
        ctx.fillRect(leftPx, topPx + BAR_INSET_PX, rightPx - leftPx, scene.rowHeightPx - 2 * BAR_INSET_PX);
      }
    });
  }
}

/** All bars of a folded run in one row. */
function drawRun(ctx: CanvasRenderingContext2D, scene: WaterfallScene, run: Uint32Array, topPx: number, window: TimeWindow, widthPx: number): void {
  const { startNs, durationNs } = scene.spans;
  const step = Math.ceil(run.length / MAX_RUN_BARS);
  ctx.fillStyle = scene.colourOf(run[0]);
  for (let at = 0; at < run.length; at += step) {
    const { leftPx, rightPx } = barBox(startNs[run[at]], startNs[run[at]] + durationNs[run[at]], scene, window, widthPx);
    if (rightPx >= 0 && leftPx <= widthPx) {
      ctx.fillRect(leftPx, topPx + BAR_INSET_PX, Math.max(1, rightPx - leftPx - 1), scene.rowHeightPx - 2 * BAR_INSET_PX);
    }
  }
}

function barPath(ctx: CanvasRenderingContext2D, { leftPx, rightPx }: BarBox, topPx: number, rowHeightPx: number): void {
  ctx.roundRect(leftPx, topPx + BAR_INSET_PX, rightPx - leftPx, rowHeightPx - 2 * BAR_INSET_PX, Math.min(3, (rightPx - leftPx) / 2));
}

function outline(ctx: CanvasRenderingContext2D, box: BarBox, topPx: number, rowHeightPx: number, colour: string): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.beginPath();
  barPath(ctx, box, topPx, rowHeightPx);
  ctx.stroke();
}

/** Durations repeat, and measuring text is most of what a label costs. All are drawn in one font. */
const widths = { font: '', ofText: new Map<string, number>() };
const KEPT_WIDTHS = 5_000;

function widthOf(ctx: CanvasRenderingContext2D, text: string): number {
  if (widths.font !== ctx.font || widths.ofText.size > KEPT_WIDTHS) {
    widths.font = ctx.font;
    widths.ofText.clear();
  }
  let width = widths.ofText.get(text);
  if (width === undefined) {
    widths.ofText.set(text, (width = ctx.measureText(text).width));
  }
  return width;
}

/** Right of the bar, else left of it, else inside at its end. */
function drawDuration(ctx: CanvasRenderingContext2D, text: string, { leftPx, rightPx }: BarBox, yPx: number, widthPx: number, palette: WaterfallPalette): void {
  const textPx = widthOf(ctx, text);
  const fitsRight = rightPx + LABEL_GAP_PX + textPx <= widthPx;
  const fitsLeft = leftPx - LABEL_GAP_PX - textPx >= 0;
  ctx.textAlign = fitsRight ? 'left' : 'right';
  const xPx = fitsRight ? rightPx + LABEL_GAP_PX : fitsLeft ? leftPx - LABEL_GAP_PX : Math.min(rightPx, widthPx) - LABEL_GAP_PX;
  ctx.fillStyle = palette.textFaint;
  if (!fitsRight && !fitsLeft) {
    // The bar may be pale or not, a strip of the page's background reads on both.
    ctx.fillStyle = palette.background;
    ctx.fillRect(xPx - textPx - 3, yPx - 7, textPx + 6, 14);
    ctx.fillStyle = palette.text;
  }
  ctx.fillText(text, xPx, yPx);
}

/** Tells that the bar of this row lies left or right of what is shown. */
function drawArrowOutside(ctx: CanvasRenderingContext2D, left: boolean, yPx: number, widthPx: number, palette: WaterfallPalette): void {
  const [tipPx, basePx] = left ? [4, 10] : [widthPx - 4, widthPx - 10];
  ctx.fillStyle = palette.textFaint;
  ctx.beginPath();
  ctx.moveTo(tipPx, yPx);
  ctx.lineTo(basePx, yPx - 4);
  ctx.lineTo(basePx, yPx + 4);
  ctx.fill();
}

/** The parts of a span that the answer waited for, as a line below its bar. */
export function drawCritical(ctx: CanvasRenderingContext2D, scene: WaterfallScene, span: number, topPx: number, window: TimeWindow, widthPx: number, palette: WaterfallPalette): void {
  const segments = scene.criticalOf?.(span) ?? [];
  ctx.fillStyle = palette.criticalPath;
  for (let at = 0; at < segments.length; at += 2) {
    const leftPx = Math.max(0, xOf(segments[at], scene, window, widthPx));
    const rightPx = Math.min(widthPx, xOf(segments[at + 1], scene, window, widthPx));
    if (rightPx >= 0 && leftPx <= widthPx) {
      ctx.fillRect(leftPx, topPx + scene.rowHeightPx - CRITICAL_LINE_PX - 1, Math.max(1, rightPx - leftPx), CRITICAL_LINE_PX);
    }
  }
}
