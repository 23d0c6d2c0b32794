/**
 * Samples a window of time. One search gives all of a quiet window. Of a busy one it would give the newest traces only, or
 * whichever the backend came upon first; so short slices spread over the window are asked for instead, each in full. Where the
 * backend counts its spans they are spread by these counts (counted-sample.ts), and a search for a few traces tells beforehand
 * whether the window is busy. Elsewhere all slices have one length: then every trace of the window had the same chance, and
 * counts over the covered time estimate the window's rates without weights.
 */
import type { TraceId, TraceSet } from '../../trace';
import type { Progress, Sample, SampleBudget, TimeRangeMs } from '../backend';
import { mergeSets } from '../sets/merge-sets';
import { BudgetMeter, DEFAULT_BUDGET } from './budget';
import { countedSample } from './counted-sample';
import { coverageNote, fullCoverage, lengthMs, newestCoverage, slicedCoverage, type Coverage, type Slice } from './coverage';
import { fetchWhole } from './fetch-whole';
import { mapLimited } from './map-limited';
import { startMs, startsIn, wholeSecond, type AskSlice, type SliceAnswer } from './slice-answer';
import type { SpanCounts } from './span-counts';

export interface SamplePlan {
  readonly range: TimeRangeMs;
  readonly limit: number;
  readonly budget?: Partial<SampleBudget>;
  readonly onProgress?: (progress: Progress) => void;
  /** Fetches a trace whole; only where answers can be incomplete. */
  readonly fetchTrace?: (traceId: TraceId) => Promise<TraceSet>;
  /** How the backend counts spans of the window, where it does. */
  readonly counting?: SpanCounting;
}

export interface SpanCounting {
  /** Undefined where the backend cannot say it for this range. */
  readonly count: (range: TimeRangeMs) => Promise<SpanCounts | undefined>;
  /** How many spans of a set are of those that `count` counts. */
  readonly countedIn: (set: TraceSet) => number;
}

/** In the order asked: when the budget ends early, the slices had are still spread over the window (van der Corput). */
const SLICE_ORDER = [0, 4, 2, 6, 1, 5, 3, 7];
const SLICES = SLICE_ORDER.length;
const CONCURRENT_SLICES = 3;
/** Tempo takes whole seconds. */
const SHORTEST_SLICE_MS = 1000;
/** A slice that was too long is asked for again, this much shorter. */
const SHRINK = 4;
/** Of the limit, in one slice: traces come in bursts. */
const LARGEST_SHARE = 0.25;
/** Slices that hold much less than was wanted are asked for again, longer by a factor between these. */
const SMALLEST_GROWTH = 2;
const LARGEST_GROWTH = 8;
const MOST_GROWTHS = 1;
/** So much over the limit a window is read whole rather than half of it: nothing need be estimated then. */
const WHOLE_EXCESS = 1.25;
/** Enough to know how many spans a trace has, in a fraction of the time that a search for the limit takes. */
const PILOT_TRACES = 20;
/** Where traffic came in one burst, slices miss most of it: the newest traces then show more, and claim less. */
const WORST_ERROR_RATIO = 1;
const GOLDEN_RATIO = 0.618034;

export async function sampleWindow(ask: AskSlice, plan: SamplePlan): Promise<Sample> {
  const { range, limit, onProgress } = plan;
  const meter = new BudgetMeter({ ...DEFAULT_BUDGET, ...plan.budget });
  const canSlice = lengthMs(range) >= 2 * SLICES * SHORTEST_SLICE_MS && limit >= SLICES;
  const counted = canSlice ? await countSpans(plan) : undefined;
  const onSlice = (done: number, total: number) => onProgress?.({ doneCount: 1 + done, totalCount: 1 + total });
  const byCounts = async (first: TraceSet): Promise<Sample | undefined> => {
    const sample = counted && (await countedSample(first, { ...counted, ask, limit, meter, onSlice }));
    return sample && sampleOf(sample.answers, sample.traces, sample.coverage, meter, plan);
  };

  // Each trace has a span that is counted: fewer spans than the limit are fewer traces.
  const pilot = counted && counted.counts.total > limit ? await ask(range, Math.min(limit, PILOT_TRACES), meter) : undefined;
  const isKnownBusy = pilot !== undefined && counted !== undefined && isBusy(pilot.traces, counted, limit);
  const early = isKnownBusy ? await byCounts(pilot.traces) : undefined;
  if (early) {
    return early;
  }
  const whole = await ask(range, limit, meter);
  onProgress?.({ doneCount: 1, totalCount: whole.isLimited ? 1 + SLICES : 1 });
  if (!whole.isLimited || !canSlice) {
    const { traceCount } = whole.traces;
    return sampleOf([whole], whole.traces, whole.isLimited ? newestCoverage(range, traceCount) : fullCoverage(range, traceCount), meter, plan);
  }
  const late = isKnownBusy ? undefined : await byCounts(whole.traces);
  return late ?? new SlicedSample(ask, plan, meter, firstLengthMs(whole.traces, plan)).run(whole);
}

