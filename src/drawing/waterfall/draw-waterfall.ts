import { formatDuration } from '../format-figures';
import { timeTicks, xOfTime, type TimeWindow } from './time-scale';

/** Span columns by span number, times in ns from the trace's start. */
export interface BarColumns {
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
}

export interface WaterfallPalette {
  readonly grid: string;
  readonly text: string;
  readonly textFaint: string;
  readonly error: string;
  readonly selection: string;
  readonly match: string;
  readonly criticalPath: string;
  readonly fontFamily: string;
}

export interface WaterfallScene {
  readonly spans: BarColumns;
  /** Span number by row. */
  readonly rows: Uint32Array;
  readonly rowHeightPx: number;
  readonly colourOf: (span: number) => string;
  readonly isError: (span: number) => boolean;
  readonly selected: number | undefined;
  /** 1 a span that was found; the others are drawn faint. */
  readonly found?: Uint8Array;
  /** The parts of a span that the answer waited for: start, end, start, end, … in ns from the trace's start. */
  readonly criticalOf?: (span: number) => readonly number[];
}

/** A bar is never thinner: what took no time still happened. */
const MIN_BAR_PX = 2;
const TICK_ROOM_PX = 110;
const LABEL_GAP_PX = 6;
const NOT_FOUND_OPACITY = 0.3;
const CRITICAL_LINE_PX = 3;

/**
 * Draws the bars of the rows in view, a unit being one CSS pixel.
 *
 * @param scrollPx vertical distance from the first row's top to the canvas' top
 */
export function drawWaterfall(
  ctx: CanvasRenderingContext2D,
  scene: WaterfallScene,
  window: TimeWindow,
  view: { readonly widthPx: number; readonly heightPx: number; readonly scrollPx: number },
  palette: WaterfallPalette
): void {
  drawGrid(ctx, window, view.widthPx, view.heightPx, palette);
  const first = Math.max(0, Math.floor(view.scrollPx / scene.rowHeightPx));
  const last = Math.min(scene.rows.length, Math.ceil((view.scrollPx + view.heightPx) / scene.rowHeightPx));
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.textBaseline = 'middle';
  for (let row = first; row < last; row++) {
    const topPx = row * scene.rowHeightPx - view.scrollPx;
    if (scene.rows[row] === scene.selected) {
      ctx.fillStyle = palette.selection;
      ctx.fillRect(0, topPx, view.widthPx, scene.rowHeightPx);
    }
    const isFound = scene.found?.[scene.rows[row]] === 1;
    if (isFound) {
      ctx.fillStyle = palette.match;
      ctx.fillRect(0, topPx, view.widthPx, scene.rowHeightPx);
    }
    ctx.globalAlpha = scene.found && !isFound ? NOT_FOUND_OPACITY : 1;
    drawBar(ctx, scene, scene.rows[row], topPx, window, view.widthPx, palette);
    ctx.globalAlpha = 1;
    drawCritical(ctx, scene.criticalOf?.(scene.rows[row]) ?? [], topPx + scene.rowHeightPx - CRITICAL_LINE_PX - 1, window, view.widthPx, palette);
  }
}

function drawCritical(ctx: CanvasRenderingContext2D, segments: readonly number[], topPx: number, window: TimeWindow, widthPx: number, palette: WaterfallPalette): void {
  ctx.fillStyle = palette.criticalPath;
  for (let at = 0; at < segments.length; at += 2) {
    const leftPx = Math.max(0, xOfTime(segments[at], window, widthPx));
    const rightPx = Math.min(widthPx, xOfTime(segments[at + 1], window, widthPx));
    if (rightPx >= 0 && leftPx <= widthPx) {
      ctx.fillRect(leftPx, topPx, Math.max(1, rightPx - leftPx), CRITICAL_LINE_PX);
    }
  }
}

function drawGrid(ctx: CanvasRenderingContext2D, window: TimeWindow, widthPx: number, heightPx: number, palette: WaterfallPalette): void {
  ctx.fillStyle = palette.grid;
  for (const tickNs of timeTicks(window, widthPx / TICK_ROOM_PX)) {
    ctx.fillRect(Math.round(xOfTime(tickNs, window, widthPx)), 0, 1, heightPx);
  }
}

function drawBar(ctx: CanvasRenderingContext2D, scene: WaterfallScene, span: number, topPx: number, window: TimeWindow, widthPx: number, palette: WaterfallPalette): void {
  const startNs = scene.spans.startNs[span];
  const durationNs = scene.spans.durationNs[span];
  // Clamped before drawing: at nanosecond zoom an hour-long bar would leave the range canvases draw exactly.
  const leftPx = Math.max(-10, xOfTime(startNs, window, widthPx));
  const rightPx = Math.min(widthPx + 10, Math.max(leftPx + MIN_BAR_PX, xOfTime(startNs + durationNs, window, widthPx)));
  const heightPx = scene.rowHeightPx - 10;
  if (rightPx < 0 || leftPx > widthPx) {
    drawArrowOutside(ctx, rightPx < 0, topPx + scene.rowHeightPx / 2, widthPx, palette);
    return;
  }
  ctx.fillStyle = scene.colourOf(span);
  ctx.beginPath();
  ctx.roundRect(leftPx, topPx + 5, rightPx - leftPx, heightPx, Math.min(3, (rightPx - leftPx) / 2));
  ctx.fill();
  if (scene.isError(span)) {
    ctx.strokeStyle = palette.error;
    ctx.lineWidth = 2;
    ctx.stroke();
  }
  drawDuration(ctx, formatDuration(durationNs), leftPx, rightPx, topPx + scene.rowHeightPx / 2, widthPx, palette);
}

/** Right of the bar, else left of it, else inside at its end. */
function drawDuration(ctx: CanvasRenderingContext2D, text: string, leftPx: number, rightPx: number, yPx: number, widthPx: number, palette: WaterfallPalette): void {
  const textPx = ctx.measureText(text).width;
  const fitsRight = rightPx + LABEL_GAP_PX + textPx <= widthPx;
  const fitsLeft = leftPx - LABEL_GAP_PX - textPx >= 0;
  ctx.textAlign = fitsRight ? 'left' : 'right';
  const xPx = fitsRight ? rightPx + LABEL_GAP_PX : fitsLeft ? leftPx - LABEL_GAP_PX : Math.min(rightPx, widthPx) - LABEL_GAP_PX;
  ctx.fillStyle = fitsRight || fitsLeft ? palette.textFaint : '#ffffff';
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

/** The time axis above the bars. */
export function drawTimeAxis(ctx: CanvasRenderingContext2D, window: TimeWindow, widthPx: number, heightPx: number, palette: WaterfallPalette): void {
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.textBaseline = 'middle';
  for (const tickNs of timeTicks(window, widthPx / TICK_ROOM_PX)) {
    const xPx = xOfTime(tickNs, window, widthPx);
    const text = tickNs === 0 ? '0' : formatDuration(tickNs);
    const roomRight = xPx + 4 + ctx.measureText(text).width <= widthPx;
    ctx.fillStyle = palette.grid;
    ctx.fillRect(Math.round(xPx), heightPx - 6, 1, 6);
    ctx.fillStyle = palette.textFaint;
    ctx.textAlign = roomRight ? 'left' : 'right';
    ctx.fillText(text, roomRight ? xPx + 4 : xPx - 4, heightPx / 2);
  }
}
