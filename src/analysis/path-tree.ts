/** The merged call paths of many traces: what structure.ts builds, read-only. */
import type { TraceSet } from '../trace';

/**
 * Nodes are in depth-first order, siblings by total time: the subtree of node i is nodes [i, i + subtreeSize[i]). A node is
 * a path of (service, span name) from a root.
 */
export interface PathColumns {
  /** Node of the path without its last step, or -1. */
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly subtreeSize: Uint32Array;
  /** Index into the set's services, into its operations. */
  readonly service: Uint32Array;
  readonly operation: Uint32Array;
  /** Spans on this path. */
  readonly count: Uint32Array;
  readonly errorCount: Uint32Array;
  /** Traces that have the path. */
  readonly traceCount: Uint32Array;
  /** Sums over the spans. */
  readonly totalNs: Float64Array;
  readonly selfNs: Float64Array;
  readonly maxNs: Float64Array;
  /** Sum over the traces of the square of the path's time in the trace: what a variance between traces needs. */
  readonly traceSquaresNs2: Float64Array;
  /** Row of the slowest span. */
  readonly slowestRow: Uint32Array;
}

export class PathTree {
  /** Durations of the spans, ns, grouped by node; each group is sorted when it is asked for. */
  private grouped: { readonly first: Uint32Array; readonly durationNs: Float64Array } | undefined;

  constructor(
    private readonly set: TraceSet,
    readonly columns: PathColumns,
    /** All traces that were merged. */
    readonly traceCount: number,
    /** The node of each row of the set; -1 for rows of traces that were not merged. */
    readonly nodeOfRow: Int32Array
  ) {}

  get nodeCount(): number {
    return this.columns.parent.length;
  }

  get services(): readonly string[] {
    return this.set.columns.services;
  }

  get operations(): readonly string[] {
    return this.set.columns.operations;
  }

  service(node: number): string {
    return this.services[this.columns.service[node]];
  }

  operation(node: number): string {
    return this.operations[this.columns.operation[node]];
  }

  /** Nearest-rank quantile of the durations of the path's spans, ns, exact. */
  quantileNs(node: number, q: number): number {
    const count = this.columns.count[node];
    if (count === 1) {
      return this.columns.maxNs[node];
    }
    const { first, durationNs } = (this.grouped ??= this.groupDurations());
    const sorted = durationNs.subarray(first[node], first[node] + count).sort();
    return sorted[Math.max(1, Math.ceil(q * count - RANK_ROUNDING * count)) - 1];
  }

  private groupDurations(): { readonly first: Uint32Array; readonly durationNs: Float64Array } {
    const { nodeOfRow, nodeCount, columns: { count } } = this;
    const first = new Uint32Array(nodeCount + 1);
    for (let node = 0; node < nodeCount; node++) {
      first[node + 1] = first[node] + count[node];
    }
    const durationNs = new Float64Array(first[nodeCount]);
    const fill = first.slice();
    for (let row = 0; row < nodeOfRow.length; row++) {
      if (nodeOfRow[row] >= 0) {
        durationNs[fill[nodeOfRow[row]]++] = this.set.columns.durationNs[row];
      }
    }
    return { first, durationNs };
  }
}

/** 0.95 × 20 is 19.000000000000004 in floats: the rank must not be rounded up for that. */
const RANK_ROUNDING = 1e-12;
