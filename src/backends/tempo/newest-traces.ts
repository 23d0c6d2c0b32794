import { byNewest, type TimeRangeMs, type TraceSummary } from '../backend';

/** Finds traces of a range, at most `limit`, whichever come up first. */
export type FindAny = (range: TimeRangeMs) => Promise<readonly TraceSummary[]>;

export interface NewestTraces {
  /** Newest first. */
  readonly traces: readonly TraceSummary[];
  /** The range holds more than these. */
  readonly isLimited: boolean;
  /** No trace of the range that is left out is newer than one of these. */
  readonly isExact: boolean;
}

/** Tempo takes whole seconds. */
const SHORTEST_PART_MS = 1000;
/** Of what is left to look at, a part first; a part that held too many is asked for again, this much shorter. */
const SHRINK = 4;
/** The next part is a little longer than the last one's density asks for. */
const MARGIN = 1.5;
const MOST_PARTS = 12;

/**
 * The newest traces of a range. A search of Tempo ends with the first traces it comes upon (2.7 knows no order, see
 * https://grafana.com/docs/tempo/latest/traceql/ on `most_recent`), so a range that holds more than the limit is read from its end
 * in parts that are short enough to be answered in full, down to the oldest trace that can still be among the newest.
 */
export async function newestTraces(find: FindAny, range: TimeRangeMs, limit: number): Promise<NewestTraces> {
  const first = await find(range);
  const known = new Map(first.map((trace) => [trace.traceId, trace]));
  const newest = () => [...known.values()].sort(byNewest).slice(0, limit);
  if (first.length < limit) {
    return { traces: newest(), isLimited: false, isExact: true };
  }
  // All traces that start from here on are known.
  let doneMs = range.toMs;
  let partMs = (range.toMs - range.fromMs) / SHRINK;
  for (let parts = 0; parts < MOST_PARTS; parts++) {
    const oldestMs = Math.max(range.fromMs, secondOf(newest()[limit - 1]));
    if (oldestMs >= doneMs) {
      return { traces: newest(), isLimited: true, isExact: true };
    }
    const fromMs = Math.max(oldestMs, Math.floor((doneMs - partMs) / 1000) * 1000);
    const inPart = await find({ fromMs, toMs: doneMs });
    inPart.forEach((trace) => known.set(trace.traceId, trace));
    const lengthMs = doneMs - fromMs;
    if (inPart.length < limit) {
      doneMs = fromMs;
      const left = limit - inPart.length;
      partMs = Math.max(SHORTEST_PART_MS, inPart.length === 0 ? 2 * lengthMs : (MARGIN * lengthMs * left) / inPart.length);
    } else if (lengthMs > SHORTEST_PART_MS) {
      partMs = Math.max(SHORTEST_PART_MS, lengthMs / SHRINK);
    } else {
      break;
    }
  }
  return { traces: newest(), isLimited: true, isExact: false };
}

const secondOf = ({ startUnixNs }: TraceSummary): number => Number(startUnixNs / 1_000_000_000n) * 1000;
