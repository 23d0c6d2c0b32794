/** Times in which nothing goes on below the roots: a trace of a queue or a timer mostly waits. */
import type { Gap } from './time-map';

interface SpanTimes {
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
  /** 1 of a span without children. */
  readonly subtreeSize: Uint32Array;
  /** 0 of a root. */
  readonly depth: Uint32Array;
}

/** A gap shorter than two such parts of the trace is none. */
const PARTS = 100;

/**
 * The idle gaps of the rows [first, end), ascending: all that last a fiftieth of the trace, and some of the shorter ones.
 *
 * The trace is cut into equal parts. A gap of twice their length contains a part that no span touches; it begins with the last
 * end in the part before and stops with the first start in the part after. O(rows + parts).
 */
export function idleGaps({ startNs, durationNs, subtreeSize, depth }: SpanTimes, first: number, end: number, traceDurationNs: number): Gap[] {
  const partNs = Math.max(1, traceDurationNs) / PARTS;
  const partOf = (timeNs: number) => Math.max(0, Math.min(PARTS - 1, Math.floor(timeNs / partNs)));
  const change = new Int32Array(PARTS + 1);
  const lastEndNs = new Float64Array(PARTS);
  const firstStartNs = new Float64Array(PARTS).fill(traceDurationNs);
  for (let row = first; row < end; row++) {
    // A root that has children waits for them; everything else may be at work.
    if (depth[row] > 0 || subtreeSize[row] === 1) {
      const endNs = startNs[row] + durationNs[row];
      const from = partOf(startNs[row]);
      const to = partOf(endNs);
      change[from]++;
      change[to + 1]--;
      firstStartNs[from] = Math.min(firstStartNs[from], startNs[row]);
      lastEndNs[to] = Math.max(lastEndNs[to], endNs);
    }
  }
  const gaps: Gap[] = [];
  for (let part = 0, running = change[0]; part < PARTS; running += change[++part]) {
    if (running > 0) {
      continue;
    }
    const fromNs = part === 0 ? 0 : lastEndNs[part - 1];
    while (part < PARTS && running === 0) {
      running += change[++part];
    }
    gaps.push({ fromNs, toNs: part === PARTS ? traceDurationNs : firstStartNs[part] });
  }
  return gaps;
}