type Counted = { readonly counts: SpanCounts; readonly countedIn: (set: TraceSet) => number };

async function countSpans({ counting, range }: SamplePlan): Promise<Counted | undefined> {
  const counts = await counting?.count(range);
  return counting && counts && { counts, countedIn: counting.countedIn };
}

/** Whether there are more traces than the limit, by the counted spans that each of some has. */
const isBusy = (some: TraceSet, { counts, countedIn }: Counted, limit: number): boolean => counts.total * some.traceCount > limit * countedIn(some);

interface AskedSlice {
  readonly range: TimeRangeMs;
  readonly answer: SliceAnswer;
}

/** The slices of a round, cut to one length. */
interface Round {
  readonly answers: readonly SliceAnswer[];
  readonly traces: TraceSet;
  readonly slices: readonly Slice[];
}

class SlicedSample {
  private doneCount = 1;
  /** Where slices are as long as this there is none but the whole stratum. */
  private readonly longestMs: number;

  constructor(
    private readonly ask: AskSlice,
    private readonly plan: SamplePlan,
    private readonly meter: BudgetMeter,
    /** The one length of all slices; shrinks while slices prove too long. */
    private sliceMs: number
  ) {
    this.longestMs = wholeSecond(lengthMs(plan.range) / SLICES);
  }

  async run(whole: SliceAnswer): Promise<Sample> {
    const { range, limit } = this.plan;
    let best = await this.askRound();
    for (let growth = 0; growth < MOST_GROWTHS; growth++) {
      // Where the traces come in bursts, the first length was judged by a burst and is too short for the rest.
      const factor = Math.min(LARGEST_GROWTH, limit / Math.max(1, best.traces.traceCount));
      const isNearlyAll = (best.traces.traceCount * this.longestMs) / this.sliceMs <= limit * WHOLE_EXCESS;
      if ((factor < SMALLEST_GROWTH && !isNearlyAll) || this.sliceMs >= this.longestMs || this.meter.exhausted()) {
        break;
      }
      this.sliceMs = isNearlyAll ? this.longestMs : wholeSecond(Math.min(this.longestMs, this.sliceMs * factor));
      const grown = await this.askRound();
      if (grown.slices.length < best.slices.length || grown.traces.traceCount <= best.traces.traceCount) {
        break;
      }
      best = grown;
    }
    const coverage = slicedCoverage(range, best.slices);
    const isPoor = (coverage.rateErrorRatio ?? Infinity) > WORST_ERROR_RATIO && best.traces.traceCount < whole.traces.traceCount / 2;
    if (best.slices.length < 2 || isPoor) {
      return sampleOf([whole], whole.traces, newestCoverage(range, whole.traces.traceCount), this.meter, this.plan);
    }
    return sampleOf(best.answers, best.traces, coverage, this.meter, this.plan);
  }

  private async askRound(): Promise<Round> {
    const totalCount = this.doneCount + SLICES;
    const asked = await mapLimited(SLICE_ORDER, CONCURRENT_SLICES, async (stratum) => {
      const slice = await this.askStratum(stratum);
      this.plan.onProgress?.({ doneCount: ++this.doneCount, totalCount });
      return slice;
    });
    // What was asked before the length shrank is cut to the final length.
    const parts = asked
      .filter((slice) => slice !== undefined)
      .sort((a, b) => a.range.fromMs - b.range.fromMs)
      .map((slice) => {
        const { fromMs } = slice.range;
        const range = this.sliceMs >= this.longestMs ? slice.range : { fromMs, toMs: fromMs + Math.min(this.sliceMs, lengthMs(slice.range)) };
        return { range, answer: slice.answer, traces: mergeSets([slice.answer.traces], startsIn(range)) };
      });
    return {
      answers: parts.map(({ answer }) => answer),
      traces: mergeSets(parts.map(({ traces }) => traces)),
      slices: parts.map(({ range, traces, answer }) => ({ range, traceCount: traces.traceCount, isComplete: !answer.isLimited })),
    };
  }

