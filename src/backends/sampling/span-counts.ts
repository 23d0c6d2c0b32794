/** How many spans there were over time, as a backend counted them all: what a sample is spread by and scaled to. */
import type { TimeRangeMs } from '../backend';

export class SpanCounts {
  /** Spans before each step's end. */
  private readonly upTo: Float64Array;
  private readonly beforeWindow: number;
  /** Spans of the window. */
  readonly total: number;

  /**
   * @param counts one a step, none negative; within a step spans are taken to be spread evenly
   * @param firstMs start of the first step, at or before that of the window; the steps cover the window
   */
  constructor(
    readonly window: TimeRangeMs,
    counts: ArrayLike<number>,
    private readonly firstMs: number,
    private readonly stepMs: number
  ) {
    this.upTo = new Float64Array(Math.max(1, counts.length));
    for (let step = 0; step < counts.length; step++) {
      this.upTo[step] = (step > 0 ? this.upTo[step - 1] : 0) + counts[step];
    }
    this.beforeWindow = this.before(window.fromMs);
    this.total = this.within(window);
  }

  /** Unix ms before which `count` spans of the window were. */
  timeOf(count: number): number {
    const wanted = this.beforeWindow + count;
    let step = 0;
    while (step < this.upTo.length - 1 && this.upTo[step] < wanted) {
      step++;
    }
    const before = step > 0 ? this.upTo[step - 1] : 0;
    const inStep = this.upTo[step] - before;
    const share = inStep > 0 ? Math.min(1, Math.max(0, (wanted - before) / inStep)) : 0;
    return Math.min(this.window.toMs, Math.max(this.window.fromMs, this.firstMs + this.stepMs * (step + share)));
  }

  within({ fromMs, toMs }: TimeRangeMs): number {
    return this.before(toMs) - this.before(fromMs);
  }

  private before(timeMs: number): number {
    const steps = Math.min(this.upTo.length, Math.max(0, (timeMs - this.firstMs) / this.stepMs));
    const step = Math.min(this.upTo.length - 1, Math.floor(steps));
    const before = step > 0 ? this.upTo[step - 1] : 0;
    return before + (this.upTo[step] - before) * (steps - step);
  }
}
