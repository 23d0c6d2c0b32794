/**
 * Takes requests in and brings them to the database: decode → write-ahead log → acknowledge, and in the background batch after
 * batch into DuckDB. Memory is bounded: when the database falls behind, requests are refused until it has caught up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/database';
import { Dictionary } from '../ingest/dictionary';
import { type DecodeResult, OtlpDecoder } from '../ingest/otlp-decoder';
import { SpanBatch } from '../ingest/span-batch';
import { type PendingWrite, SpanWriter } from '../ingest/span-writer';
import { WriteAheadLog, readLog } from '../ingest/write-ahead-log';
import { Tenants } from './tenants';

/** The store has as much unwritten data as it may hold: come back later. */
export class OverloadError extends Error {
  override readonly name = 'OverloadError';
  readonly retryAfterMs = 1000;
}

/** How long a span may wait for others before it is written: what a search may lag behind. */
const BATCH_WAIT_MS = 200;
/** A batch this large is written at once; larger ones make the writer's steps too long. */
const BATCH_SPANS = 60_000;
/** Requests that may wait in memory, as received. In columns they take about as much again. */
const MAX_WAITING_BYTES = 96 << 20;
const RETRY_MS = 1000;

export interface IngestCounters {
  receivedSpans: number;
  rejectedSpans: number;
  refusedRequests: number;
  writtenSpans: number;
  failedWrites: number;
}

export class Ingester {
  readonly counters: IngestCounters = { receivedSpans: 0, rejectedSpans: 0, refusedRequests: 0, writtenSpans: 0, failedWrites: 0 };
  readonly tenants: Tenants;
  private readonly log: WriteAheadLog;
  private readonly writer: SpanWriter;
  private readonly dictionary: Dictionary;
  private readonly decoder: OtlpDecoder;
  private batch = new SpanBatch();
  private writing: SpanBatch | undefined;
  private lastRecord: number;
  private loop: Promise<void> | undefined;
  private closing = new AbortController();
  private written: Array<() => void> = [];
  private readonly report: (message: string) => void;

  private constructor(database: Database, log: WriteAheadLog, tenants: Tenants, start: StartNumbers, report: (message: string) => void) {
    this.log = log;
    this.tenants = tenants;
    this.report = report;
    this.writer = new SpanWriter(database, start);
    this.dictionary = new Dictionary(start);
    this.decoder = new OtlpDecoder(this.dictionary);
    this.lastRecord = start.appliedRecord;
  }

  /** Opens the log and first brings to the database what a crash kept from it. */
  static async open(database: Database, directory: string, report: (message: string) => void): Promise<Ingester> {
    const start = await startNumbers(database);
    const tenants = await Tenants.open(database);
    const log = await WriteAheadLog.open(directory);
    const ingester = new Ingester(database, log, tenants, start, report);
    await ingester.recover(directory, start.appliedRecord);
    return ingester;
  }

  get waitingSpans(): number {
    return this.batch.spanCount + (this.writing?.spanCount ?? 0);
  }

  get waitingBytes(): number {
    return this.batch.requestBytes + (this.writing?.requestBytes ?? 0);
  }

  /**
   * Takes in one request; resolves when it is on disk.
   * @param request an ExportTraceServiceRequest in protobuf
   * @throws WireError when it is malformed, OverloadError when there is no room
   */
  async accept(request: Uint8Array, tenant: string): Promise<DecodeResult> {
    if (this.waitingBytes + request.length > MAX_WAITING_BYTES) {
      this.counters.refusedRequests++;
      throw new OverloadError(`the store is ${this.waitingSpans} spans behind`);
    }
    const tenantNumber = await this.tenants.numberOf(tenant);
    const result = this.decoder.decode(request, tenantNumber, this.batch);
    this.counters.receivedSpans += result.acceptedSpans + result.rejectedSpans;
    this.counters.rejectedSpans += result.rejectedSpans;
    if (result.acceptedSpans > 0) {
      const id = ++this.lastRecord;
      this.loop ??= this.writeBatches();
      await this.log.append({ id, tenant, body: request });
    }
    return result;
  }

