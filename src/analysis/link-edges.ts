/** Span links of one trace as edges between its rows, and those that lead to other traces. */
import type { SpanId, TraceId, TraceSet } from '../trace';
import { linkTargets } from './span-links';

export interface LinkEdges {
  /** Rows of both ends. */
  readonly within: ReadonlyArray<{ readonly from: number; readonly to: number }>;
  readonly leaving: ReadonlyArray<{ readonly from: number; readonly traceId: TraceId; readonly spanId: SpanId }>;
}

/**
 * Finds the links of a trace in steps of so many rows, for pages that must stay awake: every span's bytes are looked at. A span
 * that is linked to is found whichever trace of the set it belongs to.
 */
export function* linkEdgesInSteps(set: TraceSet, trace: number, rowsAStep = Infinity): Generator<undefined, LinkEdges> {
  const links: Array<{ from: number; traceId: TraceId; spanId: SpanId }> = [];
  const wanted = new Map<SpanId, number[]>();
  const [first, end] = [set.firstRow(trace), set.endRow(trace)];
  for (let row = first; row < end; row++) {
    for (const target of linkTargets(set, row)) {
      links.push({ from: row, ...target });
      wanted.set(target.spanId, []);
    }
    if ((row - first + 1) % rowsAStep === 0) {
      yield;
    }
  }
  for (let row = first; row < end && links.length > 0; row++) {
    wanted.get(set.spanId(row))?.push(row);
    if ((row - first + 1) % rowsAStep === 0) {
      yield;
    }
  }
  const within: Array<{ from: number; to: number }> = [];
  const leaving: typeof links = [];
  for (const link of links) {
    const to = wanted.get(link.spanId)?.find((row) => set.traceId(set.traceOf(row)) === link.traceId);
    if (to === undefined) {
      leaving.push(link);
    } else if (to !== link.from) {
      within.push({ from: link.from, to });
    }
  }
  return { within, leaving };
}
