/** The times above the bars, the lines below them, and where the scale passes over idle time. */
import { formatDuration } from '../format-figures';
import type { TimeMap } from './time-map';
import { timeTicks, xOfTime, type TimeWindow } from './time-scale';
import type { WaterfallPalette } from './waterfall-scene';

const TICK_ROOM_PX = 110;

/** Text of a tick; the distance to the next says how exact it must be. */
export type TickLabel = (timeNs: number, stepNs: number) => string;

/** Units of ticks, and the finest distance between two that each is used for. */
const TICK_UNITS = [
  { unit: 'h', unitNs: 3_600e9, leastStepNs: 1_800e9 },
  { unit: 'min', unitNs: 60e9, leastStepNs: 30e9 },
  { unit: 's', unitNs: 1e9, leastStepNs: 0 },
  { unit: 'ms', unitNs: 1e6, leastStepNs: 0 },
  { unit: 'µs', unitNs: 1e3, leastStepNs: 0 },
  { unit: 'ns', unitNs: 1, leastStepNs: 0 },
] as const;

/** Times from the trace's start, with as many digits as tell two ticks apart: "421.000004 ms" where they are 2 ns apart. */
export const relativeLabel: TickLabel = (timeNs, stepNs) => {
  if (timeNs === 0) {
    return '0';
  }
  const { unit, unitNs } = TICK_UNITS.find((each) => timeNs >= each.unitNs && stepNs >= each.leastStepNs) ?? { unit: 'ns', unitNs: 1 };
  const decimals = Math.max(0, Math.ceil(Math.log10(unitNs / stepNs)));
  return `${Number((timeNs / unitNs).toFixed(Math.min(decimals, 12)))} ${unit}`;
};

/** Draws ticks and labels of the window across the whole canvas. */
export function drawTimeAxis(
  ctx: CanvasRenderingContext2D,
  time: TimeMap,
  window: TimeWindow,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  label: TickLabel,
  palette: WaterfallPalette
): void {
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.textBaseline = 'middle';
  const { ticks, stepNs } = timeTicks(time, window, widthPx / TICK_ROOM_PX);
  let freeFromPx = -Infinity;
  for (const tickNs of ticks) {
    const xPx = xOfTime(time.shownOf(tickNs), window, widthPx);
    const text = label(tickNs, stepNs);
    const textPx = ctx.measureText(text).width;
    const roomRight = xPx + 4 + textPx <= widthPx;
    const leftPx = roomRight ? xPx + 4 : xPx - 4 - textPx;
    ctx.fillStyle = palette.grid;
    ctx.fillRect(Math.round(xPx), heightPx - 6, 1, 6);
    if (leftPx >= freeFromPx) {
      ctx.fillStyle = palette.textFaint;
      ctx.textAlign = 'left';
      ctx.fillText(text, leftPx, heightPx / 2);
      freeFromPx = leftPx + textPx + 8;
    }
  }
}

/** A line at each tick, and a band where idle time was left out. */
export function drawTimeGrid(ctx: CanvasRenderingContext2D, time: TimeMap, window: TimeWindow, widthPx: number, heightPx: number, palette: WaterfallPalette): void {
  ctx.fillStyle = palette.grid;
  for (const tickNs of timeTicks(time, window, widthPx / TICK_ROOM_PX).ticks) {
    ctx.fillRect(Math.round(xOfTime(time.shownOf(tickNs), window, widthPx)), 0, 1, heightPx);
  }
  for (const { fromNs, toNs } of time.gaps) {
    const leftPx = Math.max(0, xOfTime(time.shownOf(fromNs), window, widthPx));
    const rightPx = Math.min(widthPx, xOfTime(time.shownOf(toNs), window, widthPx));
    if (rightPx > leftPx) {
      drawGap(ctx, leftPx, rightPx, heightPx, formatDuration(toNs - fromNs), palette);
    }
  }
}

/** Hatched, with the time that passes in it written along. */
function drawGap(ctx: CanvasRenderingContext2D, leftPx: number, rightPx: number, heightPx: number, text: string, palette: WaterfallPalette): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(leftPx, 0, rightPx - leftPx, heightPx);
  ctx.clip();
  ctx.strokeStyle = palette.grid;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let yPx = -20; yPx < heightPx + 20; yPx += 7) {
    ctx.moveTo(leftPx, yPx + (rightPx - leftPx));
    ctx.lineTo(rightPx, yPx);
  }
  ctx.stroke();
  ctx.restore();
  if (rightPx - leftPx >= 12) {
    ctx.save();
    ctx.translate((leftPx + rightPx) / 2, heightPx - 8);
    ctx.rotate(-Math.PI / 2);
    ctx.font = `11px ${palette.fontFamily}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = palette.textFaint;
    ctx.fillText(`${text} idle`, 0, 0);
    ctx.restore();
  }
}
