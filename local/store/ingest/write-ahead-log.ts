/**
 * The write-ahead log: a request is acknowledged when its bytes are in here and synced, before the database has them.
 * Requests that arrive while a sync runs share the next one. A segment holds the records of one batch and is removed once the
 * database has committed it; after a crash the records that the database lacks are read back.
 *
 *   record  bodyBytes(u32) crc32(u32, of everything behind it) id(f64) tenantBytes(u16) tenant body
 */
import { type FileHandle, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';

export interface LogRecord {
  /** Grows by one a record, never reused. */
  readonly id: number;
  readonly tenant: string;
  readonly body: Uint8Array;
}

interface Waiting {
  /** What to write; nothing stands for the start of a new segment. */
  readonly buffers: readonly Uint8Array[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const HEADER_BYTES = 18;
const SEGMENT = /^requests-(\d+)\.log$/;

export class WriteAheadLog {
  private readonly directory: string;
  private segment: { file: FileHandle; path: string } | undefined;
  private segmentNumber: number;
  private waiting: Waiting[] = [];
  private working: Promise<void> | undefined;

  private constructor(directory: string, segmentNumber: number) {
    this.directory = directory;
    this.segmentNumber = segmentNumber;
  }

  static async open(directory: string): Promise<WriteAheadLog> {
    const numbers = (await segmentsIn(directory)).map(({ number }) => number);
    return new WriteAheadLog(directory, Math.max(0, ...numbers) + 1);
  }

  /** Resolves once the record is on disk. */
  append(record: LogRecord): Promise<void> {
    return this.enqueue(encode(record));
  }

  /**
   * Starts a new segment for the records that are appended from now on.
   * @returns removes the segments before it; to be called when the database has their records
   */
  async rotate(): Promise<() => Promise<void>> {
    await this.enqueue([]);
    const first = this.segmentNumber;
    return async () => {
      for (const segment of await segmentsIn(this.directory)) {
        if (segment.number < first) {
          await rm(segment.path, { force: true });
        }
      }
    };
  }

  async close(): Promise<void> {
    await this.working;
    await this.leaveSegment();
  }

  private enqueue(buffers: readonly Uint8Array[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ buffers, resolve, reject });
      this.working ??= this.work();
    });
  }

  /** One thing at a time, in order: groups of records up to the next new segment share a sync. */
  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const end = this.waiting.findIndex(({ buffers }) => buffers.length === 0);
      const group = this.waiting.splice(0, end < 0 ? this.waiting.length : Math.max(end, 1));
      try {
        if (end === 0) {
          await this.leaveSegment();
        } else {
          const { file } = await this.current();
          await writeFully(file, group.flatMap(({ buffers }) => buffers));
          await file.datasync();
        }
        group.forEach(({ resolve }) => resolve());
      } catch (error) {
        // A record may have been written in part: what follows goes to a new segment, where it can be read back.
        await this.leaveSegment();
        group.forEach(({ reject }) => reject(error as Error));
      }
    }
    this.working = undefined;
  }

  private async leaveSegment(): Promise<void> {
    const segment = this.segment;
    this.segment = undefined;
    this.segmentNumber++;
    await segment?.file.close();
  }

  private async current(): Promise<{ file: FileHandle; path: string }> {
    if (!this.segment) {
      const file = path.join(this.directory, `requests-${this.segmentNumber}.log`);
      this.segment = { file: await open(file, 'a', 0o600), path: file };
      // The directory entry must survive a crash too.
      const directory = await open(this.directory, 'r');
      await directory.sync();
      await directory.close();
    }
    return this.segment;
  }
}

/** The records of all segments, oldest first. What a crash cut short at the end of a segment was never acknowledged and is left out. */
export async function* readLog(directory: string): AsyncGenerator<LogRecord> {
  for (const segment of await segmentsIn(directory)) {
    yield* recordsOf(await readFile(segment.path));
  }
}

/** The valid records at the start of a segment's bytes. */
export function* recordsOf(bytes: Uint8Array): Generator<LogRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const bodyAt = at + HEADER_BYTES + view.getUint16(at + 16, true);
    const end = bodyAt + view.getUint32(at, true);
    if (end > bytes.length || crc32(bytes.subarray(at + 8, end)) !== view.getUint32(at + 4, true)) {
      return;
    }
    yield { id: view.getFloat64(at + 8, true), tenant: Buffer.from(bytes.subarray(at + HEADER_BYTES, bodyAt)).toString('utf8'), body: bytes.subarray(bodyAt, end) };
    at = end;
  }
}

function encode({ id, tenant, body }: LogRecord): Uint8Array[] {
  const tenantBytes = Buffer.from(tenant, 'utf8');
  const header = Buffer.alloc(HEADER_BYTES + tenantBytes.length);
  header.writeUInt32LE(body.length, 0);
  header.writeDoubleLE(id, 8);
  header.writeUInt16LE(tenantBytes.length, 16);
  header.set(tenantBytes, HEADER_BYTES);
  header.writeUInt32LE(crc32(body, crc32(header.subarray(8))), 4);
  return [header, body];
}

async function writeFully(file: FileHandle, buffers: readonly Uint8Array[]): Promise<void> {
  const bytes = Buffer.concat(buffers);
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
}

async function segmentsIn(directory: string): Promise<Array<{ number: number; path: string }>> {
  const names = await readdir(directory);
  return names
    .flatMap((name) => {
      const match = SEGMENT.exec(name);
      return match ? [{ number: Number(match[1]), path: path.join(directory, name) }] : [];
    })
    .sort((a, b) => a.number - b.number);
}
