/** The connections that read: who asks takes one, waits for its turn where all are taken, and gives it back. */
import type { DuckDBConnection, DuckDBResultReader } from '@duckdb/node-api';
import { QueryCancelledError, QueryTimeError } from './database-error';

const MAX_STATEMENT_MS = 30_000;

export type Row = Readonly<Record<string, unknown>>;

/** A result by column: quicker to read than rows where there are thousands. */
export type Columns = Readonly<Record<string, readonly unknown[]>>;

export type SnapshotWork<T> = (query: (sql: string) => Promise<Row[]>, columns: (sql: string) => Promise<Columns>) => Promise<T>;

/** What queries need of the database. */
export interface Reads {
  /** Rows of one statement. */
  query(sql: string): Promise<Row[]>;
  snapshot<T>(work: SnapshotWork<T>): Promise<T>;
}

export class Readers {
  private readonly idle: DuckDBConnection[];
  private readonly waiting: Array<(reader: DuckDBConnection) => void> = [];
  private readonly maxStatementMs: number;

  /** @param maxStatementMs how long a statement may run */
  constructor(connections: readonly DuckDBConnection[], maxStatementMs = MAX_STATEMENT_MS) {
    this.idle = [...connections];
    this.maxStatementMs = maxStatementMs;
  }

  /**
   * Reads for someone who may go away.
   * @param signal ends the statement that runs, and the wait for a turn, with QueryCancelledError
   */
  reads(signal?: AbortSignal): Reads {
    return {
      query: async (sql) => {
        const reader = await this.take(signal);
        try {
          return (await this.read(reader, sql, signal)).getRowObjects();
        } finally {
          this.give(reader);
        }
      },
      snapshot: async (work) => {
        const reader = await this.take(signal);
        let begin = 'BEGIN; ';
        const read = (sql: string): Promise<DuckDBResultReader> => {
          const text = begin + sql;
          begin = '';
          return this.read(reader, text, signal);
        };
        try {
          return await work(
            async (sql) => (await read(sql)).getRowObjects(),
            async (sql) => columnsOf(await read(sql)),
          );
        } finally {
          const release = (): void => this.give(reader);
          // Where nothing has begun there is nothing to end.
          reader.run('ROLLBACK').then(release, release);
        }
      },
    };
  }

  private async read(reader: DuckDBConnection, sql: string, signal: AbortSignal | undefined): Promise<DuckDBResultReader> {
    if (signal?.aborted) {
      throw new QueryCancelledError();
    }
    const interrupt = (): void => reader.interrupt();
    const limit = setTimeout(interrupt, this.maxStatementMs);
    signal?.addEventListener('abort', interrupt);
    try {
      return await reader.runAndReadAll(sql);
    } catch (error) {
      if (!(error as Error).message.startsWith('INTERRUPT')) {
        throw error;
      }
      throw signal?.aborted ? new QueryCancelledError() : new QueryTimeError(`the query took more than ${this.maxStatementMs / 1000} s: ask for a shorter time range or fewer spans`);
    } finally {
      clearTimeout(limit);
      signal?.removeEventListener('abort', interrupt);
    }
  }

  /** Waits for its turn. */
  async take(signal?: AbortSignal): Promise<DuckDBConnection> {
    if (signal?.aborted) {
      throw new QueryCancelledError();
    }
    return this.idle.pop() ?? (await new Promise((resolve, reject) => {
      const turn = (reader: DuckDBConnection): void => {
        signal?.removeEventListener('abort', leave);
        resolve(reader);
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(turn), 1);
        reject(new QueryCancelledError());
      };
      this.waiting.push(turn);
      signal?.addEventListener('abort', leave, { once: true });
    }));
  }

  /** Gives one back, or a new one in. */
  give(reader: DuckDBConnection): void {
    const next = this.waiting.shift();
    if (next) {
      next(reader);
    } else {
      this.idle.push(reader);
    }
  }
}

/** DuckDB leaves out the columns of a result without rows. */
function columnsOf(result: DuckDBResultReader): Columns {
  return { ...Object.fromEntries(result.columnNames().map((name) => [name, []])), ...result.getColumnsObject() };
}
