/** Files of a folder over HTTP: streamed, revalidated by modification time, never from outside the folder. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { HttpError } from './responses';
import { decodeSegment, type Exchange } from './routing';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** @throws HttpError 404 when the folder holds no such file */
export async function sendFile(exchange: Exchange, folder: string, rest = exchange.rest): Promise<void> {
  const { request, response } = exchange;
  const file = path.resolve(folder, decodeSegment(rest));
  if (!file.startsWith(path.resolve(folder) + path.sep)) {
    throw new HttpError(404, `Not found: ${rest}`);
  }
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile()) {
    throw new HttpError(404, `Not found: ${rest}`);
  }
  // HTTP dates count in seconds, file systems in nanoseconds: compare what a client can send back.
  const lastModified = stats.mtime.toUTCString();
  const headers = {
    'Content-Type': CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream',
    'Cache-Control': 'no-cache',
    'Last-Modified': lastModified,
    'X-Content-Type-Options': 'nosniff',
  };
  if (request.headers['if-modified-since'] === lastModified) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Length': stats.size });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  pipeline(createReadStream(file), response, (error) => error && response.destroy());
}
