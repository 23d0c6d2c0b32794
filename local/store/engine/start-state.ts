/** What the engine must know of a database before it can go on. */
import type { Database } from '../database/database';
import { traceKeyOfNumbers } from '../ingest/span-batch';

export interface StartNumbers {
  // The next number of each kind.
  readonly trace: number;
  readonly span: number;
  readonly pair: number;
  readonly resource: number;
  readonly instrumentation: number;
  /** Records of the write-ahead log up to this one are done with. */
  readonly appliedRecord: number;
  /** Records behind this one have no span in the database. */
  readonly writtenRecord: number;
}

/** Asks an opened database; of an empty one they are 0. */
export async function startNumbers(database: Database): Promise<StartNumbers> {
  const after = (table: string, column: string): string => `(SELECT coalesce(max(${column}) + 1, 0)::DOUBLE FROM ${table})`;
  const meta = (key: string): string => `(SELECT value::DOUBLE FROM meta WHERE key = '${key}')`;
  const [row] = await database.query(`SELECT ${after('trace', 'seq')} AS trace, ${after('span', 'seq')} AS span, ${after('pair', 'id')} AS pair,
    ${after('resource', 'id')} AS resource, ${after('instrumentation', 'id')} AS instrumentation,
    ${meta('applied_record')} AS "appliedRecord", ${meta('written_record')} AS "writtenRecord"`);
  return row as unknown as StartNumbers;
}

/** Keys of the traces stored last, oldest first. */
export async function recentTraceKeys(database: Database, count: number): Promise<string[]> {
  const rows = await database.query(`SELECT tenant, id_high, id_low FROM trace ORDER BY seq DESC LIMIT ${count}`);
  return rows.map((row) => traceKeyOfNumbers(row.tenant as number, row.id_high as bigint, row.id_low as bigint)).reverse();
}
