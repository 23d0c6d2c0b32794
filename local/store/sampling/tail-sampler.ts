/**
 * Tail sampling: a trace waits for its spans and is then kept or dropped as a whole. Kept are traces with an error, slow traces and
 * a share of the others; spans that come after the decision follow it. What waits is the received bytes, not decoded, and bounded: when
 * it is full the oldest trace is decided early. No clock and no disk in here: times are passed in, and the write-ahead log restores
 * what waited (see `firstWaitingRecord`).
 */
import type { RequestIndex } from '../ingest/request-index';
import { traceKeyOf } from '../ingest/span-batch';
import { DecisionMemory } from './decision-memory';
import type { SamplingOptions } from './sampling-options';
import { isInShare, thresholdOf } from './trace-share';

export type Policy = 'errors' | 'slow' | 'rest';

/** Takes spans that are to be kept. */
export type KeepSpans = (request: RequestIndex, spans: readonly number[]) => void;

export interface SamplingCounters {
  keptSpans: number;
  droppedSpans: number;
  /** By the policy that decided. */
  readonly keptTraces: Record<Policy, number>;
  droppedTraces: number;
  /** Decided before their time, because too much waited. */
  earlyDecisions: number;
  /** Spans that came after the decision about their trace. */
  lateSpans: number;
}

interface WaitingRequest {
  readonly index: RequestIndex;
  waitingSpans: number;
}

interface WaitingTrace {
  readonly key: string;
  readonly id: Uint8Array;
  readonly firstRecord: number;
  readonly sinceMs: number;
  isError: boolean;
  startNs: bigint;
  endNs: bigint;
  spanCount: number;
  /** Spans of one request are together; positions in its index. */
  readonly parts: Array<{ readonly request: WaitingRequest; readonly spans: number[] }>;
}

const NS_PER_MS = 1_000_000n;
/** Decoding those of them that are kept takes a few milliseconds. */
const DECIDE_SPANS = 5000;

export class TailSampler {
  readonly counters: SamplingCounters = { keptSpans: 0, droppedSpans: 0, keptTraces: { errors: 0, slow: 0, rest: 0 }, droppedTraces: 0, earlyDecisions: 0, lateSpans: 0 };
  readonly options: SamplingOptions;
  private readonly keep: KeepSpans;
  private readonly threshold: bigint;
  private readonly decisions: DecisionMemory;
  /** In the order in which they were first seen, which is the order of their decisions. */
  private readonly waiting = new Map<string, WaitingTrace>();
  private spans = 0;
  private bytes = 0;

  /** @param keptBefore keys of traces that were kept in an earlier run, oldest first */
  constructor(options: SamplingOptions, keep: KeepSpans, keptBefore: Iterable<string> = []) {
    this.options = options;
    this.keep = keep;
    this.threshold = thresholdOf(options.keptShare);
    this.decisions = new DecisionMemory(options.rememberedDecisions);
    for (const key of keptBefore) {
      this.decisions.remember(key, 'kept');
    }
  }

  get waitingTraces(): number {
    return this.waiting.size;
  }

  get waitingSpans(): number {
    return this.spans;
  }

  /** Of the requests that waiting spans hold in memory. */
  get waitingBytes(): number {
    return this.bytes;
  }

  /** The first record of the write-ahead log that has spans of a waiting trace; undefined where none waits. */
  get firstWaitingRecord(): number | undefined {
    for (const trace of this.waiting.values()) {
      return trace.firstRecord;
    }
    return undefined;
  }

