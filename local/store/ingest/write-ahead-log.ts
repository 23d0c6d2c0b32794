/**
 * The write-ahead log: a request is acknowledged when its bytes are in here and synced, before the database has them.
 * Requests that arrive while a sync runs share the next one. A segment is removed once the database has all of its records; after a crash
 * the records that the database lacks are read back.
 *
 *   record  bodyBytes(u32) crc32(u32, of everything behind it) id(f64) tenantBytes(u16) tenant body
 */
import { type FileHandle, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { frameOf } from '../maintenance/otlp-file';

export interface LogRecord {
  /** Grows by one a record, never reused. */
  readonly id: number;
  readonly tenant: string;
  readonly body: Uint8Array;
}

interface Waiting {
  /** Undefined for the start of a new segment. */
  readonly record: LogRecord | undefined;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Segment {
  readonly number: number;
  readonly path: string;
  /** Of its records; 0 before it has one, Infinity before it has been read back. */
  lastRecord: number;
}

const HEADER_BYTES = 18;
const SEGMENT = /^requests-(\d+)\.log$/;

export class WriteAheadLog {
  private readonly directory: string;
  private open: { readonly segment: Segment; readonly file: FileHandle; sizeBytes: number } | undefined;
  /** Segments that are not written to any more. */
  private closed: Segment[];
  private nextNumber: number;
  private waiting: Waiting[] = [];
  private working: Promise<void> | undefined;

  private constructor(directory: string, segments: Segment[]) {
    this.directory = directory;
    this.closed = segments;
    this.nextNumber = Math.max(0, ...segments.map(({ number }) => number)) + 1;
  }

  static async open(directory: string): Promise<WriteAheadLog> {
    return new WriteAheadLog(directory, await segmentsIn(directory));
  }

  /**
   * The records that are there from before, oldest first; to be read once, before anything is appended. What a crash cut short at the
   * end of a segment was never acknowledged and is left out.
   */
  async *replay(): AsyncGenerator<LogRecord> {
    for (const segment of [...this.closed]) {
      let last = 0;
      for (const record of recordsOf(await readFile(segment.path))) {
        last = record.id;
        yield record;
      }
      segment.lastRecord = last;
    }
  }

  /** Resolves once the record is on disk. */
  append(record: LogRecord): Promise<void> {
    return this.enqueue(record);
  }

  /** Starts a new segment for the records that are appended from now on. */
  rotate(): Promise<void> {
    return this.enqueue(undefined);
  }

  /** Removes the closed segments that have no record behind this one. */
  async removeApplied(record: number): Promise<void> {
    const done = this.closed.filter(({ lastRecord }) => lastRecord <= record);
    this.closed = this.closed.filter((segment) => !done.includes(segment));
    for (const { path: file } of done) {
      await rm(file, { force: true });
    }
  }

  /**
   * Copies the records behind this one, of the segments that are closed, into a file of requests as `veza-store import` reads them.
   * @returns its path
   */
  async copyOut(after: number): Promise<string> {
    const target = path.join(this.directory, `quarantine-${Date.now()}.otlp`);
    const file = await open(target, 'w', 0o600);
    try {
      for (const segment of [...this.closed]) {
        for (const { id, body } of recordsOf(await readFile(segment.path))) {
          if (id > after) {
            await writeFully(file, [frameOf(body)]);
          }
        }
      }
      await file.datasync();
    } catch (error) {
      await rm(target);
      throw error;
    } finally {
      await file.close();
    }
    return target;
  }

  async close(): Promise<void> {
    await this.working;
    await this.leaveSegment();
  }

  private enqueue(record: LogRecord | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ record, resolve, reject });
      this.working ??= this.work();
    });
  }

  /** One thing at a time, in order: groups of records up to the next new segment share a sync. */
  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const end = this.waiting.findIndex(({ record }) => !record);
      const group = this.waiting.splice(0, end < 0 ? this.waiting.length : Math.max(end, 1));
      try {
        if (end === 0) {
          await this.leaveSegment();
        } else {
          await this.write(group.flatMap(({ record }) => record ?? []));
        }
        group.forEach(({ resolve }) => resolve());
      } catch (error) {
        group.forEach(({ reject }) => reject(error as Error));
      }
    }
    this.working = undefined;
  }

  private async write(records: readonly LogRecord[]): Promise<void> {
    const open = (this.open ??= await this.newSegment());
    try {
      const written = await writeFully(open.file, records.flatMap(encode));
      await open.file.datasync();
      open.sizeBytes += written;
      open.segment.lastRecord = records[records.length - 1].id;
    } catch (error) {
      // Records that are refused must not come back after a crash. Where they cannot be cut off, what follows at least goes elsewhere.
      await open.file.truncate(open.sizeBytes).catch(() => this.leaveSegment());
      throw error;
    }
  }

  private async leaveSegment(): Promise<void> {
    const { open } = this;
    if (open) {
      this.open = undefined;
      this.closed.push(open.segment);
      await open.file.close();
    }
  }

  private async newSegment(): Promise<{ segment: Segment; file: FileHandle; sizeBytes: number }> {
    const number = this.nextNumber++;
    const file = path.join(this.directory, `requests-${number}.log`);
    const handle = await open(file, 'a', 0o600);
    // The directory entry must survive a crash too.
    const directory = await open(this.directory, 'r');
    await directory.sync();
    await directory.close();
    return { segment: { number, path: file, lastRecord: 0 }, file: handle, sizeBytes: 0 };
  }
}

/** The valid records at the start of a segment's bytes. */
function* recordsOf(bytes: Uint8Array): Generator<LogRecord> {
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

/** @returns how many bytes that were */
async function writeFully(file: FileHandle, buffers: readonly Uint8Array[]): Promise<number> {
  const bytes = Buffer.concat(buffers);
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
  return bytes.length;
}

async function segmentsIn(directory: string): Promise<Segment[]> {
  const names = await readdir(directory);
  return names
    .flatMap((name) => {
      const match = SEGMENT.exec(name);
      return match ? [{ number: Number(match[1]), path: path.join(directory, name), lastRecord: Infinity }] : [];
    })
    .sort((a, b) => a.number - b.number);
}
