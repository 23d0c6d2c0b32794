import { byNewest, type TraceSummary } from '../../backends/backend';

/** Traces arrive late and grow: what started so long before the newest known one is asked for again. */
export const OVERLAP_MS = 60_000;

/** Most traces that a live list keeps. */
export const MOST_KEPT = 500;

/** The list with what was found since: newest first, each trace once, as it was seen last. */
export function mergeNewest(known: readonly TraceSummary[], found: readonly TraceSummary[], most = MOST_KEPT): TraceSummary[] {
  const byId = new Map([...known, ...found].map((trace) => [trace.traceId, trace]));
  return [...byId.values()].sort(byNewest).slice(0, most);
}

/** From where the next look begins, Unix ms. */
export function nextLookFromMs(known: readonly TraceSummary[], fromMs: number): number {
  return known.length === 0 ? fromMs : Math.max(fromMs, Number(known[0].startUnixNs / 1_000_000n) - OVERLAP_MS);
}
