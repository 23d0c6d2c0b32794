import { type ClientHttp2Session, connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import type { IngestOutcome, IngestRequest } from '../engine/messages';
import { otlpGrpcServer } from './otlp-grpc';
import { type IngestTarget, otlpHttpServer } from './otlp-http';
import { DEFAULT_RECEIVE_LIMITS, ReceiveBudget } from './receive-budget';

const LIMITS = { ...DEFAULT_RECEIVE_LIMITS, bodyBytes: 3000, unpackedBytes: 6000, waitingBytes: 10_000 };

/** An engine that answers when it is told to. */
class SlowEngine implements IngestTarget {
  /** What it answers without waiting. */
  atOnce: IngestOutcome | undefined;
  readonly waiting: Array<{ request: IngestRequest; resolve: (outcome: IngestOutcome) => void }> = [];
  ingest(request: IngestRequest): Promise<IngestOutcome> {
    return this.atOnce ? Promise.resolve(this.atOnce) : new Promise((resolve) => this.waiting.push({ request, resolve }));
  }
  async answerAll(outcome: IngestOutcome, count: number): Promise<void> {
    while (this.waiting.length < count) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    this.waiting.splice(0).forEach(({ resolve }) => resolve(outcome));
  }
}

const ACCEPTED: IngestOutcome = { kind: 'accepted', rejectedSpans: 0, reason: undefined };

describe('the OTLP servers in front of a slow engine', () => {
  let engine: SlowEngine;
  let url: string;
  let grpcPort: number;
  let close: () => Promise<void>;

  beforeEach(async () => {
    engine = new SlowEngine();
    const budget = new ReceiveBudget(LIMITS.waitingBytes);
    const http = otlpHttpServer(engine, LIMITS, budget);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1/traces`;
    const grpc = otlpGrpcServer(engine, LIMITS, budget);
    await new Promise<void>((resolve) => grpc.server.listen(0, '127.0.0.1', resolve));
    grpcPort = (grpc.server.address() as AddressInfo).port;
    close = async () => {
      grpc.destroy();
      await grpc.drain();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    };
  });

  afterEach(() => close());

  const post = (body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { method: 'POST', body: body as BodyInit, headers: { 'content-type': 'application/x-protobuf', ...headers } });

  function exportOverGrpc(request: Uint8Array): Promise<ServiceError | undefined> {
    const client = new Client(`127.0.0.1:${grpcPort}`, credentials.createInsecure());
    const pass = (bytes: Buffer): Buffer => bytes;
    return new Promise((resolve) => {
      client.makeUnaryRequest('/opentelemetry.proto.collector.trace.v1.TraceService/Export', pass, pass, Buffer.from(request), (error) => {
        client.close();
        resolve(error ?? undefined);
      });
    });
  }

  test('refuse what would not fit with a time to come back, over both protocols, and go on afterwards', async () => {
    const waiting = Array.from({ length: 4 }, () => post(new Uint8Array(2400)));
    while (engine.waiting.length < 4) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const refused = await post(new Uint8Array(2400));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    const error = await exportOverGrpc(new Uint8Array(2400));
    expect(error?.code).toBe(8);
    expect(error?.metadata.get('grpc-status-details-bin')[0].toString()).toContain('google.rpc.RetryInfo');
    expect(engine.waiting).toHaveLength(4);

    await engine.answerAll(ACCEPTED, 4);
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const later = post(new Uint8Array(2400));
    await engine.answerAll(ACCEPTED, 1);
    expect((await later).status).toBe(200);
  });

  test('refuse what is too large, as received and unpacked, before the engine sees it', async () => {
    expect((await post(new Uint8Array(3001))).status).toBe(413);
    expect((await post(gzipSync(new Uint8Array(100_000)), { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await post(new Uint8Array([1, 2, 3]), { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post(new Uint8Array(3), { 'content-encoding': 'br' })).status).toBe(415);
    expect((await post(new Uint8Array(3), { 'content-type': 'constructor' })).status).toBe(415);
    expect((await exportOverGrpc(new Uint8Array(3001)))?.code).toBe(8);
    expect(engine.waiting).toHaveLength(0);
  });

  /** A call by hand: what the library of a client never sends. @returns its status, the HTTP status where it has none */
  function call(session: ClientHttp2Session, headers: Record<string, string>, ...body: readonly Uint8Array[]): Promise<string> {
    const stream = session.request({ ':method': 'POST', ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'content-type': 'application/grpc', te: 'trailers', ...headers });
    return new Promise((resolve, reject) => {
      stream.once('error', reject);
      stream.once('response', (answer) => (answer['grpc-status'] || answer[':status'] !== 200 ? resolve(String(answer['grpc-status'] ?? answer[':status'])) : undefined));
      stream.once('trailers', (trailers) => resolve(String(trailers['grpc-status'])));
      stream.resume();
      stream.end(Buffer.concat(body));
    });
  }

  const prefixOf = (length: number, packed = 0): Uint8Array => Uint8Array.of(packed, 0, 0, length >> 8, length & 255);

  test('take a packed message over gRPC, and name what is wrong with a call', async () => {
    const session = connect(`http://127.0.0.1:${grpcPort}`);
    const packed = gzipSync(new Uint8Array(5000));
    const accepted = call(session, { 'grpc-encoding': 'gzip' }, prefixOf(packed.length, 1), packed);
    await engine.answerAll(ACCEPTED, 1);
    expect(await accepted).toBe('0');
    expect(await call(session, {}, prefixOf(9), new Uint8Array(8))).toBe('3');
    expect(await call(session, {}, prefixOf(9), new Uint8Array(10))).toBe('3');
    expect(await call(session, {}, new Uint8Array(3))).toBe('3');
    expect(await call(session, { 'grpc-encoding': 'gzip' }, prefixOf(3, 1), new Uint8Array(3))).toBe('3');
    expect(await call(session, { 'grpc-encoding': 'snappy' }, prefixOf(3, 1), new Uint8Array(3))).toBe('12');
    expect(await call(session, { ':path': '/other' }, prefixOf(0))).toBe('12');
    expect(await call(session, { 'content-type': 'text/plain' }, prefixOf(0))).toBe('415');
    session.destroy();
  });

  test('count messages that are not finished yet', async () => {
    const session = connect(`http://127.0.0.1:${grpcPort}`);
    for (let i = 0; i < 4; i++) {
      const stream = session.request({ ':method': 'POST', ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'content-type': 'application/grpc' });
      stream.write(Buffer.concat([prefixOf(2450), new Uint8Array(2400)]));
    }
    engine.atOnce = ACCEPTED;
    const codeOnceDifferent = async (from: number | undefined): Promise<number | undefined> => {
      let error = await exportOverGrpc(new Uint8Array(2400));
      while (error?.code === from) {
        error = await exportOverGrpc(new Uint8Array(2400));
      }
      return error?.code;
    };
    expect(await codeOnceDifferent(undefined)).toBe(8);
    session.destroy();
    expect(await codeOnceDifferent(8)).toBeUndefined();
  });

  test.each<[IngestOutcome, number, number | undefined]>([
    [ACCEPTED, 200, undefined],
    [{ kind: 'malformed', message: 'bad' }, 400, 3],
    [{ kind: 'overloaded', message: 'later', retryAfterMs: 1500 }, 429, 8],
    [{ kind: 'no-tenant', message: 'no org id' }, 503, 14],
    [{ kind: 'failed', message: 'disk' }, 503, 14],
  ])('say how it ended: %p', async (outcome, httpStatus, grpcCode) => {
    const http = post(new Uint8Array(10));
    await engine.answerAll(outcome, 1);
    expect((await http).status).toBe(httpStatus);
    const grpc = exportOverGrpc(new Uint8Array(10));
    await engine.answerAll(outcome, 1);
    expect((await grpc)?.code).toBe(grpcCode);
  });
});
