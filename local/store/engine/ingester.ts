/**
 * Takes requests in and brings them to the database: check → write-ahead log → acknowledge, then sample and decode, and in the
 * background batch after batch into DuckDB. Memory is bounded: when the database falls behind, requests are refused until it has
 * caught up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/database';
import { Dictionary, type NextIds } from '../ingest/dictionary';
import { RequestIndex } from '../ingest/request-index';
import { SpanBatch } from '../ingest/span-batch';
import { SpanDecoder } from '../ingest/span-decoder';
import { type PendingWrite, SpanWriter } from '../ingest/span-writer';
import { StoredSpans } from '../ingest/stored-spans';
import { TraceLimit } from '../ingest/trace-limit';
import { WriteAheadLog } from '../ingest/write-ahead-log';
import { CallPairing } from '../service-graph-metrics/call-pairing';
import type { SamplingOptions } from '../sampling/sampling-options';
import { TailSampler } from '../sampling/tail-sampler';
import type { IngestTurns } from './ingest-turns';
import { recentTraceKeys, type StartNumbers, startNumbers } from './start-state';
import type { Limits } from './messages';
import { Tenants } from './tenants';
import { writeUntilDone } from './write-until-done';
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

/** How long a span may wait for others before it is written: what a search may lag behind. */
const BATCH_WAIT_MS = 200;
/** A batch this large is written at once; larger ones make the writer's steps too long. */
const BATCH_SPANS = 20_000;
/** Spans decoded between two looks at the clock. */
const DECODE_SPANS = 500;
const SAMPLING_TICK_MS = 1000;
const RETRY_MS = 1000;
/** What is not written by then is read back from the log at the next start. */
const CLOSE_WITHIN_MS = 1500;

export interface IngestCounters {
  receivedSpans: number;
  rejectedSpans: number;
  refusedRequests: number;
  writtenSpans: number;
  failedWrites: number;
  quarantinedSpans: number;
}

/** A batch on its way to the database. */
interface SealedBatch extends PendingWrite {
  /** Those who wait for it. */
  readonly written: Array<() => void>;
}

export class Ingester {
  readonly counters: IngestCounters = { receivedSpans: 0, rejectedSpans: 0, refusedRequests: 0, writtenSpans: 0, failedWrites: 0, quarantinedSpans: 0 };
  readonly calls = new CallPairing();
  readonly tenants: Tenants;
  readonly sampler: TailSampler | undefined;
  private readonly options: IngestOptions;
  private readonly log: WriteAheadLog;
  private readonly writer: SpanWriter;
  private readonly database: Database;
  private readonly dictionary: Dictionary;
  private readonly decoder: SpanDecoder;
  private readonly traceLimit: TraceLimit | undefined;
  private readonly turns: IngestTurns;
  private readonly report: Log;
  private batch = new SpanBatch();
  /** Full batches, the oldest first; the first one may be being written. */
  private sealed: SealedBatch[] = [];
  /** Numbers of records: handed out, completely taken in, and known to the database as applied. */
  private lastRecord: number;
  private lastTaken: number;
  private applied: number;
  private arrivingBytes = 0;
  /** Requests are taken in one after the other, in the order of their records. */
  private taking: Promise<void> = Promise.resolve();
  private loop: Promise<void> | undefined;
  private ticks: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();
  private closing = new AbortController();
  private stopAtMs = Infinity;
  /** Who waits for the current batch. */
  private written: Array<() => void> = [];
  private maintenance: Array<(unusedBelow: NextIds) => Promise<void>> = [];

  private constructor(database: Database, log: WriteAheadLog, tenants: Tenants, start: StartNumbers, keptBefore: readonly string[], options: IngestOptions, turns: IngestTurns, report: Log) {
    this.options = options;
    this.turns = turns;
    this.log = log;
    this.tenants = tenants;
    this.report = report;
    this.database = database;
    this.writer = new SpanWriter(database, start, turns.pause);
    this.dictionary = new Dictionary(start);
    this.decoder = new SpanDecoder(this.dictionary);
    this.traceLimit = options.limits.traceBytes > 0 ? new TraceLimit(options.limits.traceBytes) : undefined;
    this.lastTaken = this.applied = start.appliedRecord;
    this.lastRecord = start.writtenRecord;
    this.sampler = options.sampling && new TailSampler(options.sampling, (request, spans) => this.decoder.decode(request, spans, this.batch), keptBefore);
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
    return this.sealed.reduce((sum, { batch }) => sum + batch.spanCount, this.batch.spanCount);
  }

  get waitingBytes(): number {
    return this.sealed.reduce((sum, { batch }) => sum + batch.messageBytes, this.arrivingBytes + this.batch.messageBytes);
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
        this.writeSoon();
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
    const written = this.batch.has(traceKey) ? this.written : this.sealed.findLast(({ batch }) => batch.has(traceKey))?.written;
    if (written) {
      await this.turns.waitForIngest(new Promise<void>((resolve) => written.push(resolve)));
    }
  }

