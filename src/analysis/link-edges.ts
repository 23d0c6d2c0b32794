/** Span links of one trace as edges between its rows, and those that lead to other traces. */
import type { SpanId, TraceId, TraceSet } from '../trace';
import { linkTargets } from './span-links';

export interface LinkEdges {
  /** Rows of both ends. */
  readonly within: ReadonlyArray<{ readonly from: number; readonly to: number }>;
  readonly leaving: ReadonlyArray<{ readonly from: number; readonly traceId: TraceId; readonly spanId: SpanId }>;
}

/** A span of the set that is linked to is found whichever of its traces it belongs to. */
export function linkEdges(set: TraceSet, trace: number): LinkEdges {
  const links: Array<{ from: number; traceId: TraceId; spanId: SpanId }> = [];
  const wanted = new Map<SpanId, number[]>();
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    for (const target of linkTargets(set, row)) {
      links.push({ from: row, ...target });
      wanted.set(target.spanId, []);
    }
  }
  if (links.length === 0) {
    return { within: [], leaving: [] };
  }
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    wanted.get(set.spanId(row))?.push(row);
  }
  const within: Array<{ from: number; to: number }> = [];
  const leaving: typeof links = [];
  for (const link of links) {
    const to = wanted.get(link.spanId)?.[0];
    if (to === undefined) {
      leaving.push(link);
    } else if (to !== link.from) {
      within.push({ from: link.from, to });
    }
  }
  return { within, leaving };
}
