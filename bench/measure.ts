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

/** Median milliseconds of `work` ÷ those of `bound`, both warmed up. */
export function ratio(work: () => unknown, bound: () => unknown, rounds = 9, warmUps = 4): number {
  for (let round = 0; round < warmUps; round++) {
    time(work);
  }
  time(bound);
  const workTimes: number[] = [];
  const boundTimes: number[] = [];
  collectGarbage();
  for (let round = 0; round < rounds; round++) {
    workTimes.push(time(work));
    boundTimes.push(time(bound));
  }
  return median(workTimes) / median(boundTimes);
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
