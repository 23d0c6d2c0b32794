/**
 * What traces are asked for, whatever the backend. The search form edits this; each backend translates what its API can
 * express.
 */
export interface TraceFilter {
  readonly service?: string;
  readonly operation?: string;
  readonly errorsOnly?: boolean;
  /** Of a span. */
  readonly minDurationNs?: number;
  readonly maxDurationNs?: number;
  /** Typed by the user and used instead of everything above; Tempo only. */
  readonly traceql?: string;
}

/** "1.5s", "200ms", "3us" (or "µs"), "40ns", "2m", "1h" → ns; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ns|us|µs|μs|ms|s|m|h)\s*$/.exec(text);
  return match ? Math.round(Number(match[1]) * UNIT_NS[match[2]]) : undefined;
}

const UNIT_NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
