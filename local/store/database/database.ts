/**
 * The one DuckDB instance of a store: a connection for the writer, a few for readers. DuckDB runs statements on other threads; what
 * runs here is only putting rows together and reading results.
 */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { DataDirectoryError } from './database-error';
import { MIGRATIONS } from './migrations';
import { CREATE_STAGING, CREATE_TABLES, SCHEMA_VERSION } from './schema';

export type Row = Readonly<Record<string, unknown>>;

export interface DatabaseOptions {
  readonly directory: string;
  readonly memoryLimitMb: number;
}

/** How many statements of readers run at once. DuckDB uses every core for one, so more would only hold more memory. */
const READERS = 3;

export class Database {
  readonly writer: DuckDBConnection;
  private readonly instance: DuckDBInstance;
  private readonly idleReaders: DuckDBConnection[];
  private readonly waiting: Array<(reader: DuckDBConnection) => void> = [];

  private constructor(instance: DuckDBInstance, writer: DuckDBConnection, readers: DuckDBConnection[]) {
    this.instance = instance;
    this.writer = writer;
    this.idleReaders = readers;
  }

  /** @throws DataDirectoryError when the directory is not writable, in use, damaged or of a later version */
  static async open({ directory, memoryLimitMb }: DatabaseOptions): Promise<Database> {
    const instance = await openInstance(directory, memoryLimitMb);
    try {
      const writer = await instance.connect();
      await prepare(writer, directory);
      const readers = await Promise.all(Array.from({ length: READERS }, () => instance.connect()));
      return new Database(instance, writer, readers);
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  }

  /** Rows of a query, as objects; 64-bit numbers are bigint. */
  async query(sql: string): Promise<Row[]> {
    const reader = await this.reader();
    try {
      return (await reader.runAndReadAll(sql)).getRowObjects();
    } finally {
      this.release(reader);
    }
  }

  /** Runs a small statement of its own that changes rows, apart from the writer's transactions. */
  async execute(sql: string): Promise<void> {
    const connection = await this.reader();
    try {
      await connection.run(sql);
    } finally {
      this.release(connection);
    }
  }

  /** Statements of one read transaction, so that they see the same state. */
  async snapshot<T>(work: (query: (sql: string) => Promise<Row[]>) => Promise<T>): Promise<T> {
    const reader = await this.reader();
    try {
      await reader.run('BEGIN');
      try {
        return await work(async (sql) => (await reader.runAndReadAll(sql)).getRowObjects());
      } finally {
        await reader.run('ROLLBACK');
      }
    } finally {
      this.release(reader);
    }
  }

  /** Writes everything into the database file and lets go of it. */
  async close(): Promise<void> {
    await this.writer.run('CHECKPOINT');
    for (const connection of [this.writer, ...this.idleReaders]) {
      connection.closeSync();
    }
    this.instance.closeSync();
  }

  private async reader(): Promise<DuckDBConnection> {
    return this.idleReaders.pop() ?? (await new Promise((resolve) => this.waiting.push(resolve)));
  }

  private release(reader: DuckDBConnection): void {
    const next = this.waiting.shift();
    if (next) {
      next(reader);
    } else {
      this.idleReaders.push(reader);
    }
  }
}

async function openInstance(directory: string, memoryLimitMb: number): Promise<DuckDBInstance> {
  try {
    await makeDirectory(path.resolve(directory));
    return await DuckDBInstance.create(path.join(directory, 'traces.duckdb'), {
      memory_limit: `${memoryLimitMb}MB`,
      temp_directory: path.join(directory, 'spill'),
      // Fewer and larger checkpoints: each one rewrites the last, partly filled row groups.
      checkpoint_threshold: '64MB',
      preserve_insertion_order: 'true',
      // The database only ever reads what the writer gave it.
      enable_external_access: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/lock/i.test(reason)) {
      throw new DataDirectoryError(`The data directory ${directory} is used by another store: stop it or choose another with --data`);
    }
    if (/EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EEXIST|denied|read-only|Not a directory/i.test(reason)) {
      throw new DataDirectoryError(`The data directory ${directory} cannot be written: make it writable or choose another with --data`);
    }
    throw new DataDirectoryError(`The data directory ${directory} cannot be opened (${reason.split('\n')[0]}): move it away or choose another with --data`);
  }
}

/** Step by step: Node's recursive mkdir never returns below a directory that refuses new entries with ENOENT, such as /proc. */
async function makeDirectory(directory: string): Promise<void> {
  const made = await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => error);
  if (!made || made.code === 'EEXIST') {
    return;
  }
  const parent = path.dirname(directory);
  if (made.code !== 'ENOENT' || parent === directory || (await isDirectory(parent))) {
    throw made;
  }
  await makeDirectory(parent);
  await mkdir(directory, { mode: 0o700 });
}

function isDirectory(directory: string): Promise<boolean> {
  return stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function prepare(connection: DuckDBConnection, directory: string): Promise<void> {
  const tables = await connection.runAndReadAll(`SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'meta'`);
  if (tables.getRowObjects()[0].n === 0n) {
    await connection.run(`BEGIN; ${CREATE_TABLES} COMMIT;`);
  }
  await migrate(connection, directory);
  await connection.run(CREATE_STAGING);
}

/** Step by step, each in a transaction of its own; a later layout is left alone. */
async function migrate(connection: DuckDBConnection, directory: string): Promise<void> {
  for (;;) {
    const rows = await connection.runAndReadAll(`SELECT value FROM meta WHERE key = 'schema_version'`);
    const found = Number(rows.getRowObjects()[0]?.value);
    if (found === SCHEMA_VERSION) {
      return;
    }
    const step = MIGRATIONS[found];
    if (step === undefined) {
      throw new DataDirectoryError(`The data directory ${directory} has layout ${found}, this store reads up to ${SCHEMA_VERSION}: use the matching release or choose another with --data`);
    }
    await connection.run(`BEGIN; ${step} UPDATE meta SET value = ${found + 1} WHERE key = 'schema_version'; COMMIT;`);
  }
}
