/** Where bars lie: what drawing and hit testing both read. */
import { xOfTime, type TimeWindow } from './time-scale';
import type { WaterfallScene } from './waterfall-scene';

/** A bar is never thinner: what took no time still happened. */
const MIN_BAR_PX = 2;
/** Above and below a bar. */
export const BAR_INSET_PX = 4;

export interface BarBox {
  readonly leftPx: number;
  readonly rightPx: number;
}

/** View x of a trace time. */
export const xOf = (timeNs: number, scene: WaterfallScene, window: TimeWindow, widthPx: number): number => xOfTime(scene.time.shownOf(timeNs), window, widthPx);

/**
 * The bar of a time span. Clamped to a little beyond the view: at nanosecond zoom an hour-long bar would leave the range that
 * canvases draw exactly.
 */
export function barBox(fromNs: number, toNs: number, scene: WaterfallScene, window: TimeWindow, widthPx: number): BarBox {
  const leftPx = Math.max(-10, xOf(fromNs, scene, window, widthPx));
  return { leftPx, rightPx: Math.min(widthPx + 10, Math.max(leftPx + MIN_BAR_PX, xOf(toNs, scene, window, widthPx))) };
}

/** The time from the first start to the last end of what a row shows. */
export function extentOf(scene: WaterfallScene, span: number): { readonly fromNs: number; readonly toNs: number } {
  const { startNs, durationNs } = scene.spans;
  const run = scene.runOf(span);
  if (!run) {
    return { fromNs: startNs[span], toNs: startNs[span] + durationNs[span] };
  }
  return { fromNs: startNs[run[0]], toNs: run.reduce((last, each) => Math.max(last, startNs[each] + durationNs[each]), 0) };
}
