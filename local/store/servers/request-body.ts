/** Reads a request's body within limits, decompressed. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

/** The body is refused; `status` is the HTTP status that says so. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Limits of one request, as received and after decompression: a small body must not unpack into all of the memory. */
export const MAX_BODY_BYTES = 32 << 20;
export const MAX_UNPACKED_BYTES = 64 << 20;

const unpackers = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;

/** @throws BodyError 413 when it is too large, 415 for an unknown encoding, 400 when it does not unpack or the sender hangs up */
export async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const packed = await collect(request);
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') {
    return packed;
  }
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new BodyError(415, `unsupported content encoding ${JSON.stringify(encoding.slice(0, 40))}, supported: gzip, deflate`);
  }
  try {
    return await unpackers[encoding](packed, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new BodyError(413, `the body is larger than ${MAX_UNPACKED_BYTES} bytes when unpacked`);
    }
    throw new BodyError(400, `the body is not valid ${encoding}: ${(error as Error).message}`);
  }
}

async function collect(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size > MAX_BODY_BYTES) {
        throw new BodyError(413, `the body is larger than ${MAX_BODY_BYTES} bytes`);
      }
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw error instanceof BodyError ? error : new BodyError(400, 'the body ended early');
  }
  return Buffer.concat(chunks);
}
