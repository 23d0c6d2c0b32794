import type { TimeMap } from './time-map';

/** The part of a trace on screen, in shown time (see time-map.ts); `endNs > startNs`. */
export interface TimeWindow {
  readonly startNs: number;
  readonly endNs: number;
}

/** A window never gets narrower than this: one nanosecond is the finest a trace knows. */
const MIN_WINDOW_NS = 10;

export const xOfTime = (timeNs: number, { startNs, endNs }: TimeWindow, widthPx: number): number => ((timeNs - startNs) / (endNs - startNs)) * widthPx;

export const timeOfX = (xPx: number, { startNs, endNs }: TimeWindow, widthPx: number): number => startNs + (xPx / widthPx) * (endNs - startNs);

/** Scales the window by `1 / factor` and keeps `anchorNs` where it is on screen; stays within the trace. */
export function zoomWindow(window: TimeWindow, factor: number, anchorNs: number, traceDurationNs: number): TimeWindow {
  const length = Math.min(Math.max((window.endNs - window.startNs) / factor, MIN_WINDOW_NS), Math.max(traceDurationNs, MIN_WINDOW_NS));
  const share = (anchorNs - window.startNs) / (window.endNs - window.startNs);
  return clampWindow(anchorNs - share * length, length, traceDurationNs);
}

/** Moves the window by so many ns; stays within the trace. */
export function panWindow(window: TimeWindow, byNs: number, traceDurationNs: number): TimeWindow {
  return clampWindow(window.startNs + byNs, window.endNs - window.startNs, traceDurationNs);
}

function clampWindow(startNs: number, lengthNs: number, traceDurationNs: number): TimeWindow {
  const start = Math.max(0, Math.min(startNs, traceDurationNs - lengthNs));
  return { startNs: start, endNs: start + lengthNs };
}

const MINUTE_NS = 60e9;
const HOUR_NS = 60 * MINUTE_NS;
const DAY_NS = 24 * HOUR_NS;
/** Above 20 s a scale counts as clocks do. */
const CLOCK_STEPS_NS = [30e9, ...[1, 2, 5, 10, 20, 30].map((n) => n * MINUTE_NS), ...[1, 2, 3, 6, 12].map((n) => n * HOUR_NS), ...[1, 2, 5, 10, 20, 50].map((n) => n * DAY_NS)];

/** The least round distance of ticks that is not below `roughNs`: 1, 2 or 5 times a power of ten, then minutes, hours and days. */
function roundStepNs(roughNs: number): number {
  if (roughNs > 20e9) {
    return CLOCK_STEPS_NS.find((stepNs) => stepNs >= roughNs) ?? Math.ceil(roughNs / DAY_NS) * DAY_NS;
  }
  const power = 10 ** Math.floor(Math.log10(roughNs));
  return [1, 2, 5, 10].map((digit) => digit * power).find((stepNs) => stepNs >= roughNs) ?? 10 * power;
}

/** Round times within the window, about `maxCount` of them; none within a gap of the scale. */
export function timeTicks(time: TimeMap, { startNs, endNs }: TimeWindow, maxCount: number): { readonly ticks: readonly number[]; readonly stepNs: number } {
  const stepNs = roundStepNs((endNs - startNs) / Math.max(1, maxCount));
  const ticks: number[] = [];
  let fromNs = time.timeOf(startNs);
  const lastNs = time.timeOf(endNs);
  for (const gap of [...time.gaps.filter(({ toNs }) => toNs > fromNs), { fromNs: Infinity, toNs: Infinity }]) {
    for (let i = Math.ceil(fromNs / stepNs); i * stepNs <= Math.min(lastNs, gap.fromNs); i++) {
      ticks.push(i * stepNs);
    }
    fromNs = gap.toNs;
  }
  return { ticks, stepNs };
}
