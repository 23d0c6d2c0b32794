/** Fast appends: whole columns of numbers are copied into DuckDB's vectors, no call a value. */
import duckdb from '@duckdb/node-bindings';
import { BIGINT, type DuckDBConnection, DuckDBDataChunk, type DuckDBType, INTEGER, UBIGINT, UTINYINT } from '@duckdb/node-api';

type NumberColumn = BigInt64Array | BigUint64Array | Int32Array | Uint8Array;

const TYPES: Readonly<Record<string, { type: DuckDBType; bytes: number }>> = {
  BIGINT: { type: BIGINT, bytes: 8 },
  UBIGINT: { type: UBIGINT, bytes: 8 },
  INTEGER: { type: INTEGER, bytes: 4 },
  UTINYINT: { type: UTINYINT, bytes: 1 },
};

/** Rows that DuckDB handles at once. */
const VECTOR_ROWS = 2048;

/** Stands for null in a column of INTEGERs: the numbers that are kept are none below 0. */
export const NO_ENTRY = -1;

/**
 * Appends `rows` rows to a table.
 * @param layout the table's columns and their types, in order
 * @param columns one array a column, at least `rows` long, of the width of its type
 * @param nullable columns in which NO_ENTRY is null
 * @param pause called between steps of less than a millisecond
 */
export async function appendColumns<Layout extends Readonly<Record<string, string>>>(
  connection: DuckDBConnection,
  table: string,
  layout: Layout,
  columns: Readonly<Record<keyof Layout, NumberColumn>>,
  rows: number,
  nullable: ReadonlyArray<keyof Layout> = [],
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const names = Object.keys(layout);
  const sources = names.map((name) => {
    const column = columns[name];
    if (column.BYTES_PER_ELEMENT !== TYPES[layout[name]].bytes || column.length < rows) {
      throw new Error(`column ${table}.${name}: expected ${rows} values of ${TYPES[layout[name]].bytes} bytes, received ${column.length} of ${column.BYTES_PER_ELEMENT}`);
    }
    return column;
  });
  const appender = await connection.createAppender(table);
  const chunk = DuckDBDataChunk.create(names.map((name) => TYPES[layout[name]].type));
  for (let first = 0; first < rows; first += VECTOR_ROWS) {
    const count = Math.min(VECTOR_ROWS, rows - first);
    chunk.rowCount = count;
    sources.forEach((source, i) => {
      const width = source.BYTES_PER_ELEMENT;
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, i);
      duckdb.copy_data_to_vector(vector, 0, source.buffer as ArrayBuffer, source.byteOffset + first * width, count * width);
      if (nullable.includes(names[i])) {
        markNulls(vector, source as Int32Array, first, count);
      }
    });
    appender.appendDataChunk(chunk);
    await pause();
  }
  appender.closeSync();
}

function markNulls(vector: duckdb.Vector, source: Int32Array, first: number, count: number): void {
  // A bit a row, set where it has a value.
  const validity = new Uint8Array(VECTOR_ROWS / 8);
  for (let i = 0; i < count; i++) {
    if (source[first + i] !== NO_ENTRY) {
      validity[i >> 3] |= 1 << (i & 7);
    }
  }
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, validity.buffer, 0, validity.length);
}
