/** The merged call paths of many traces: what structure.ts builds, read-only. */
import type { DurationSketch } from './duration-sketch';

/**
 * Nodes are in depth-first order, siblings by total time: the subtree of node i is nodes [i, i + subtreeSize[i]). A node is
 * a path of (service, span name) from a root.
 */
export interface PathColumns {
  /** Node of the path without its last step, or -1. */
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly subtreeSize: Uint32Array;
  /** Index into services, into operations. */
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
  readonly minNs: Float64Array;
  readonly maxNs: Float64Array;
  /** Sum over the traces of the square of the path's time in the trace: what a variance between traces needs. */
  readonly traceSquaresNs2: Float64Array;
  /** The slowest span: which set added (from 0), and its row there. */
  readonly slowestSet: Uint32Array;
  readonly slowestRow: Uint32Array;
}

export class PathTree {
  constructor(
    readonly columns: PathColumns,
    readonly services: readonly string[],
    readonly operations: readonly string[],
    /** All traces that were merged. */
    readonly traceCount: number,
    /** By node, where there is more than one span. */
    private readonly durations: ReadonlyMap<number, DurationSketch>
  ) {}

  get nodeCount(): number {
    return this.columns.parent.length;
  }

  service(node: number): string {
    return this.services[this.columns.service[node]];
  }

  operation(node: number): string {
    return this.operations[this.columns.operation[node]];
  }

  /** Nearest-rank quantile of the durations of the path's spans, ns, within 1 %. */
  quantileNs(node: number, q: number): number {
    return this.durations.get(node)?.quantile(q) ?? this.columns.maxNs[node];
  }
}
