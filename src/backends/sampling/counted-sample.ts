/**
 * Samples a busy window whose spans the backend has counted (TraceQL metrics): the window is cut where each part holds as many
 * spans, and in each part one short slice is read in full that should hold the same share of the part's spans. Every span then
 * had the same chance to be in the sample, in a burst as in a lull, and counts are scaled to the known total (ratio estimator
 * with the span counts as size; Cochran, Sampling Techniques, chapter 6).
 */
import type { TraceId, TraceSet } from '../../trace';
import { lengthMs, sampledCoverage, type Coverage, type Slice } from './coverage';
import type { BudgetMeter } from './budget';
import { mapLimited } from './map-limited';
import { startsIn, wholeSecond, type AskSlice, type SliceAnswer } from './slice-answer';
import type { SpanCounts } from './span-counts';
import { mergeSets } from '../sets/merge-sets';

export interface CountedSample {
  readonly answers: readonly SliceAnswer[];
  readonly traces: TraceSet;
  readonly coverage: Coverage;
}

export interface CountedPlan {
  readonly ask: AskSlice;
  readonly limit: number;
  readonly counts: SpanCounts;
  /** How many spans of a set are of those that were counted. */
  readonly countedIn: (set: TraceSet) => number;
  readonly meter: BudgetMeter;
  readonly onSlice: (doneCount: number, totalCount: number) => void;
}

/** In the order asked: when the budget ends early, the parts had are still spread over the window (van der Corput). */
const PART_ORDER = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15];
const PARTS = PART_ORDER.length;
const CONCURRENT_SLICES = 4;
const SHORTEST_SLICE_MS = 1000;
const SHRINK = 4;
const MOST_SHRINKS = 3;
/** What was read over what the counts let expect: outside, the counts are of something else (or not there yet). */
const TRUSTED_RATIO = [0.5, 2] as const;
const GOLDEN_RATIO = 0.618034;

interface Part {
  readonly slice: Slice;
  readonly answer: SliceAnswer;
  readonly traces: TraceSet;
  /** As they were read. */
  readonly countedSpans: number;
}

/**
 * @param first any traces of the window, to know how many of the counted spans a trace has
 * @returns undefined where the counts do not fit what is read
 */
export async function countedSample(first: TraceSet, plan: CountedPlan): Promise<CountedSample | undefined> {
  const { counts, countedIn, limit } = plan;
  const spansPerTrace = countedIn(first) / Math.max(1, first.traceCount);
  const wantedSpans = (limit / PARTS) * spansPerTrace;
  const partSpans = counts.total / PARTS;
  if (!(wantedSpans > 0) || partSpans < wantedSpans) {
    return undefined;
  }
  let doneCount = 0;
  const asked = await mapLimited(PART_ORDER, CONCURRENT_SLICES, async (part) => {
    // Not at the same place of every part, or whatever happens once an interval would always be in, or always out.
    const from = partSpans * part + (partSpans - wantedSpans) * (((part + 1) * GOLDEN_RATIO) % 1);
    const answer = await readSlice(counts.timeOf(from), counts.timeOf(from + wantedSpans), plan);
    plan.onSlice(++doneCount, PARTS);
    return answer;
  });
  const parts = asked.filter((part) => part !== undefined).sort((a, b) => a.slice.range.fromMs - b.slice.range.fromMs);
  return isTrusted(parts, counts) ? evened(parts, plan) : undefined;
}

/** Undefined where the budget is used up. */
async function readSlice(startAtMs: number, endAtMs: number, { ask, limit, meter, countedIn }: CountedPlan): Promise<Part | undefined> {
  const fromMs = wholeSecond(startAtMs);
  let sliceMs = Math.max(SHORTEST_SLICE_MS, wholeSecond(endAtMs - fromMs + 999));
  for (let shrinks = 0; !meter.exhausted(); shrinks++) {
    const range = { fromMs, toMs: fromMs + sliceMs };
    const answer = await ask(range, limit, meter);
    if (!answer.isLimited || sliceMs <= SHORTEST_SLICE_MS || shrinks >= MOST_SHRINKS) {
      const traces = mergeSets([answer.traces], startsIn(range));
      return { slice: { range, traceCount: traces.traceCount, isComplete: !answer.isLimited }, answer, traces, countedSpans: countedIn(traces) };
    }
    sliceMs = Math.max(SHORTEST_SLICE_MS, wholeSecond(sliceMs / SHRINK));
  }
  return undefined;
}

function isTrusted(parts: readonly Part[], counts: SpanCounts): boolean {
  const complete = parts.filter(({ slice }) => slice.isComplete);
  const read = sum(complete.map(({ countedSpans }) => countedSpans));
  const expected = sum(complete.map(({ slice }) => counts.within(slice.range)));
  const [least, most] = TRUSTED_RATIO;
  return sum(parts.map(({ countedSpans }) => countedSpans)) < counts.total && complete.length >= PARTS / 2 && read >= least * expected && read <= most * expected && parts.every(({ slice }) => counts.within(slice.range) > 0);
}

/**
 * Slices are whole seconds, and shorter where they were too busy: of the longer ones a part is kept, trace by trace, so that
 * all cover the same share of their part. What they should hold decides that, not what they happened to hold. A second that is
 * in two slices, as in a short burst, gives each of them other traces.
 */
function evened(parts: readonly Part[], { counts, countedIn }: CountedPlan): CountedSample {
  const expected = parts.map(({ slice }) => counts.within(slice.range));
  const least = Math.min(...expected);
  const taken = new Set<TraceId>();
  const kept = parts.map(({ slice, answer, traces }, at) => {
    const keptShare = least / expected[at];
    const some = mergeSets([traces], (set, trace) => (chance(set, trace) + at * GOLDEN_RATIO) % 1 < keptShare && !taken.has(set.traceId(trace)));
    for (let trace = 0; trace < some.traceCount; trace++) {
      taken.add(some.traceId(trace));
    }
    return { answer, traces: some, slice: { ...slice, traceCount: some.traceCount, keptShare, countedSpans: countedIn(some) } };
  });
  const slices = kept.map((part) => part.slice);
  const windowMs = lengthMs(counts.window);
  const coveredMs = (windowMs * sum(slices.map(({ countedSpans }) => countedSpans))) / counts.total;
  return {
    answers: kept.map((part) => part.answer),
    traces: mergeSets(kept.map((part) => part.traces)),
    coverage: sampledCoverage({ slices, coveredMs, windowMs, countedSpans: counts.total }),
  };
}

/** In [0, 1), the same for a trace each time it is read; ids that are counted up are spread too (FNV-1a, then mixed). */
function chance(set: TraceSet, trace: number): number {
  const id = set.traceId(trace);
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
