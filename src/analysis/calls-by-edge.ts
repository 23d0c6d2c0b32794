/**
 * The calls of one set, put together by their edges before they are counted: what the edges of a large map count does not fit
 * into the processor's cache, so an edge is fetched once for all of its calls, not once a call.
 */
import type { EdgeDraft } from './service-graph-draft';

/** Ranges, not views: a set has calls of hundreds of edges, and making a view takes as long as counting several calls. */
export type VisitEdge = (edge: EdgeDraft, rows: Uint32Array, start: number, end: number) => void;

export class CallsByEdge {
  private count = 0;
  private readonly edge: Uint32Array;
  private readonly row: Uint32Array;

  /** @param mostCalls how many calls are added at most */
  constructor(mostCalls: number) {
    this.edge = new Uint32Array(mostCalls);
    this.row = new Uint32Array(mostCalls);
  }

  /** A call that is seen at a row. */
  add(edge: EdgeDraft, row: number): void {
    this.edge[this.count] = edge.index;
    this.row[this.count++] = row;
  }

  /**
   * Visits the edges with the rows[start, end) of their calls, in the order of adding; the calls are forgotten.
   * @param edges by index
   */
  take(edges: readonly EdgeDraft[], visit: VisitEdge): void {
    const { count, edge, row } = this;
    // A counting sort: where the rows of each edge end, then each row to the place before the last one's of its edge.
    const start = new Uint32Array(edges.length + 1);
    for (let call = 0; call < count; call++) {
      start[edge[call]]++;
    }
    let end = 0;
    for (let index = 0; index < start.length; index++) {
      start[index] = end += start[index];
    }
    const sorted = new Uint32Array(count);
    for (let call = count - 1; call >= 0; call--) {
      sorted[--start[edge[call]]] = row[call];
    }
    for (let index = 0; index < edges.length; index++) {
      if (start[index] < start[index + 1]) {
        visit(edges[index], sorted, start[index], start[index + 1]);
      }
    }
    this.count = 0;
  }
}
