/** Timing for benchmarks: seeded inputs, warm-up, medians; work and its lower bound alternate, so that a busy machine hits both. */

/** Where results go, so that nothing is optimised away; never read. */
export const sink: { value: unknown } = { value: undefined };

export interface Benchmark {
  /** The name in the table and in the JSON file. */
  readonly name: string;
  readonly what: string;
  /** What must be reached; `atLeast` where more is better. */
  readonly limit: { readonly atMost: number } | { readonly atLeast: number };
  readonly run: () => number | Promise<number>;
}

/** A benchmark needs something that is not there; says what. */
export class CannotRun extends Error {}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Milliseconds of one call. */
export function time(work: () => unknown): number {
  const start = performance.now();
  sink.value = work();
  const elapsed = performance.now() - start;
  sink.value = undefined;
  return elapsed;
}

/** A function of a few milliseconds needs dozens of calls before all of it is compiled, one of a second needs few. */
const WARM_UP_MS = 500;

/**
 * Median milliseconds of `work` ÷ those of `bound`. Both are warmed up for half a second, `work` by at
 * least so many calls; with 0 its first run is measured too.
 */
export function ratio(work: () => unknown, bound: () => unknown, rounds = 9, warmUps = 4): number {
  if (warmUps > 0) {
    warmUp(work, warmUps);
  }
  warmUp(bound, 1);
  const workTimes: number[] = [];
  const boundTimes: number[] = [];
  collectGarbage();
  for (let round = 0; round < rounds; round++) {
    workTimes.push(...timesOfRound(work));
    boundTimes.push(...timesOfRound(bound));
  }
  return median(workTimes) / median(boundTimes);
}

/** A call right behind the other side's pays for its garbage and for caches that it emptied: a short function is not judged by that call alone. */
const ROUND_MS = 100;

function timesOfRound(work: () => unknown): number[] {
  const times: number[] = [];
  for (const end = performance.now() + ROUND_MS; times.length === 0 || performance.now() < end; ) {
    times.push(time(work));
  }
  return times;
}

function warmUp(work: () => unknown, leastCalls: number): void {
  const end = performance.now() + WARM_UP_MS;
  for (let call = 0; call < leastCalls || performance.now() < end; call++) {
    time(work);
  }
}

/** Starts each measurement with a clean heap where Node was started with --expose-gc. */
export function collectGarbage(): void {
  globalThis.gc?.();
}

/** Computes once, on first use: benchmarks left out by --only cost nothing. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