  /** Undefined where the budget is used up. */
  private async askStratum(stratum: number): Promise<AskedSlice | undefined> {
    for (;;) {
      if (this.meter.exhausted()) {
        return undefined;
      }
      const sliceMs = this.sliceMs;
      const range = sliceMs >= this.longestMs ? this.wholeStratum(stratum) : this.sliceOf(stratum, sliceMs);
      const answer = await this.ask(range, Math.ceil(this.plan.limit * LARGEST_SHARE), this.meter);
      if (!answer.isLimited || sliceMs <= SHORTEST_SLICE_MS) {
        return { range, answer };
      }
      this.sliceMs = Math.min(this.sliceMs, Math.max(SHORTEST_SLICE_MS, wholeSecond(sliceMs / SHRINK)));
    }
  }

  private sliceOf(stratum: number, sliceMs: number): TimeRangeMs {
    const stratumMs = lengthMs(this.plan.range) / SLICES;
    // Not at the same place of every stratum, or whatever happens once an interval would always be in, or always out.
    const offset = ((stratum + 1) * GOLDEN_RATIO) % 1;
    const fromMs = wholeSecond(this.plan.range.fromMs + stratumMs * stratum + (stratumMs - sliceMs) * offset);
    return { fromMs, toMs: fromMs + sliceMs };
  }

  /** Strata meet, and together are the window. */
  private wholeStratum(stratum: number): TimeRangeMs {
    const { fromMs, toMs } = this.plan.range;
    const startOf = (at: number) => (at === 0 ? fromMs : at === SLICES ? toMs : wholeSecond(fromMs + ((toMs - fromMs) / SLICES) * at));
    return { fromMs: startOf(stratum), toMs: startOf(stratum + 1) };
  }
}

/** From how close together the traces lie that the search of the whole window gave: half of what a slice may hold. */
function firstLengthMs(traces: TraceSet, { range, limit }: SamplePlan): number {
  let firstMs = range.toMs;
  for (let trace = 0; trace < traces.traceCount; trace++) {
    firstMs = Math.min(firstMs, startMs(traces, trace));
  }
  const msPerTrace = (range.toMs - Math.max(firstMs, range.fromMs)) / Math.max(1, traces.traceCount);
  const wantedMs = (msPerTrace * limit) / SLICES / 2;
  return Math.max(SHORTEST_SLICE_MS, wholeSecond(Math.min(wantedMs, lengthMs(range) / SLICES)));
}

async function sampleOf(answers: readonly SliceAnswer[], traces: TraceSet, coverage: Coverage, meter: BudgetMeter, { fetchTrace }: SamplePlan): Promise<Sample> {
  // Traces without any span in the answers can only be had whole; others were cut away with the end of their slice.
  const wanted = (traceId: TraceId) => traces.traceIndex(traceId) !== undefined || answers.every((answer) => answer.traces.traceIndex(traceId) === undefined);
  const incomplete = [...new Set(answers.flatMap((answer) => answer.incomplete))].filter(wanted);
  const whole = fetchTrace && (await fetchWhole(incomplete, fetchTrace, meter));
  const notes = [coverageNote(coverage), ...answers.flatMap((answer) => answer.notes), ...(whole?.notes ?? []), meter.note()];
  return {
    traces: whole && whole.sets.length > 0 ? mergeSets([traces, ...whole.sets]) : traces,
    isLimited: coverage.kind !== 'all',
    // What has expired is said for itself: nothing of it was lost on the way.
    incompleteTraceCount: whole ? whole.missingCount - whole.expiredCount : incomplete.length,
    coverage,
    notes: [...new Set(notes.filter((note) => note !== undefined))],
  };
}
