/** Settings of tail sampling: those of the reference collector (stack/collector/collector.yaml) unless told otherwise. */
export interface SamplingOptions {
  /** How long a trace waits for its spans, from the first one on. */
  readonly decisionWaitMs: number;
  /** Traces at least this long are kept. */
  readonly slowMs: number;
  /** The share kept of traces that neither failed nor were slow, from 0 to 1. */
  readonly keptShare: number;
  /** What may wait. When one of these is full the oldest trace is decided early. */
  readonly maxWaitingTraces: number;
  readonly maxWaitingSpans: number;
  readonly maxWaitingBytes: number;
  /** Decisions remembered, of each kind, for spans that come after them. */
  readonly rememberedDecisions: number;
}

export const DEFAULT_SAMPLING: SamplingOptions = {
  decisionWaitMs: 15_000,
  slowMs: 500,
  keptShare: 0.1,
  maxWaitingTraces: 50_000,
  maxWaitingSpans: 500_000,
  maxWaitingBytes: 128 << 20,
  rememberedDecisions: 100_000,
};

/** What `npm start` and the store's log say about it. */
export function samplingInWords({ decisionWaitMs, slowMs, keptShare }: SamplingOptions): string {
  return `keeps traces with errors, those of ${slowMs} ms or more and ${Number((keptShare * 100).toPrecision(3))} % of the rest; each waits ${decisionWaitMs / 1000} s for its spans`;
}
