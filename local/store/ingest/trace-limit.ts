/**
 * `max_bytes_per_trace`, as Tempo keeps it: of a request that would take a trace beyond the limit, none of the trace's spans are taken.
 * Sizes are those received since the start, of the traces that grew last.
 */
import type { RequestIndex } from './request-index';
import { traceKeyOf } from './span-batch';

/** Sizes kept; a trace that has not grown for longer starts again at 0. */
const MAX_TRACES = 100_000;

export class TraceLimit {
  private readonly maxBytes: number;
  private readonly sizes = new Map<string, number>();

  /** @param maxBytes of the Span messages of a trace */
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Counts a request. @returns which of its spans to leave out */
  add(index: RequestIndex): (span: number) => boolean {
    const received = new Map<string, number>();
    const keys = Array.from({ length: index.spanCount }, (_, span) => traceKeyOf(index.tenant, index.bytes, index.traceIdAt(span)));
    keys.forEach((key, span) => received.set(key, (received.get(key) ?? 0) + index.to(span) - index.from(span)));
    const beyond = new Set<string>();
    for (const [key, bytes] of received) {
      const size = (this.sizes.get(key) ?? 0) + bytes;
      if (size > this.maxBytes) {
        beyond.add(key);
      } else {
        this.sizes.delete(key);
        this.sizes.set(key, size);
      }
    }
    for (const key of this.sizes.keys()) {
      if (this.sizes.size <= MAX_TRACES) {
        break;
      }
      this.sizes.delete(key);
    }
    return (span) => beyond.has(keys[span]);
  }
}
