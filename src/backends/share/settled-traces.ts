import type { TraceId, TraceSet } from '../../trace';
import { SharedAnswers } from './shared-answers';

/** What a trace's spans end before is taken not to change any more: exporters and collectors have sent what they had. */
const SETTLED_MS = 120_000;
/** Of the traces that were read, as they arrived. */
const MOST_BYTES = 32e6;

/**
 * Whole traces by id: those that ended a while ago are remembered, the least used forgotten first, so that a refresh does not read
 * them again; a trace that several ask for at once is read once.
 */
export class SettledTraces {
  /** In the order of their last use. */
  private readonly known = new Map<TraceId, TraceSet>();
  private readonly answers = new SharedAnswers();
  private bytes = 0;

  constructor(
    private readonly mostBytes = MOST_BYTES,
    private readonly nowMs: () => number = Date.now
  ) {}

  /** @throws BackendError of kind `aborted` to whose signal fired, and what `read` rejects with */
  async get(traceId: TraceId, read: (signal: AbortSignal) => Promise<TraceSet>, signal: AbortSignal | undefined): Promise<TraceSet> {
    const known = this.known.get(traceId);
    const set = known ?? (await this.answers.get(traceId, read, signal));
    if (this.isSettled(set)) {
      this.remember(traceId, set);
    }
    return set;
  }

  /** A trace with a notice is one that the backend could give in part only: next time there may be more. */
  private isSettled(set: TraceSet): boolean {
    for (let trace = 0; trace < set.traceCount; trace++) {
      if (Number(set.baseUnixNs(trace)) / 1e6 + set.traceDurationNs(trace) / 1e6 > this.nowMs() - SETTLED_MS) {
        return false;
      }
    }
    return set.notices.length === 0;
  }

  private remember(traceId: TraceId, set: TraceSet): void {
    this.forget(traceId);
    this.known.set(traceId, set);
    this.bytes += sizeOf(set);
    for (const [oldest] of this.known) {
      if (this.bytes <= this.mostBytes) {
        break;
      }
      this.forget(oldest);
    }
  }

  private forget(traceId: TraceId): void {
    const set = this.known.get(traceId);
    if (set) {
      this.bytes -= sizeOf(set);
      this.known.delete(traceId);
    }
  }
}

const sizeOf = (set: TraceSet): number => set.columns.chunks.reduce((sum, { length }) => sum + length, 0);
