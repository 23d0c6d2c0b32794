import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error';

const MAX_BODY_BYTES = 64 * 1024;

/** The bytes of a request's body. Throws a 413 HttpError above MAX_BODY_BYTES. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let receivedBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    receivedBytes += chunk.length;
    if (receivedBytes > MAX_BODY_BYTES) {
      throw new HttpError(413, 'BodyTooLarge', `a body may have ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads bytes as a JSON object; nothing is an empty object. Throws a 400 HttpError for anything else. */
export function parseJsonObject(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) {
    return {};
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new HttpError(400, 'InvalidBody', 'the body is not JSON'); // the parser's message would quote the body
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HttpError(400, 'InvalidBody', 'the body is not a JSON object');
  }
  return value as Record<string, unknown>;
}
