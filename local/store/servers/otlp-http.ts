/** OTLP/HTTP: POST /v1/traces in protobuf or JSON, plain or packed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { EngineClient } from '../engine/engine-client';
import type { IngestOutcome } from '../engine/messages';
import { type ExportFailure, failureOf, RpcCode, statusBytes, successBytes, successJson } from './otlp-status';
import { RECEIVE_WITHIN_MS, type ReceiveBudget, type ReceiveLimits } from './receive-budget';
import { BodyError, BodyReader } from './request-body';

const FORMATS: ReadonlyMap<string, 'protobuf' | 'json'> = new Map([['application/x-protobuf', 'protobuf'], ['application/protobuf', 'protobuf'], ['application/json', 'json']]);

/** Longer than exporters keep idle connections: whoever closes first must not be the one about to be written to. */
const KEEP_ALIVE_MS = 120_000;

/** What the servers need of the engine. */
export type IngestTarget = Pick<EngineClient, 'ingest'>;

/** A server that does not listen yet. A request beyond `limits` is answered with 413, one beyond `budget` with 429. */
export function otlpHttpServer(engine: IngestTarget, limits: ReceiveLimits, budget: ReceiveBudget): Server {
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: RECEIVE_WITHIN_MS }, (request, response) => {
    receive(engine, limits, budget, request, response).catch((error: Error) => {
      response.statusCode = 500;
      response.end(error.message);
    });
  });
}

async function receive(engine: IngestTarget, limits: ReceiveLimits, budget: ReceiveBudget, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?')[0];
  if (path !== '/v1/traces') {
    return text(response, 404, '404 page not found');
  }
  if (request.method !== 'POST') {
    return text(response, 405, '405 method not allowed, supported: [POST]');
  }
  const format = FORMATS.get((request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase());
  if (!format) {
    return text(response, 415, '415 unsupported media type, supported: [application/json, application/x-protobuf]');
  }
  const reader = new BodyReader(limits, budget);
  let outcome: IngestOutcome;
  try {
    const body = await reader.unpack(await reader.receive(request), request.headers['content-encoding']);
    outcome = await engine.ingest({ format, body, orgId: header(request, 'x-scope-orgid') });
  } catch (error) {
    if (error instanceof BodyError) {
      const code = error.status === 429 ? RpcCode.resourceExhausted : RpcCode.invalidArgument;
      return fail(response, format, { httpStatus: error.status, code, message: error.message, retryAfterMs: error.retryAfterMs });
    }
    throw error;
  } finally {
    reader.release();
  }
  const failure = failureOf(outcome);
  if (failure) {
    return fail(response, format, failure);
  }
  if (outcome.kind === 'accepted') {
    const answer = format === 'json' ? successJson(outcome.rejectedSpans, outcome.reason) : successBytes(outcome.rejectedSpans, outcome.reason);
    send(response, 200, format, answer);
  }
}

function fail(response: ServerResponse, format: 'protobuf' | 'json', failure: ExportFailure): void {
  if (failure.retryAfterMs !== undefined) {
    response.setHeader('retry-after', Math.ceil(failure.retryAfterMs / 1000));
  }
  if (!response.req.complete) {
    response.setHeader('connection', 'close'); // The rest of a refused body is not read.
  }
  send(response, failure.httpStatus, format, format === 'json' ? JSON.stringify({ code: failure.code, message: failure.message }) : statusBytes(failure));
}

function send(response: ServerResponse, status: number, format: 'protobuf' | 'json', body: Uint8Array | string): void {
  response.writeHead(status, { 'content-type': format === 'json' ? 'application/json' : 'application/x-protobuf' });
  response.end(body);
}

function text(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(`${message}\n`);
}

export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
