/** Removes the oldest traces and what only they used. */
import type { Database } from '../database/database';

/** Dictionary entries below these numbers are used by stored rows only. */
export interface UnusedBelow {
  readonly pair: number;
  readonly resource: number;
  readonly instrumentation: number;
}

/** @returns how many traces were removed */
export async function removeTracesBefore(database: Database, firstToKeep: number, unusedBelow: UnusedBelow): Promise<number> {
  const { writer } = database;
  const [{ count }] = (await writer.runAndReadAll(`SELECT count(*)::DOUBLE AS count FROM trace WHERE seq < ${firstToKeep}`)).getRowObjects();
  if (count === 0) {
    return 0;
  }
  await writer.run('BEGIN');
  try {
    await writer.run(`DELETE FROM attribute USING span WHERE attribute.span = span.seq AND span.trace < ${firstToKeep}`);
    for (const table of ['span', 'detail']) {
      await writer.run(`DELETE FROM ${table} WHERE trace < ${firstToKeep}`);
    }
    await writer.run(`DELETE FROM trace WHERE seq < ${firstToKeep}`);
    // The row in which the first trace to keep came stays.
    await writer.run(`DELETE FROM arrival WHERE first_trace < (SELECT max(first_trace) FROM arrival WHERE first_trace <= ${firstToKeep})`);
    await removeUnused(database, unusedBelow);
    await writer.run('COMMIT');
  } catch (error) {
    await writer.run('ROLLBACK');
    throw error;
  }
  return count as number;
}

async function removeUnused({ writer }: Database, below: UnusedBelow): Promise<void> {
  for (const table of ['resource', 'instrumentation'] as const) {
    await writer.run(`DELETE FROM ${table} WHERE id < ${below[table]} AND id NOT IN (SELECT ${table} FROM span)`);
    await writer.run(`DELETE FROM ${table}_attribute WHERE ${table} < ${below[table]} AND ${table} NOT IN (SELECT id FROM ${table})`);
  }
  await writer.run(`DELETE FROM pair WHERE id < ${below.pair} AND id NOT IN (
    SELECT pair FROM attribute UNION SELECT name FROM span UNION SELECT status_message FROM span WHERE status_message IS NOT NULL
    UNION SELECT pair FROM resource_attribute UNION SELECT pair FROM instrumentation_attribute)`);
}
