/**
 * Takes requests in: check → write-ahead log → acknowledge, then sample and decode into the batch that goes to the database next
 * (batch-writer.ts). Memory is bounded: when the database falls behind, requests are refused until it has caught up.
 */
import type { Database } from '../database/database';
import { Dictionary, type NextIds } from '../ingest/dictionary';
import { RequestIndex } from '../ingest/request-index';
import { SpanDecoder } from '../ingest/span-decoder';
import { SpanWriter } from '../ingest/span-writer';
import { StoredSpans } from '../ingest/stored-spans';
import { TraceLimit } from '../ingest/trace-limit';
import { WriteAheadLog } from '../ingest/write-ahead-log';
import { CallPairing } from '../service-graph-metrics/call-pairing';
import type { SamplingOptions } from '../sampling/sampling-options';
import { TailSampler } from '../sampling/tail-sampler';
import { BatchWriter, type RecordNumbers, type WriteCounters } from './batch-writer';
import type { IngestTurns } from './ingest-turns';
import { recentTraceKeys, type StartNumbers, startNumbers } from './start-state';
import type { Limits } from './messages';
import { Tenants } from './tenants';
import type { Log } from '../log';

/** The store has as much unwritten data as it may hold: come back later. */
export class OverloadError extends Error {
  override readonly name = 'OverloadError';
  readonly retryAfterMs = 1000;
}

export interface IngestOptions {
  readonly directory: string;
  /** Requests that may wait in memory, as received. In columns they take about as much again. */
  readonly maxWaitingBytes: number;
  readonly limits: Pick<Limits, 'traceBytes'>;
  /** Undefined: every trace is kept. */
  readonly sampling: SamplingOptions | undefined;
}

export interface IngestResult {
  readonly acceptedSpans: number;
  readonly rejectedSpans: number;
  readonly reason: string | undefined;
}

/** Spans decoded between two looks at the clock. */
const DECODE_SPANS = 500;
const SAMPLING_TICK_MS = 1000;

export interface IngestCounters extends WriteCounters {
  receivedSpans: number;
  rejectedSpans: number;
  refusedRequests: number;
}

export class Ingester {
  readonly counters: IngestCounters = { receivedSpans: 0, rejectedSpans: 0, refusedRequests: 0, writtenSpans: 0, failedWrites: 0, quarantinedSpans: 0 };
  readonly calls = new CallPairing();
  readonly tenants: Tenants;
  readonly sampler: TailSampler | undefined;
  private readonly options: IngestOptions;
  private readonly log: WriteAheadLog;
  private readonly spanWriter: SpanWriter;
  private readonly batches: BatchWriter;
  private readonly decoder: SpanDecoder;
  private readonly traceLimit: TraceLimit | undefined;
  private readonly turns: IngestTurns;
  private readonly report: Log;
  /** Numbers of records: handed out, and completely taken in. */
  private lastRecord: number;
  private lastTaken: number;
  private arrivingBytes = 0;
  /** Requests are taken in one after the other, in the order of their records. */
  private taking: Promise<void> = Promise.resolve();
  private ticks: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();

  private constructor(database: Database, log: WriteAheadLog, tenants: Tenants, start: StartNumbers, keptBefore: readonly string[], options: IngestOptions, turns: IngestTurns, report: Log) {
    this.options = options;
    this.turns = turns;
    this.log = log;
    this.tenants = tenants;
    this.report = report;
    const dictionary = new Dictionary(start);
    this.decoder = new SpanDecoder(dictionary);
    this.spanWriter = new SpanWriter(database, start, turns.pause);
    const records = (): RecordNumbers => ({ appliedRecord: this.applicable, writtenRecord: this.lastRecord });
    this.batches = new BatchWriter({ database, log, writer: this.spanWriter, dictionary, counters: this.counters, report, records }, start.appliedRecord);
    this.traceLimit = options.limits.traceBytes > 0 ? new TraceLimit(options.limits.traceBytes) : undefined;
    this.lastTaken = start.appliedRecord;
    this.lastRecord = start.writtenRecord;
    this.sampler = options.sampling && new TailSampler(options.sampling, (request, spans) => this.decoder.decode(request, spans, this.batches.batch), keptBefore);
  }

  /** Opens the log and first takes in again what a crash kept from the database. */
  static async open(database: Database, options: IngestOptions, turns: IngestTurns, report: Log): Promise<Ingester> {
    const start = await startNumbers(database);
    const keptBefore = options.sampling ? await recentTraceKeys(database, options.sampling.rememberedDecisions) : [];
    const log = await WriteAheadLog.open(options.directory);
    const ingester = new Ingester(database, log, await Tenants.open(database), start, keptBefore, options, turns, report);
    await ingester.recover(start);
    ingester.startTicks();
    return ingester;
  }

  get waitingSpans(): number {
    return this.batches.waitingSpans;
  }

  get waitingBytes(): number {
    return this.arrivingBytes + this.batches.waitingBytes;
  }

