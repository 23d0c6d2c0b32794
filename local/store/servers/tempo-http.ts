/** Tempo's query API over HTTP: a thin front, the engine's thread makes the answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { EngineClient } from '../engine/engine-client';
import { EventLoopStall, stallSample } from '../event-loop-stall';
import { header } from './otlp-http';

/** Smaller answers are not worth packing. */
const GZIP_FROM_BYTES = 1400;
const pack = promisify(gzip);

/** Long queries are sent in the URL: Node's default of 16 kB would refuse what Tempo takes. */
const MAX_HEADER_BYTES = 1 << 20;

/** What answers; the signal says that nobody waits any longer. */
export type QueryTarget = Pick<EngineClient, 'api'>;

/** A server that does not listen yet. A client that goes away cancels its query. */
export function tempoHttpServer(engine: QueryTarget): Server {
  const stall = new EventLoopStall();
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    answer(engine, stall, request, response).catch((error: Error) => {
      response.statusCode = 500;
      response.end(error.message.split('\n')[0]);
    });
  });
  return server.on('close', () => stall.stop());
}

async function answer(engine: QueryTarget, stall: EventLoopStall, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const gone = new AbortController();
  response.once('close', () => response.writableFinished || gone.abort());
  const { status, contentType, body: ofEngine, location } = await engine.api({
    method: request.method ?? 'GET',
    path,
    query: mark < 0 ? '' : url.slice(mark + 1),
    accept: header(request, 'accept') ?? '',
    orgId: header(request, 'x-scope-orgid'),
  }, gone.signal);
  // The engine's part ends with its own stall.
  const body = path === '/metrics' && status === 200 ? Buffer.concat([bytesOf(ofEngine), bytesOf(stallSample('server', stall))]) : ofEngine;
  const headers: Record<string, string> = { vary: 'Accept-Encoding' };
  if (location) {
    headers.location = location;
  }
  if (contentType) {
    headers['content-type'] = contentType;
  }
  if (body.length >= GZIP_FROM_BYTES && /\bgzip\b/.test(header(request, 'accept-encoding') ?? '')) {
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip' });
    response.end(await pack(body, { level: 1 }));
  } else {
    response.writeHead(status, headers);
    response.end(body);
  }
}

function bytesOf(body: Uint8Array | string): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body;
}
