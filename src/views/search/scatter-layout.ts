/** Where the traces of a search lie in a plot of duration over time. No DOM. */
import type { TraceSummary } from '../../backends/backend';

export interface ScatterSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Dot {
  readonly xPx: number;
  readonly yPx: number;
  readonly hasError: boolean;
}

export interface ScatterLayout {
  /** One a trace, in their order. */
  readonly dots: readonly Dot[];
  /** Lines of equal duration, ns. */
  readonly ticks: ReadonlyArray<{ readonly durationNs: number; readonly yPx: number }>;
  readonly fromMs: number;
  readonly toMs: number;
}

export const LEFT_PX = 64;
export const BOTTOM_PX = 20;
const TOP_PX = 8;
const RIGHT_PX = 8;

/** Durations on a logarithmic axis between whole powers of ten: the slow ones are rare and far away. */
export function scatterLayout(traces: readonly TraceSummary[], { widthPx, heightPx }: ScatterSize): ScatterLayout {
  const startsMs = traces.map(({ startUnixNs }) => Number(startUnixNs) / 1e6);
  const fromMs = Math.min(...startsMs, Infinity);
  const toMs = Math.max(...startsMs, -Infinity);
  const exponents = traces.map(({ durationNs }) => Math.log10(Math.max(1, durationNs)));
  const lowest = Math.floor(Math.min(...exponents, 9));
  const highest = Math.max(lowest + 1, Math.ceil(Math.max(...exponents, 0)));
  const right = widthPx - RIGHT_PX;
  const bottom = heightPx - BOTTOM_PX;
  const yPx = (exponent: number) => bottom - ((exponent - lowest) / (highest - lowest)) * (bottom - TOP_PX);
  const xPx = (ms: number) => (toMs > fromMs ? LEFT_PX + ((ms - fromMs) / (toMs - fromMs)) * (right - LEFT_PX) : (LEFT_PX + right) / 2);
  return {
    dots: traces.map(({ errorCount }, at) => ({ xPx: xPx(startsMs[at]), yPx: yPx(exponents[at]), hasError: (errorCount ?? 0) > 0 })),
    ticks: Array.from({ length: highest - lowest + 1 }, (_, at) => ({ durationNs: 10 ** (lowest + at), yPx: yPx(lowest + at) })),
    fromMs,
    toMs,
  };
}

/** The dot nearest to a point, not farther than `withinPx`. */
export function dotAt({ dots }: ScatterLayout, xPx: number, yPx: number, withinPx = 10): number | undefined {
  let nearest: number | undefined;
  let best = withinPx ** 2;
  dots.forEach((dot, at) => {
    const distance = (dot.xPx - xPx) ** 2 + (dot.yPx - yPx) ** 2;
    if (distance <= best) {
      [nearest, best] = [at, distance];
    }
  });
  return nearest;
}
