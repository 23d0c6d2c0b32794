/** Reads a request's body within limits, decompressed. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { NO_ROOM, type ReceiveBudget, type ReceiveLimits, RETRY_AFTER_MS } from './receive-budget';

/** The body is refused; `status` is the HTTP status that says so. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly status: number;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, message: string, retryAfterMs?: number) {
    super(message);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface ReceivedBody {
  readonly bytes: Uint8Array;
  /** To be called when the request has been answered. */
  release(): void;
}

/** Counts further bytes. @throws BodyError 429 when there is no room for them */
type Take = (bytes: number) => void;

const UNPACKERS: ReadonlyMap<string, typeof createGunzip> = new Map([['gzip', createGunzip], ['deflate', createInflate]]);
const UNPACKED_CHUNK_BYTES = 64 << 10;

/**
 * @throws BodyError 413 when it is too large, 415 for an unknown encoding, 400 when it does not unpack or the sender hangs up,
 * 429 when there is no room for it now
 */
export async function readBody(request: IncomingMessage, limits: ReceiveLimits, budget: ReceiveBudget): Promise<ReceivedBody> {
  let taken = 0;
  const take: Take = (bytes) => {
    if (!budget.take(bytes)) {
      throw new BodyError(429, NO_ROOM, RETRY_AFTER_MS);
    }
    taken += bytes;
  };
  try {
    const packed = await received(request, limits.bodyBytes, take);
    const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
    const bytes = encoding === 'identity' || encoding === '' ? packed : await unpacked(packed, encoding, limits.unpackedBytes, take);
    return { bytes, release: () => budget.give(taken) };
  } catch (error) {
    budget.give(taken);
    throw error;
  }
}

async function received(request: IncomingMessage, maxBytes: number, take: Take): Promise<Buffer> {
  try {
    return await collect(request, `the body is larger than ${maxBytes} bytes`, maxBytes, take);
  } catch (error) {
    throw error instanceof BodyError ? error : new BodyError(400, 'the body ended early');
  }
}

async function unpacked(packed: Uint8Array, encoding: string, maxBytes: number, take: Take): Promise<Uint8Array> {
  const unpacker = UNPACKERS.get(encoding);
  if (!unpacker) {
    throw new BodyError(415, `unsupported content encoding ${JSON.stringify(encoding.slice(0, 40))}, supported: gzip, deflate`);
  }
  const stream = unpacker({ chunkSize: UNPACKED_CHUNK_BYTES });
  stream.end(packed);
  try {
    return await collect(stream, `the body is larger than ${maxBytes} bytes when unpacked`, maxBytes, take);
  } catch (error) {
    throw error instanceof BodyError ? error : new BodyError(400, `the body is not valid ${encoding}: ${(error as Error).message}`);
  }
}

/** Piece by piece: small bodies of many senders must not unpack into more than the budget before anybody looks. */
async function collect(source: Readable, tooLarge: string, maxBytes: number, take: Take): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) {
      throw new BodyError(413, tooLarge);
    }
    take((chunk as Buffer).length);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
