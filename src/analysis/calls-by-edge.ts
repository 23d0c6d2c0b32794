/**
 * Calls on their way into the figures of their edges. What hundreds of edges count does not fit into the processor's cache, so
 * calls gather in columns, and an edge is fetched once for many of them, not once a call.
 */
import { StatusCode, type TraceSet } from '../trace';
import { exemplarOf, rankOf } from './call-statistics';
import type { EdgeDraft } from './service-graph-draft';

/** Calls, and callers, that wait at most: 12 bytes each. */
const MOST_WAITING = 1 << 17;

export class CallsByEdge {
  // --- what waits: the durations of calls (2 × edge) and of their callers (2 × edge + 1)
  private count = 0;
  private side = new Uint32Array(1 << 10);
  private durationNs = new Float64Array(1 << 10);
  // --- of each edge
  private errorCount = new Uint32Array(0);
  private strength = new Uint8Array(0);
  private gapSumNs = new Float64Array(0);
  /** The rank from which a call may be an exemplar. */
  private exemplarRank = new Float64Array(0);

  /** @param edges by their index; more may be added */
  constructor(private readonly edges: readonly EdgeDraft[]) {}

  /** Adds a call that is seen at a row; the durations of those that arrive at a service count for it, too. @param edge its index @param strength see Strength @param callerFailed whether its other side failed */
  add(edge: number, strength: number, set: TraceSet, row: number, callerFailed = false): void {
    if (edge >= this.strength.length) {
      this.makeRoom();
    }
    const durationNs = set.columns.durationNs[row];
    const failed = callerFailed || set.columns.status[row] === StatusCode.error;
    if (failed) {
      this.errorCount[edge]++;
    }
    if (strength > this.strength[edge]) {
      this.strength[edge] = strength;
    }
    if (rankOf(durationNs, failed) >= this.exemplarRank[edge]) {
      const { calls } = this.edges[edge];
      calls.keep(exemplarOf(set, row, failed));
      this.exemplarRank[edge] = calls.exemplarRank;
    }
    this.wait(2 * edge, durationNs);
  }

  /** Adds what the caller of that call saw. @param gapNs see ServiceEdge.gapMeanNs */
  addCaller(edge: number, durationNs: number, gapNs: number): void {
    this.gapSumNs[edge] += gapNs;
    this.wait(2 * edge + 1, durationNs);
  }

  /** Hands what waits over to the edges. */
  flush(): void {
    const { count, side, edges } = this;
    // A counting sort: where the durations of each side end, then each to the place before the last one's of its side.
    const start = new Uint32Array(2 * edges.length + 1);
    for (let at = 0; at < count; at++) {
      start[side[at]]++;
    }
    let end = 0;
    for (let at = 0; at < start.length; at++) {
      start[at] = end += start[at];
    }
    const sorted = new Float64Array(count);
    for (let at = count - 1; at >= 0; at--) {
      sorted[--start[side[at]]] = this.durationNs[at];
    }
    for (let edge = 0; edge < edges.length; edge++) {
      const [calls, callers, end] = [start[2 * edge], start[2 * edge + 1], start[2 * edge + 2] ?? count];
      if (calls < end) {
        this.handOver(edge, sorted, calls, callers, end);
      }
    }
    this.count = 0;
  }

  private handOver(index: number, sorted: Float64Array, calls: number, callers: number, end: number): void {
    const edge = this.edges[index];
    edge.calls.durations.addAll(sorted, calls, callers);
    if (edge.target.kind === 'service') {
      edge.target.calls.durations.addAll(sorted, calls, callers);
    }
    edge.callerDurations.addAll(sorted, callers, end);
    edge.calls.errorCount += this.errorCount[index];
    edge.gapSumNs += this.gapSumNs[index];
    edge.seen(this.strength[index]);
    this.errorCount[index] = 0;
    this.gapSumNs[index] = 0;
  }

  private wait(side: number, durationNs: number): void {
    if (this.count === MOST_WAITING) {
      this.flush();
    } else if (this.count === this.side.length) {
      this.side = grown(this.side, new Uint32Array(2 * this.count));
      this.durationNs = grown(this.durationNs, new Float64Array(2 * this.count));
    }
    this.side[this.count] = side;
    this.durationNs[this.count++] = durationNs;
  }

  private makeRoom(): void {
    const room = 2 * this.edges.length;
    this.errorCount = grown(this.errorCount, new Uint32Array(room));
    this.strength = grown(this.strength, new Uint8Array(room));
    this.gapSumNs = grown(this.gapSumNs, new Float64Array(room));
    this.exemplarRank = grown(this.exemplarRank, new Float64Array(room).fill(-Infinity));
  }
}

function grown<T extends Uint8Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
