import type { IncomingMessage } from 'node:http';
import { HttpError } from './responses';

const MAX_BODY_BYTES = 1 << 20;

/** @throws HttpError 413 beyond 1 MiB, 400 when the body is not a JSON object */
export async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new HttpError(413, `The request body is larger than ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new HttpError(400, `bad request data: ${String(error)}`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HttpError(400, 'bad request data: expected a JSON object');
  }
  return body as Record<string, unknown>;
}
