/**
 * Files of OTLP requests, as the collector's file exporter writes them: protobuf messages, each behind its length in four bytes (big-endian),
 * or JSON, one request a line. Reading tells the two apart by the first byte and unpacks gzip.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

export interface FileRequest {
  readonly format: 'protobuf' | 'json';
  readonly body: Uint8Array;
  /** From 1. */
  readonly number: number;
}

/** The file is not what is expected; the message says where. */
export class OtlpFileError extends Error {
  override readonly name = 'OtlpFileError';
}

const LENGTH_BYTES = 4;
const BRACE = 0x7b;
const LINE_FEED = 0x0a;
const MAX_REQUEST_BYTES = 256 << 20;
/** Read at once: large against most requests, so that few are put together from many pieces. */
const CHUNK_BYTES = 1 << 20;

/** A protobuf request behind its length. */
export function frameOf(request: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(LENGTH_BYTES + request.length);
  frame.writeUInt32BE(request.length, 0);
  frame.set(request, LENGTH_BYTES);
  return frame;
}

/** @throws OtlpFileError when the file ends within a request or is something else */
export async function* readOtlpFile(file: string): AsyncGenerator<FileRequest> {
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const stream: AsyncIterable<Buffer> = (await isGzip(file)) ? raw.on('error', () => undefined).pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : raw;
  let rest: Buffer = Buffer.alloc(0);
  let format: FileRequest['format'] | undefined;
  let number = 0;
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    format ??= rest[0] === BRACE ? 'json' : 'protobuf';
    for (let found = nextRequest(rest, format, number + 1); found; found = nextRequest(rest, format, number + 1)) {
      rest = rest.subarray(found.end);
      if (found.body.length > 0) {
        yield { format, body: new Uint8Array(found.body), number: ++number };
      }
    }
  }
  if (format === 'json' && rest.length > 0) {
    yield { format, body: new Uint8Array(rest), number: ++number };
  } else if (rest.length > 0) {
    throw new OtlpFileError(`${file} ends within request ${number + 1}`);
  }
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function nextRequest(bytes: Buffer, format: FileRequest['format'], number: number): { body: Buffer; end: number } | undefined {
  if (format === 'json') {
    const end = bytes.indexOf(LINE_FEED);
    return end < 0 ? undefined : { body: bytes.subarray(0, end), end: end + 1 };
  }
  if (bytes.length < LENGTH_BYTES) {
    return undefined;
  }
  const length = bytes.readUInt32BE(0);
  if (length > MAX_REQUEST_BYTES) {
    throw new OtlpFileError(`request ${number} is said to have ${length} bytes: this is no file of OTLP requests`);
  }
  const end = LENGTH_BYTES + length;
  return bytes.length < end ? undefined : { body: bytes.subarray(LENGTH_BYTES, end), end };
}