  /**
   * Takes in a request's spans.
   * @param record the request's number in the write-ahead log; grows from call to call
   * @param leaveOut spans that are to be passed over, because the database has them already
   */
  add(record: number, index: RequestIndex, nowMs: number, leaveOut?: (span: number) => boolean): void {
    const request: WaitingRequest = { index, waitingSpans: 0 };
    for (let from = 0, to = 0; from < index.spanCount; from = to) {
      while (++to < index.spanCount && index.sameTrace(from, to)) {
        // The run of spans of one trace.
      }
      const key = traceKeyOf(index.tenant, index.bytes, index.traceIdAt(from));
      const run = Array.from({ length: to - from }, (_, i) => from + i);
      this.addRun(key, record, request, leaveOut ? run.filter((span) => !leaveOut(span)) : run, nowMs);
    }
    if (request.waitingSpans > 0) {
      this.bytes += index.bytes.length;
    }
    this.makeRoom();
  }

  /** Decides about traces that have waited long enough. @returns whether there are more: only so many spans at once */
  decideDue(nowMs: number): boolean {
    let spans = 0;
    for (const trace of this.waiting.values()) {
      if (nowMs - trace.sinceMs < this.options.decisionWaitMs) {
        return false;
      }
      if (spans >= DECIDE_SPANS) {
        return true;
      }
      spans += trace.spanCount;
      this.decide(trace);
    }
    return false;
  }

  private addRun(key: string, record: number, request: WaitingRequest, run: number[], nowMs: number): void {
    if (run.length === 0) {
      return;
    }
    const decided = this.decisions.find(key);
    if (decided) {
      this.counters.lateSpans += run.length;
      this.follow(decided, request.index, run);
      return;
    }
    const { index } = request;
    let trace = this.waiting.get(key);
    if (!trace) {
      const at = index.traceIdAt(run[0]);
      trace = { key, id: index.bytes.subarray(at, at + 16), firstRecord: record, sinceMs: nowMs, isError: false, startNs: index.startNs(run[0]), endNs: index.endNs(run[0]), spanCount: 0, parts: [] };
      this.waiting.set(key, trace);
    }
    for (const span of run) {
      trace.isError ||= index.isError(span);
      const [startNs, endNs] = [index.startNs(span), index.endNs(span)];
      trace.startNs = startNs < trace.startNs ? startNs : trace.startNs;
      trace.endNs = endNs > trace.endNs ? endNs : trace.endNs;
    }
    trace.spanCount += run.length;
    trace.parts.push({ request, spans: run });
    request.waitingSpans += run.length;
    this.spans += run.length;
  }

  private makeRoom(): void {
    const { maxWaitingTraces, maxWaitingSpans, maxWaitingBytes } = this.options;
    for (const trace of this.waiting.values()) {
      if (this.waiting.size <= maxWaitingTraces && this.spans <= maxWaitingSpans && this.bytes <= maxWaitingBytes) {
        return;
      }
      this.counters.earlyDecisions++;
      this.decide(trace);
    }
  }

  private decide(trace: WaitingTrace): void {
    this.waiting.delete(trace.key);
    this.spans -= trace.spanCount;
    const policy = this.policyFor(trace);
    const decision = policy ? 'kept' : 'dropped';
    if (policy) {
      this.counters.keptTraces[policy]++;
    } else {
      this.counters.droppedTraces++;
    }
    this.decisions.remember(trace.key, decision);
    for (const { request, spans } of trace.parts) {
      this.follow(decision, request.index, spans);
      request.waitingSpans -= spans.length;
      if (request.waitingSpans === 0) {
        this.bytes -= request.index.bytes.length;
      }
    }
  }

  private follow(decision: 'kept' | 'dropped', index: RequestIndex, spans: readonly number[]): void {
    if (decision === 'kept') {
      this.counters.keptSpans += spans.length;
      this.keep(index, spans);
    } else {
      this.counters.droppedSpans += spans.length;
    }
  }

  /** The first policy that wants the trace. */
  private policyFor({ isError, startNs, endNs, id }: WaitingTrace): Policy | undefined {
    if (isError) {
      return 'errors';
    }
    if ((endNs - startNs) / NS_PER_MS >= BigInt(this.options.slowMs)) {
      return 'slow';
    }
    return isInShare(id, this.threshold) ? 'rest' : undefined;
  }
}