  /** Resolves when the trace's spans that have been accepted so far can be read; at once where none wait. */
  async settled(traceKey: string): Promise<void> {
    if (this.batch.has(traceKey)) {
      await new Promise<void>((resolve) => this.written.push(resolve));
    } else if (this.writing?.has(traceKey)) {
      await this.loop;
    }
  }

  /** Writes what waits and stops. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.loop;
    await this.log.close();
  }

  private async recover(directory: string, appliedRecord: number): Promise<void> {
    let recovered = 0;
    for await (const record of readLog(directory)) {
      if (record.id <= appliedRecord) {
        continue;
      }
      const result = this.decoder.decode(record.body, await this.tenants.numberOf(record.tenant), this.batch);
      recovered += result.acceptedSpans;
      this.lastRecord = Math.max(this.lastRecord, record.id);
      if (this.batch.spanCount >= BATCH_SPANS) {
        await this.writer.write(this.takeBatch());
      }
    }
    if (this.batch.spanCount > 0) {
      await this.writer.write(this.takeBatch());
    }
    this.writing = undefined;
    await (await this.log.rotate())();
    if (recovered > 0) {
      this.report(`recovered ${recovered} spans from the write-ahead log`);
    }
  }

  private takeBatch(): PendingWrite {
    const batch = this.batch;
    this.batch = new SpanBatch();
    this.writing = batch;
    return { batch, entries: this.dictionary.takeNew(), lastRecord: this.lastRecord };
  }

  /** Runs as long as there are spans to write. */
  private async writeBatches(): Promise<void> {
    while (this.batch.spanCount > 0) {
      if (this.batch.spanCount < BATCH_SPANS && !this.closing.signal.aborted) {
        await this.pause(BATCH_WAIT_MS);
      }
      const waiters = this.written;
      this.written = [];
      const pending = this.takeBatch();
      const removeSegments = await this.log.rotate();
      await this.writeUntilDone(pending);
      await removeSegments();
      this.writing = undefined;
      this.counters.writtenSpans += pending.batch.spanCount;
      waiters.forEach((resolve) => resolve());
    }
    this.loop = undefined;
  }

  /** A disk that is full or failing may come back: the batch is kept and the log grows until the limit refuses requests. */
  private async writeUntilDone(pending: PendingWrite): Promise<void> {
    for (;;) {
      try {
        return await this.writer.write(pending);
      } catch (error) {
        this.counters.failedWrites++;
        this.report(`writing ${pending.batch.spanCount} spans failed, trying again: ${(error as Error).message}`);
        if (this.closing.signal.aborted) {
          return; // They stay in the log for the next start.
        }
        await this.pause(RETRY_MS);
      }
    }
  }

  private async pause(durationMs: number): Promise<void> {
    await delay(durationMs, undefined, { signal: this.closing.signal }).catch((error: Error) => {
      if (error.name !== 'AbortError') {
        throw error;
      }
    });
  }
}

interface StartNumbers {
  readonly trace: number;
  readonly span: number;
  readonly pair: number;
  readonly resource: number;
  readonly instrumentation: number;
  readonly appliedRecord: number;
}

async function startNumbers(database: Database): Promise<StartNumbers> {
  const after = (table: string, column: string): string => `(SELECT coalesce(max(${column}) + 1, 0)::DOUBLE FROM ${table})`;
  const [row] = await database.query(`SELECT ${after('trace', 'seq')} AS trace, ${after('span', 'seq')} AS span, ${after('pair', 'id')} AS pair,
    ${after('resource', 'id')} AS resource, ${after('instrumentation', 'id')} AS instrumentation,
    (SELECT value::DOUBLE FROM meta WHERE key = 'applied_record') AS "appliedRecord"`);
  return row as unknown as StartNumbers;
}