  /**
   * Takes in one request; resolves when it is on disk and can be read, or waits for the decision about its traces.
   * @param request an ExportTraceServiceRequest in protobuf
   * @throws WireError when it is malformed, OverloadError when there is no room
   */
  async accept(request: Uint8Array, tenant: string): Promise<IngestResult> {
    if (this.waitingBytes + request.length > this.options.maxWaitingBytes) {
      this.counters.refusedRequests++;
      throw new OverloadError(`the store is ${this.waitingSpans} spans behind`);
    }
    this.arrivingBytes += request.length;
    try {
      await this.turns.pause();
      const index = await RequestIndex.inSteps(request, await this.tenants.numberOf(tenant), this.turns.pause);
      const { spanCount, rejectedSpans, reason } = index;
      if (spanCount > 0) {
        const id = ++this.lastRecord;
        await this.log.append({ id, tenant, body: request });
        await (this.taking = this.taking.then(() => this.takeIn(id, index)));
        this.batches.writeSoon();
      }
      this.counters.receivedSpans += spanCount + rejectedSpans;
      this.counters.rejectedSpans += rejectedSpans;
      return { acceptedSpans: spanCount, rejectedSpans, reason };
    } finally {
      this.arrivingBytes -= request.length;
    }
  }

  /** Resolves when the trace's spans that have been accepted so far can be read; at once where none wait to be written. */
  async settled(traceKey: string): Promise<void> {
    const written = this.batches.settled(traceKey);
    if (written) {
      await this.turns.waitForIngest(written);
    }
  }

  /**
   * Runs work on the database while nothing is written. Requests are taken in and acknowledged meanwhile, as far as there is room.
   * @param work is told the number of the next trace and which dictionary entries only stored spans refer to
   */
  maintain<T>(work: (nextTrace: number, unusedBelow: NextIds) => Promise<T>): Promise<T> {
    return this.batches.maintain(work);
  }

  /** Writes what is decided, as far as time allows, and stops; the rest stays in the log for the next start. */
  async close(): Promise<void> {
    clearInterval(this.ticks);
    await this.ticking;
    await this.taking;
    await this.batches.close();
    await this.log.close();
  }

  /** A request that is on disk: its calls are counted, its spans wait for a decision or go into the batch. */
  private async takeIn(record: number, index: RequestIndex, stored?: StoredSpans): Promise<void> {
    const isTooMuch = this.traceLimit?.add(index);
    const leaveOut = (stored ?? isTooMuch) && ((span: number) => (stored?.has(index, span) ?? false) || (isTooMuch?.(span) ?? false));
    if (!stored) {
      this.calls.add(index, Date.now());
    }
    if (this.sampler) {
      this.sampler.add(record, index, Date.now(), leaveOut);
      await this.turns.pause();
    } else {
      await this.decodeAll(index, leaveOut);
    }
    this.lastTaken = record;
  }

  /** Step by step: a large request must not hold up the queries. */
  private async decodeAll(index: RequestIndex, leaveOut?: (span: number) => boolean): Promise<void> {
    for (let from = 0; from < index.spanCount; from += DECODE_SPANS) {
      const spans = Array.from({ length: Math.min(DECODE_SPANS, index.spanCount - from) }, (_, i) => from + i);
      this.decoder.decode(index, leaveOut ? spans.filter((span) => !leaveOut(span)) : spans, this.batches.batch);
      this.batches.writeSoon();
      await this.turns.pause();
    }
  }

  private async recover(start: StartNumbers): Promise<void> {
    let recovered = 0;
    for await (const record of this.log.replay()) {
      if (record.id <= start.appliedRecord) {
        continue;
      }
      const index = new RequestIndex(record.body, await this.tenants.numberOf(record.tenant));
      // Traces that were decided before the crash are in the database although an older one was still waiting.
      const stored = record.id <= start.writtenRecord ? await StoredSpans.read(this.spanWriter, index) : StoredSpans.NONE;
      this.lastRecord = Math.max(this.lastRecord, record.id);
      await this.takeIn(record.id, index, stored);
      recovered += index.spanCount;
      await this.batches.drained();
    }
    await this.batches.finished();
    if (recovered > 0) {
      this.report({ level: 'info', message: 'recovered spans from the write-ahead log', fields: { spans: recovered } });
    }
  }

  private startTicks(): void {
    this.ticks = setInterval(() => {
      this.ticking = this.ticking.then(() => this.tick(Date.now()));
    }, SAMPLING_TICK_MS);
    this.ticks.unref();
  }

  /** What is due after a wait, step by step. */
  private async tick(nowMs: number): Promise<void> {
    while (this.calls.expire(nowMs)) {
      await this.turns.pause();
    }
    while (this.sampler?.decideDue(nowMs)) {
      await this.turns.pause();
      this.batches.writeSoon();
    }
    this.batches.writeSoon();
  }

  /** Records up to this one are in the database once the current batch is, and wait for nothing else. */
  private get applicable(): number {
    const waiting = this.sampler?.firstWaitingRecord;
    return waiting === undefined ? this.lastTaken : Math.min(this.lastTaken, waiting - 1);
  }
}
