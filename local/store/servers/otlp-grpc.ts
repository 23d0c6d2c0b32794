/**
 * OTLP/gRPC: the unary call TraceService/Export over Node's HTTP/2. A gRPC library shows a message only when all of it is in memory, so
 * many unfinished ones could take any amount; here what arrives is counted piece by piece, as over HTTP.
 * Source: gRPC over HTTP2 (grpc/doc/PROTOCOL-HTTP2.md).
 */
import { constants, createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { IngestTarget } from './otlp-http';
import { type ExportFailure, failureOf, RpcCode, statusBytes, successBytes } from './otlp-status';
import { RECEIVE_WITHIN_MS, type ReceiveBudget, type ReceiveLimits } from './receive-budget';
import { BodyError, BodyReader } from './request-body';

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
/** In front of a message: whether it is packed (one byte), and its length (four). */
const PREFIX_BYTES = 5;
/** Calls at once over one connection; clients keep further ones back. */
const MAX_STREAMS = 128;
const HEADERS = { ':status': 200, 'content-type': 'application/grpc', 'grpc-accept-encoding': 'identity,gzip,deflate' } as const;

type Failure = Pick<ExportFailure, 'code' | 'message' | 'retryAfterMs'>;

/** The call cannot be read. */
class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export interface GrpcServer {
  /** Does not listen yet. */
  readonly server: Http2Server;
  /** Takes no new calls; resolves when those that are running have been answered. */
  drain(): Promise<void>;
  /** Cuts what is left. */
  destroy(): void;
}

/** A request beyond `limits` or `budget` is refused with RESOURCE_EXHAUSTED. */
export function otlpGrpcServer(engine: IngestTarget, limits: ReceiveLimits, budget: ReceiveBudget): GrpcServer {
  const server = createServer({ settings: { maxConcurrentStreams: MAX_STREAMS } });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined); // A client that goes away; nobody is left to tell.
    const tooLate = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), RECEIVE_WITHIN_MS).unref();
    answer(engine, new BodyReader(limits, budget), stream, headers)
      .catch((error: Error) => fail(stream, { code: RpcCode.internal, message: error.message }))
      .finally(() => clearTimeout(tooLate));
  });
  return {
    server,
    drain: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sessions.forEach((session) => session.close());
      }),
    destroy: () => sessions.forEach((session) => session.destroy()),
  };
}

async function answer(engine: IngestTarget, reader: BodyReader, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
  if (!/^application\/grpc($|[+;])/.test(headers['content-type'] ?? '')) {
    stream.respond({ ':status': 415 }, { endStream: true });
    return stopReading(stream);
  }
  if (headers[':path'] !== EXPORT || headers[':method'] !== 'POST') {
    return fail(stream, { code: RpcCode.unimplemented, message: `unknown method ${headers[':path'] ?? ''}` });
  }
  try {
    const body = await messageOf(reader, await reader.receive(stream, PREFIX_BYTES), textOf(headers['grpc-encoding']));
    const outcome = await engine.ingest({ format: 'protobuf', body, orgId: textOf(headers['x-scope-orgid']) });
    const failure = failureOf(outcome);
    if (failure) {
      fail(stream, failure);
    } else if (outcome.kind === 'accepted') {
      succeed(stream, successBytes(outcome.rejectedSpans, outcome.reason));
    }
  } catch (error) {
    if (error instanceof BodyError) {
      const code = error.status === 415 ? RpcCode.unimplemented : error.status === 400 ? RpcCode.invalidArgument : RpcCode.resourceExhausted;
      return fail(stream, { code, message: error.message, retryAfterMs: error.retryAfterMs });
    }
    if (error instanceof CallError) {
      return fail(stream, error);
    }
    throw error;
  } finally {
    reader.release();
  }
}

/** The one message of a call. */
async function messageOf(reader: BodyReader, received: Buffer, encoding: string | undefined): Promise<Uint8Array> {
  const length = received.length < PREFIX_BYTES ? undefined : received.readUInt32BE(1);
  if (length !== received.length - PREFIX_BYTES) {
    throw new CallError(RpcCode.invalidArgument, `expected one message, received ${received.length} bytes in which it would have ${length ?? 'no'} bytes`);
  }
  const message = received.subarray(PREFIX_BYTES);
  return received[0] === 0 ? message : reader.unpack(message, encoding);
}

function succeed(stream: ServerHttp2Stream, message: Uint8Array): void {
  if (stream.destroyed) {
    return;
  }
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  stream.respond(HEADERS, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(RpcCode.ok) }));
  stream.end(Buffer.concat([prefix, message]));
}

function fail(stream: ServerHttp2Stream, failure: Failure): void {
  if (stream.destroyed || stream.headersSent) {
    return;
  }
  const details = Buffer.from(statusBytes(failure)).toString('base64');
  stream.respond({ ...HEADERS, 'grpc-status': String(failure.code), 'grpc-message': percentEncoded(failure.message), 'grpc-status-details-bin': details }, { endStream: true });
  stopReading(stream);
}

/** The rest of a refused message is not read. */
function stopReading(stream: ServerHttp2Stream): void {
  if (!stream.readableEnded) {
    stream.close(constants.NGHTTP2_NO_ERROR);
  }
}

/** What is not printable ASCII, and the percent sign, as bytes of UTF-8. */
function percentEncoded(message: string): string {
  return [...Buffer.from(message)].map((byte) => (byte >= 0x20 && byte < 0x7f && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
