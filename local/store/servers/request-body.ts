/** Reads the body of one request within limits, and unpacks it. */
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

const UNPACKERS: ReadonlyMap<string, typeof createGunzip> = new Map([['gzip', createGunzip], ['deflate', createInflate]]);
const UNPACKED_CHUNK_BYTES = 64 << 10;

/** What it reads counts in the budget, piece by piece, until it is released: nothing piles up before anybody looks. */
export class BodyReader {
  private readonly limits: ReceiveLimits;
  private readonly budget: ReceiveBudget;
  private takenBytes = 0;

  constructor(limits: ReceiveLimits, budget: ReceiveBudget) {
    this.limits = limits;
    this.budget = budget;
  }

  /**
   * All that a client sends. A body that is refused is left unread.
   * @param framingBytes that may come on top of the largest body
   * @throws BodyError 413 when it is too large, 429 when there is no room for it now, 400 when the sender hangs up
   */
  async receive(source: Readable, framingBytes = 0): Promise<Buffer> {
    try {
      return await this.collect(source, this.limits.bodyBytes + framingBytes, `the body is larger than ${this.limits.bodyBytes} bytes`);
    } catch (error) {
      throw error instanceof BodyError ? error : new BodyError(400, 'the body ended early');
    }
  }

  /**
   * @param contentEncoding as its header names it
   * @throws BodyError 415 for an unknown encoding, 413 when it is too large, 429 when there is no room for it now, 400 when it does not unpack
   */
  async unpack(packed: Uint8Array, contentEncoding = ''): Promise<Uint8Array> {
    const encoding = contentEncoding.trim().toLowerCase();
    if (encoding === 'identity' || encoding === '') {
      return packed;
    }
    const unpacker = UNPACKERS.get(encoding);
    if (!unpacker) {
      throw new BodyError(415, `unsupported content encoding ${JSON.stringify(encoding.slice(0, 40))}, supported: gzip, deflate`);
    }
    const stream = unpacker({ chunkSize: UNPACKED_CHUNK_BYTES });
    stream.end(packed);
    try {
      return await this.collect(stream, this.limits.unpackedBytes, `the body is larger than ${this.limits.unpackedBytes} bytes when unpacked`);
    } catch (error) {
      throw error instanceof BodyError ? error : new BodyError(400, `the body is not valid ${encoding}: ${(error as Error).message}`);
    } finally {
      stream.destroy();
    }
  }

  /** To be called when the request has been answered. */
  release(): void {
    this.budget.give(this.takenBytes);
    this.takenBytes = 0;
  }

  private async collect(source: Readable, maxBytes: number, tooLarge: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new BodyError(413, tooLarge);
      }
      if (!this.budget.take(chunk.length)) {
        throw new BodyError(429, NO_ROOM, RETRY_AFTER_MS);
      }
      this.takenBytes += chunk.length;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}
