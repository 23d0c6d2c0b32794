/**
 * What the writer knows of a trace that may still grow: enough of each span to number the tree again when more arrives.
 * States of traces seen lately stay in memory, older ones are read back from the database.
 */

/** The earliest span without a parent. */
export interface Root {
  readonly startNs: bigint;
  /** Dictionary numbers. */
  readonly name: number;
  readonly resource: number;
}

export interface TraceState {
  readonly key: string;
  /** The trace's row. */
  readonly seq: number;
  readonly spanSeq: Float64Array;
  readonly spanId: BigUint64Array;
  readonly parentId: BigUint64Array;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly root: Root | undefined;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly parent: Int32Array;
}

/** Spans whose states are kept: 36 bytes each. */
const MAX_SPANS = 500_000;

export class RecentTraces {
  private readonly states = new Map<string, TraceState>();
  private spans = 0;

  get(key: string): TraceState | undefined {
    return this.states.get(key);
  }

  /** Keeps a state; the ones that have not grown for longest make room. */
  put(state: TraceState): void {
    this.remove(state.key);
    this.states.set(state.key, state);
    this.spans += state.spanId.length;
    for (const key of this.states.keys()) {
      if (this.spans <= MAX_SPANS || key === state.key) {
        break;
      }
      this.remove(key);
    }
  }

  clear(): void {
    this.states.clear();
    this.spans = 0;
  }

  private remove(key: string): void {
    const state = this.states.get(key);
    if (state) {
      this.states.delete(key);
      this.spans -= state.spanId.length;
    }
  }
}

export function emptyState(key: string, seq: number): TraceState {
  const ints = new Int32Array(0);
  return { key, seq, spanSeq: new Float64Array(0), spanId: new BigUint64Array(0), parentId: new BigUint64Array(0), startNs: LATEST_NS, endNs: -LATEST_NS, root: undefined, left: ints, right: ints, parent: ints };
}

const LATEST_NS = 2n ** 63n - 1n;

/** What spans say of their trace. */
export interface SpanColumns {
  readonly parentId: BigUint64Array;
  readonly startNs: BigInt64Array;
  readonly durationNs: BigInt64Array;
  readonly name: Int32Array;
  readonly resource: Int32Array;
}

/** Spans looked at in one step. */
const STEP_SPANS = 4096;

/**
 * Bounds and root of a trace once it has these spans too.
 * @param pause called between steps of less than a millisecond
 */
export async function extended({ startNs: start, endNs: end, root: earliest }: TraceState, { parentId, startNs, durationNs, name, resource }: SpanColumns, pause: () => Promise<void>): Promise<Pick<TraceState, 'startNs' | 'endNs' | 'root'>> {
  for (let i = 0; i < startNs.length; i++) {
    const spanStartNs = startNs[i];
    const spanEndNs = spanStartNs + durationNs[i];
    start = spanStartNs < start ? spanStartNs : start;
    end = spanEndNs > end ? spanEndNs : end;
    if (parentId[i] === 0n && (!earliest || spanStartNs < earliest.startNs)) {
      earliest = { startNs: spanStartNs, name: name[i], resource: resource[i] };
    }
    if (i % STEP_SPANS === STEP_SPANS - 1) {
      await pause();
    }
  }
  return { startNs: start, endNs: end, root: earliest };
}
