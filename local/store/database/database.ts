/**
 * The one DuckDB instance of a store: a connection for the writer, a few for readers. DuckDB runs statements on other threads; what
 * runs here is only putting rows together and reading results.
 */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { DataDirectoryError } from './database-error';
import { textLiteral } from './literal';
import { MIGRATIONS } from './migrations';
import { Readers, type Reads, type Row, type SnapshotWork } from './readers';
import { CREATE_STAGING, CREATE_TABLES, SCHEMA_VERSION } from './schema';

export interface DatabaseOptions {
  readonly directory: string;
  readonly memoryLimitMb: number;
  /** How long a statement of a snapshot may run; Tempo's queriers give a search as long. */
  readonly maxStatementMs?: number;
}

/** What the database file takes on disk. */
export interface FileUse {
  /** With what has been deleted since the last compaction. */
  readonly totalBytes: number;
  readonly freeBytes: number;
}

interface Connections {
  readonly instance: DuckDBInstance;
  readonly writer: DuckDBConnection;
  readonly readers: readonly DuckDBConnection[];
}

/** How many statements of readers run at once. DuckDB uses every core for one, so more would only hold more memory. */
const READERS = 3;
const RECONNECT_MS = 1000;
const FILE = 'traces.duckdb';
/** Where compaction copies to; a left-over of an unfinished one is of no use. */
const COPY = 'compacted.duckdb';

export class Database {
  private readonly options: DatabaseOptions;
  private open: Connections;
  private readonly readers: Readers;

  private constructor(options: DatabaseOptions, open: Connections) {
    this.options = options;
    this.open = open;
    this.readers = new Readers(open.readers, options.maxStatementMs);
  }

  /** @throws DataDirectoryError when the directory is not writable, in use, damaged or of a later version */
  static async open({ directory, memoryLimitMb, maxStatementMs }: DatabaseOptions): Promise<Database> {
    const options = { directory: path.resolve(directory), memoryLimitMb, maxStatementMs };
    const database = new Database(options, await connect(options));
    await removeFile(path.join(options.directory, COPY));
    return database;
  }

  /** For the one who writes; another connection after every `compact` and `reopen`. */
  get writer(): DuckDBConnection {
    return this.open.writer;
  }

  /** Rows of a query, as objects; 64-bit numbers are bigint. */
  async query(sql: string): Promise<Row[]> {
    const reader = await this.readers.take();
    try {
      return (await reader.runAndReadAll(sql)).getRowObjects();
    } finally {
      this.readers.give(reader);
    }
  }

  /** Runs a small statement of its own that changes rows, apart from the writer's transactions. */
  async execute(sql: string): Promise<void> {
    const connection = await this.readers.take();
    try {
      await connection.run(sql);
    } finally {
      this.readers.give(connection);
    }
  }

  /** Statements of one read transaction, so that they see the same state. It begins with the first of them and ends behind the caller's back: each step less is a wait less. @throws QueryTimeError where one of them takes too long */
  snapshot<T>(work: SnapshotWork<T>): Promise<T> {
    return this.reads().snapshot(work);
  }

  /** Reads for someone who may go away, see Readers. */
  reads(signal?: AbortSignal): Reads {
    return this.readers.reads(signal);
  }

  /** Brings the file up to date and tells its size. */
  async fileUse(): Promise<FileUse> {
    await this.checkpoint();
    const [row] = (await this.writer.runAndReadAll('PRAGMA database_size')).getRowObjects();
    const blockBytes = Number(row.block_size);
    return { totalBytes: Number(row.total_blocks) * blockBytes, freeBytes: Number(row.free_blocks) * blockBytes };
  }

  /** Gives the space of deleted rows back: DuckDB never shrinks a file, so what is left is copied into a new one. Queries go on meanwhile. */
  async compact(): Promise<void> {
    const { directory } = this.options;
    const copy = path.join(directory, COPY);
    await removeFile(copy);
    try {
      await this.writer.run(`ATTACH ${textLiteral(copy)} AS compacted`);
      await this.writer.run('COPY FROM DATABASE traces TO compacted');
      await this.writer.run('DETACH compacted');
    } catch (error) {
      await this.writer.run('DETACH DATABASE IF EXISTS compacted');
      await removeFile(copy);
      throw error;
    }
    await this.replaced(() => rename(copy, path.join(directory, FILE)));
  }

  /** Starts anew on the same file: after an error that DuckDB does not recover from, such as a full disk during a commit. */
  reopen(): Promise<void> {
    return this.replaced(() => Promise.resolve());
  }

  /** Writes everything into the database file and lets go of it. */
  async close(): Promise<void> {
    await Promise.all(this.open.readers.map(() => this.readers.take()));
    await this.writer.run('CHECKPOINT');
    disconnect(this.open);
  }

  /** DuckDB refuses one while other transactions are open that it takes for writing ones: then readers wait until it is done. */
  private async checkpoint(): Promise<void> {
    try {
      await this.writer.run('CHECKPOINT');
    } catch (error) {
      if (!/other write transactions/.test((error as Error).message)) {
        throw error;
      }
      const readers = await Promise.all(this.open.readers.map(() => this.readers.take()));
      try {
        await this.writer.run('CHECKPOINT');
      } finally {
        readers.forEach((reader) => this.readers.give(reader));
      }
    }
  }

  /** Waits until nobody reads, lets go of the file, and opens what is there afterwards. */
  private async replaced(change: () => Promise<void>): Promise<void> {
    await Promise.all(this.open.readers.map(() => this.readers.take()));
    disconnect(this.open);
    await change();
    this.open = await this.connectAgain();
    this.open.readers.forEach((reader) => this.readers.give(reader));
  }

  /** The file was good: what keeps it from opening, a full disk say, goes by. Queries wait. */
  private async connectAgain(): Promise<Connections> {
    for (;;) {
      try {
        return await connect(this.options);
      } catch {
        await delay(RECONNECT_MS);
      }
    }
  }
}

async function connect(options: DatabaseOptions): Promise<Connections> {
  const instance = await openInstance(options.directory, options.memoryLimitMb);
  try {
    const writer = await instance.connect();
    await prepare(writer, options.directory);
    return { instance, writer, readers: await Promise.all(Array.from({ length: READERS }, () => instance.connect())) };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

function disconnect({ instance, writer, readers }: Connections): void {
  [writer, ...readers].forEach((connection) => connection.closeSync());
  instance.closeSync();
}

function removeFile(file: string): Promise<void> {
  return rm(file, { force: true });
}

async function openInstance(directory: string, memoryLimitMb: number): Promise<DuckDBInstance> {
  try {
    await makeDirectory(directory);
    return await DuckDBInstance.create(path.join(directory, FILE), {
      memory_limit: `${memoryLimitMb}MB`,
      temp_directory: path.join(directory, 'spill'),
      // Fewer and larger checkpoints: each one rewrites the last, partly filled row groups.
      checkpoint_threshold: '64MB',
      preserve_insertion_order: 'true',
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
  // Whatever a statement says, it reaches no file outside, and nothing can widen that again.
  await connection.run(`SET allowed_directories = [${textLiteral(directory)}]; SET enable_external_access = false; SET lock_configuration = true;`);
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