  /**
   * Runs work on the database while nothing is written. Requests are taken in and acknowledged meanwhile, as far as there is room.
   * @param work is told the number of the next trace and which dictionary entries only stored spans refer to
   */
  maintain<T>(work: (nextTrace: number, unusedBelow: NextIds) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.maintenance.push(async (unusedBelow) => {
        await work(this.writer.nextTrace, unusedBelow).then(resolve, reject);
        this.writer.forget();
      });
      this.loop ??= this.writeBatches();
    });
  }

  /** Writes what is decided, as far as time allows, and stops; the rest stays in the log for the next start. */
  async close(): Promise<void> {
    clearInterval(this.ticks);
    await this.ticking;
    await this.taking;
    this.stopAtMs = performance.now() + CLOSE_WITHIN_MS;
    this.closing.abort();
    await this.loop;
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
      this.decoder.decode(index, leaveOut ? spans.filter((span) => !leaveOut(span)) : spans, this.batch);
      this.writeSoon();
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
      const stored = record.id <= start.writtenRecord ? await StoredSpans.read(this.writer, index) : StoredSpans.NONE;
      this.lastRecord = Math.max(this.lastRecord, record.id);
      await this.takeIn(record.id, index, stored);
      recovered += index.spanCount;
      if (this.sealed.length > 0) {
        await this.loop;
      }
    }
    this.writeSoon();
    await this.loop;
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
      this.writeSoon();
    }
    this.writeSoon();
  }

  /** Records up to this one are in the database once the current batch is, and wait for nothing else. */
  private get applicable(): number {
    const waiting = this.sampler?.firstWaitingRecord;
    return waiting === undefined ? this.lastTaken : Math.min(this.lastTaken, waiting - 1);
  }

  private writeSoon(): void {
    if (this.batch.spanCount >= BATCH_SPANS) {
      this.seal();
    }
    if (this.hasWork) {
      this.loop ??= this.writeBatches();
    }
  }

  private get hasWork(): boolean {
    return this.sealed.length > 0 || this.batch.spanCount > 0 || this.applicable > this.applied || this.maintenance.length > 0;
  }

  /** What follows goes into another batch. */
  private seal(): void {
    this.sealed.push({ batch: this.batch, entries: this.dictionary.takeNew(), appliedRecord: this.applicable, writtenRecord: this.lastRecord, written: this.written });
    this.batch = new SpanBatch();
    this.written = [];
  }

  /** Runs as long as there is something to write. */
  private async writeBatches(): Promise<void> {
    while (this.hasWork && performance.now() < this.stopAtMs) {
      if (this.sealed.length === 0 && !this.closing.signal.aborted) {
        await this.pause(BATCH_WAIT_MS);
      }
      const maintenance = this.maintenance.splice(0);
      const unusedBelow = maintenance.length > 0 ? this.dictionary.forget() : undefined;
      if (this.sealed.length === 0 || unusedBelow) {
        this.seal();
      }
      // Before maintenance: all that may refer to what the dictionary has forgotten.
      for (let left = unusedBelow ? this.sealed.length : 1; left > 0 && this.sealed.length > 0; left--) {
        if (!(await this.writeOldest())) {
          this.loop = undefined;
          return;
        }
      }
      for (const work of unusedBelow ? maintenance : []) {
        await work(unusedBelow as NextIds);
      }
    }
    this.loop = undefined;
  }

  /** @returns false when the store is closed before it works; what was not written stays in the log for the next start */
  private async writeOldest(): Promise<boolean> {
    const [pending] = this.sealed;
    await this.log.rotate();
    const outcome = await writeUntilDone(this.database, () => this.writer.write(pending), {
      failed: (reason) => {
        this.counters.failedWrites++;
        this.report({ level: 'error', message: 'writing failed, trying again', fields: { spans: pending.batch.spanCount, reason } });
      },
      pause: () => this.pause(RETRY_MS),
      isClosing: () => this.closing.signal.aborted,
    });
    if (outcome === 'closed') {
      this.sealed.forEach(({ written }) => written.forEach((resolve) => resolve()));
      return false;
    }
    if (outcome === 'written') {
      this.sealed.shift();
      this.applied = pending.appliedRecord;
      await this.log.removeApplied(this.applied);
      this.counters.writtenSpans += pending.batch.spanCount;
    } else {
      await this.quarantine();
    }
    pending.written.forEach((resolve) => resolve());
    return true;
  }

  /**
   * What waits cannot be written: the requests go into a file that can be imported, and the store goes on without them. All that waits,
   * because later batches refer to entries of the dictionary that came with the one that failed.
   */
  private async quarantine(): Promise<void> {
    await this.log.rotate();
    this.dictionary.forget();
    this.seal();
    const given = this.sealed.splice(0);
    const spans = given.reduce((sum, { batch }) => sum + batch.spanCount, 0);
    const file = await this.log.copyOut(this.applied);
    this.counters.quarantinedSpans += spans;
    this.report({ level: 'error', message: 'spans that cannot be written are in a file now, for `import` of another release', fields: { spans, file } });
    given.forEach(({ written }) => written.forEach((resolve) => resolve()));
  }

  private async pause(durationMs: number): Promise<void> {
    await delay(durationMs, undefined, { signal: this.closing.signal }).catch((error: Error) => {
      if (error.name !== 'AbortError') {
        throw error;
      }
    });
  }
}
