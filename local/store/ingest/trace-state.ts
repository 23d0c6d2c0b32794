/**
 * What the writer knows of a trace that may still grow: enough of each span to number the tree again when more arrives.
 * States of traces seen lately stay in memory, older ones are read back from the database.
 */

export interface TraceState {
  readonly key: string;
  /** The trace's row. */
  readonly seq: number;
  readonly spanSeq: Float64Array;
  readonly spanId: BigUint64Array;
  readonly parentId: BigUint64Array;
  readonly startNs: BigInt64Array;
  readonly endNs: BigInt64Array;
  /** Dictionary numbers, for the trace's root. */
  readonly name: Int32Array;
  readonly resource: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly parent: Int32Array;
}

/** Spans whose states are kept: about 80 bytes each. */
const MAX_SPANS = 250_000;

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
  const bigs = new BigInt64Array(0);
  const ids = new BigUint64Array(0);
  return { key, seq, spanSeq: new Float64Array(0), spanId: ids, parentId: ids, startNs: bigs, endNs: bigs, name: ints, resource: ints, left: ints, right: ints, parent: ints };
}

/** The root's position in the state: the earliest span without a parent. */
export function rootOf(state: TraceState): number | undefined {
  let root: number | undefined;
  for (let i = 0; i < state.spanId.length; i++) {
    if (state.parentId[i] === 0n && (root === undefined || state.startNs[i] < state.startNs[root])) {
      root = i;
    }
  }
  return root;
}
