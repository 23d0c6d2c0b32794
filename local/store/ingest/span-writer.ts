/** Writes a plan to the database in one transaction. */
import { BIGINT, BLOB, BOOLEAN, DOUBLE, type DuckDBConnection, INTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api';
import { appendColumns } from '../database/append-columns';
import { isAmong } from '../database/literal';
import type { Database } from '../database/database';
import { ATTRIBUTE_COLUMNS, RENUMBER_COLUMNS, SPAN_COLUMNS, TRACE_COLUMNS } from '../database/schema';
import type { Dictionary, NewPair } from './dictionary';
import type { SpanBatch } from './span-batch';
import { readStates } from './stored-states';
import { RecentTraces, type TraceState } from './trace-state';
import { planWrite, type WritePlan } from './write-plan';

/** How exactly the time of arrival is known. */
const ARRIVAL_STEP_S = 60;

export type NewEntries = ReturnType<Dictionary['takeNew']>;

/** What is written together: a batch, the dictionary entries it needs, and where that leaves the write-ahead log. */
export interface PendingWrite {
  readonly batch: SpanBatch;
  readonly entries: NewEntries;
  /** All records up to this one are in the database then, or were sampled out. */
  readonly appliedRecord: number;
  /** No record behind this one has a span in the database. */
  readonly writtenRecord: number;
}

export class SpanWriter {
  private readonly database: Database;
  private readonly recent = new RecentTraces();
  private readonly next: { trace: number; span: number };
  private readonly pause: () => Promise<void>;

  /** @param pause called between steps of a few milliseconds; nothing is lost when it takes long */
  constructor(database: Database, next: { readonly trace: number; readonly span: number }, pause: () => Promise<void>) {
    this.database = database;
    this.pause = pause;
    this.next = { ...next };
  }

  private get connection(): DuckDBConnection {
    return this.database.writer;
  }

  /** The number of the next trace. */
  get nextTrace(): number {
    return this.next.trace;
  }

  /** Forgets what it knows of traces: to be called when rows have been removed. */
  forget(): void {
    this.recent.clear();
  }

  /** Writes all of it or nothing. After a failure the same write can be tried again. */
  async write({ batch, entries, appliedRecord, writtenRecord }: PendingWrite): Promise<void> {
    const states = await this.statesOf(batch.traceKeys);
    const plan = await planWrite(batch, (key) => states.get(key), this.next, this.pause);
    await this.connection.run('BEGIN');
    try {
      await this.writeEntries(entries);
      if (plan.spanRows > 0) {
        await this.writeSpans(plan);
      }
      await this.pause();
      await this.connection.run(`UPDATE meta SET value = CASE key WHEN 'applied_record' THEN ${appliedRecord} ELSE ${writtenRecord} END WHERE key IN ('applied_record', 'written_record')`);
      await this.connection.run('COMMIT');
    } catch (error) {
      // A failed commit has rolled back by itself; what the caller must hear is the first error.
      await this.connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
    this.next.span += plan.spanRows;
    this.next.trace += plan.traceRows - plan.storedTraces;
    plan.states.forEach((state) => this.recent.put(state));
  }

  /** The states of those of the traces that have been written before. */
  async statesOf(traceKeys: readonly string[]): Promise<Map<string, TraceState>> {
    const states = await readStates(this.connection, traceKeys.filter((key) => !this.recent.get(key)), this.pause);
    for (const key of traceKeys) {
      const state = this.recent.get(key);
      if (state) {
        states.set(key, state);
      }
    }
    return states;
  }

  private async writeSpans(plan: WritePlan): Promise<void> {
    const { connection, pause } = this;
    await appendColumns(connection, 'span', SPAN_COLUMNS, plan.span as Record<keyof typeof SPAN_COLUMNS, BigInt64Array>, plan.spanRows, ['status_message'], pause);
    await appendColumns(connection, 'attribute', ATTRIBUTE_COLUMNS, plan.attribute, plan.attributeRows, [], pause);
    if (plan.storedTraces > 0) {
      const stored = Array.from(plan.trace.seq, Number).filter((seq) => seq < this.next.trace);
      await connection.run(`DELETE FROM trace WHERE ${isAmong('seq', stored)}`);
    }
    await appendColumns(connection, 'trace', TRACE_COLUMNS, plan.trace as Record<keyof typeof TRACE_COLUMNS, BigInt64Array>, plan.traceRows, ['root_name', 'root_resource'], pause);
    if (plan.renumberRows > 0) {
      await appendColumns(connection, 'renumbered', RENUMBER_COLUMNS, plan.renumber as Record<keyof typeof RENUMBER_COLUMNS, BigInt64Array>, plan.renumberRows, [], pause);
      await pause();
      await connection.run(
        'UPDATE span SET nested_left = n.nested_left, nested_right = n.nested_right, nested_parent = n.nested_parent FROM renumbered n WHERE span.seq = n.seq',
      );
      await connection.run('TRUNCATE renumbered');
    }
    if (plan.traceRows > plan.storedTraces) {
      const nowS = Math.floor(Date.now() / 1000);
      await connection.run(`INSERT INTO arrival SELECT ${this.next.trace}, ${nowS} WHERE NOT EXISTS (FROM arrival WHERE received_s > ${nowS - ARRIVAL_STEP_S})`);
    }
    const details = await connection.createAppender('detail');
    for (const detail of plan.details) {
      await pause();
      details.appendBigInt(BigInt(detail.trace));
      details.appendBigInt(BigInt(detail.firstSpan));
      details.appendBlob(detail.bytes);
      details.endRow();
    }
    details.closeSync();
  }

  private async writeEntries({ pairs, resources, instrumentations }: NewEntries): Promise<void> {
    await this.rows('pair', pairs.flatMap(pairRows), [INTEGER, INTEGER, UTINYINT, VARCHAR, UTINYINT, VARCHAR, DOUBLE, BIGINT, BOOLEAN, BLOB]);
    await this.rows('resource', resources.map(({ id, tenant, service, raw }) => [id, tenant, service, raw]), [INTEGER, INTEGER, VARCHAR, BLOB]);
    await this.rows('resource_attribute', resources.flatMap(({ id, pairs: of }) => of.map((pair) => [pair, id])), [INTEGER, INTEGER]);
    await this.rows('instrumentation', instrumentations.map(({ id, tenant, name, version, raw }) => [id, tenant, name, version, raw]), [INTEGER, INTEGER, VARCHAR, VARCHAR, BLOB]);
    await this.rows('instrumentation_attribute', instrumentations.flatMap(({ id, pairs: of }) => of.map((pair) => [pair, id])), [INTEGER, INTEGER]);
  }

  private async rows(table: string, rows: ReadonlyArray<readonly Cell[]>, types: readonly unknown[]): Promise<void> {
    if (rows.length === 0) {
      return;
    }
    await this.pause();
    const appender = await this.connection.createAppender(table);
    for (const row of rows) {
      row.forEach((cell, column) => {
        const type = types[column];
        if (cell === undefined) {
          appender.appendNull();
        } else if (typeof cell === 'string') {
          appender.appendVarchar(cell);
        } else if (typeof cell === 'bigint') {
          appender.appendBigInt(cell);
        } else if (typeof cell === 'boolean') {
          appender.appendBoolean(cell);
        } else if (typeof cell === 'number') {
          if (type === DOUBLE) {
            appender.appendDouble(cell);
          } else if (type === UTINYINT) {
            appender.appendUTinyInt(cell);
          } else {
            appender.appendInteger(cell);
          }
        } else {
          appender.appendBlob(cell);
        }
      });
      appender.endRow();
    }
    appender.closeSync();
  }
}

type Cell = string | number | bigint | boolean | Uint8Array | undefined;

function pairRows({ id, tenant, scope, key, values, raw }: NewPair): Cell[][] {
  return values.map((value, i) => [id, tenant, scope, key, value.type, value.text, value.number, value.integer, raw !== undefined, i === 0 ? raw : undefined]);
}
