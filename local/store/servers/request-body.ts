/** Reads a request's body within limits, decompressed. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
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

const unpackers = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;

/**
 * @throws BodyError 413 when it is too large, 415 for an unknown encoding, 400 when it does not unpack or the sender hangs up,
 * 429 when there is no room for it now
 */
export async function readBody(request: IncomingMessage, limits: ReceiveLimits, budget: ReceiveBudget): Promise<ReceivedBody> {
  let taken = 0;
  const take = (bytes: number): void => {
    if (!budget.take(bytes)) {
      throw new BodyError(429, NO_ROOM, RETRY_AFTER_MS);
    }
    taken += bytes;
  };
  try {
    const packed = await collect(request, limits.bodyBytes, take);
    const bytes = await unpacked(packed, (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase(), limits.unpackedBytes);
    if (bytes !== packed) {
      take(bytes.length);
    }
    return { bytes, release: () => budget.give(taken) };
  } catch (error) {
    budget.give(taken);
    throw error;
  }
}

async function unpacked(packed: Uint8Array, encoding: string, maxBytes: number): Promise<Uint8Array> {
  if (encoding === 'identity' || encoding === '') {
    return packed;
  }
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new BodyError(415, `unsupported content encoding ${JSON.stringify(encoding.slice(0, 40))}, supported: gzip, deflate`);
  }
  try {
    return await unpackers[encoding](packed, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new BodyError(413, `the body is larger than ${maxBytes} bytes when unpacked`);
    }
    throw new BodyError(400, `the body is not valid ${encoding}: ${(error as Error).message}`);
  }
}

async function collect(request: IncomingMessage, maxBytes: number, take: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size > maxBytes) {
        throw new BodyError(413, `the body is larger than ${maxBytes} bytes`);
      }
      take((chunk as Buffer).length);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw error instanceof BodyError ? error : new BodyError(400, 'the body ended early');
  }
  return Buffer.concat(chunks);
}
