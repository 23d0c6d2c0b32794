/**
 * Brings spans to the database in the background, batch after batch: what arrives while one is written goes into the next. Work that
 * needs the database to itself comes between batches.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/database';
import type { Dictionary, NextIds } from '../ingest/dictionary';
import { SpanBatch } from '../ingest/span-batch';
import type { PendingWrite, SpanWriter } from '../ingest/span-writer';
import type { WriteAheadLog } from '../ingest/write-ahead-log';
import type { Log } from '../log';
import { writeUntilDone } from './write-until-done';

/** How long a span may wait for others before it is written: what a search may lag behind. */
const BATCH_WAIT_MS = 200;
/** A batch this large is written at once; larger ones make the writer's steps too long. */
const BATCH_SPANS = 20_000;
const RETRY_MS = 1000;
/** What is not written by then is read back from the log at the next start. */
const CLOSE_WITHIN_MS = 1500;

export interface WriteCounters {
  writtenSpans: number;
  failedWrites: number;
  quarantinedSpans: number;
}

/** Numbers of the log's records: up to `appliedRecord` nothing waits outside the current batch, `writtenRecord` is the last one. */
export type RecordNumbers = Pick<PendingWrite, 'appliedRecord' | 'writtenRecord'>;

/** What the batches are made of and where they go. */
export interface BatchParts {
  readonly database: Database;
  readonly log: WriteAheadLog;
  readonly writer: SpanWriter;
  /** Gives the entries that came with a batch. */
  readonly dictionary: Dictionary;
  readonly counters: WriteCounters;
  readonly report: Log;
  /** Where the current batch stands in the log. */
  readonly records: () => RecordNumbers;
}

/** A batch on its way to the database. */
interface SealedBatch extends PendingWrite {
  /** Those who wait for it. */
  readonly written: Array<() => void>;
}

export class BatchWriter {
  /** The current batch: spans are decoded into it. */
  batch = new SpanBatch();
  private readonly parts: BatchParts;
  /** Who waits for the current batch. */
  private written: Array<() => void> = [];
  /** Full batches, the oldest first; the first one may be being written. */
  private sealed: SealedBatch[] = [];
  /** The last record that the database knows as applied. */
  private applied: number;
  private maintenance: Array<(unusedBelow: NextIds) => Promise<void>> = [];
  private loop: Promise<void> | undefined;
  private closing = new AbortController();
  private stopAtMs = Infinity;

  constructor(parts: BatchParts, appliedRecord: number) {
    this.parts = parts;
    this.applied = appliedRecord;
  }

  get waitingSpans(): number {
    return this.sealed.reduce((sum, { batch }) => sum + batch.spanCount, this.batch.spanCount);
  }

  get waitingBytes(): number {
    return this.sealed.reduce((sum, { batch }) => sum + batch.messageBytes, this.batch.messageBytes);
  }

  /** To be called when something was put into the batch, or records became applicable. */
  writeSoon(): void {
    if (this.batch.spanCount >= BATCH_SPANS) {
      this.seal();
    }
    if (this.hasWork) {
      this.loop ??= this.writeBatches();
    }
  }

  /** Resolves when the trace's spans of all batches can be read; undefined where none wait. */
  settled(traceKey: string): Promise<void> | undefined {
    const written = this.batch.has(traceKey) ? this.written : this.sealed.findLast(({ batch }) => batch.has(traceKey))?.written;
    return written && new Promise((resolve) => written.push(resolve));
  }

  /** Full batches are written. */
  async drained(): Promise<void> {
    if (this.sealed.length > 0) {
      await this.loop;
    }
  }

  /** Everything is written. */
  async finished(): Promise<void> {
    this.writeSoon();
    await this.loop;
  }

  /**
   * Runs work on the database while nothing is written.
   * @param work is told the number of the next trace and which dictionary entries only stored spans refer to
   */
  maintain<T>(work: (nextTrace: number, unusedBelow: NextIds) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.maintenance.push(async (unusedBelow) => {
        await work(this.parts.writer.nextTrace, unusedBelow).then(resolve, reject);
        this.parts.writer.forget();
      });
      this.writeSoon();
    });
  }

  /** Writes as far as time allows and stops; the rest stays in the log for the next start. */
  async close(): Promise<void> {
    this.stopAtMs = performance.now() + CLOSE_WITHIN_MS;
    this.closing.abort();
    await this.loop;
  }

  private get hasWork(): boolean {
    return this.sealed.length > 0 || this.batch.spanCount > 0 || this.parts.records().appliedRecord > this.applied || this.maintenance.length > 0;
  }

  /** What follows goes into another batch. */
  private seal(): void {
    this.sealed.push({ batch: this.batch, entries: this.parts.dictionary.takeNew(), ...this.parts.records(), written: this.written });
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
      const unusedBelow = maintenance.length > 0 ? this.parts.dictionary.forget() : undefined;
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
    const { database, log, writer, counters, report } = this.parts;
    await log.rotate();
    const outcome = await writeUntilDone(database, () => writer.write(pending), {
      failed: (reason) => {
        counters.failedWrites++;
        report({ level: 'error', message: 'writing failed, trying again', fields: { spans: pending.batch.spanCount, reason } });
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
      await log.removeApplied(this.applied);
      counters.writtenSpans += pending.batch.spanCount;
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
    const { log, dictionary, counters, report } = this.parts;
    await log.rotate();
    dictionary.forget();
    this.seal();
    const given = [...this.sealed];
    const spans = given.reduce((sum, { batch }) => sum + batch.spanCount, 0);
    let file: string;
    try {
      file = await log.copyOut(this.applied);
    } catch (error) {
      report({ level: 'error', message: 'spans that cannot be written could not be put into a file either, trying again', fields: { spans, reason: (error as Error).message } });
      return this.pause(RETRY_MS);
    }
    // They counted as waiting until now, so that no more came in than there is room for.
    this.sealed.splice(0, given.length);
    counters.quarantinedSpans += spans;
    report({ level: 'error', message: 'spans that cannot be written are in a file now, for `import` of another release', fields: { spans, file } });
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
