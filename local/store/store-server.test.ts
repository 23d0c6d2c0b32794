import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client, credentials } from '@grpc/grpc-js';
import { protobufOfJson } from './ingest/otlp-json';
import { startStore, type StoreServer } from './store-server';
import { otlpRequest, spanIdOf, traceIdOf } from './testing/otlp-samples';

jest.setTimeout(60_000);

describe('the embedded store', () => {
  let directory: string;
  let store: StoreServer;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
    store = await start();
  });

  afterAll(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  function start(): Promise<StoreServer> {
    return startStore({ host: '127.0.0.1', tempoPort: 0, otlpHttpPort: 0, otlpGrpcPorts: [0, 0], dataDirectory: directory });
  }

  function post(body: string | Uint8Array, headers: Record<string, string>): Promise<Response> {
    return fetch(`http://127.0.0.1:${store.otlpHttpPort}/v1/traces`, { method: 'POST', body: body as BodyInit, headers });
  }

  function ask(pathAndQuery: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`http://127.0.0.1:${store.tempoPort}${pathAndQuery}`, { headers });
  }

  async function searchUntilFound(query: string): Promise<{ traces: Array<Record<string, unknown>> }> {
    for (;;) {
      const answer = (await (await ask(`/api/search?q=${encodeURIComponent(query)}`)).json()) as { traces: Array<Record<string, unknown>> };
      if (answer.traces.length > 0) {
        return answer;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  function exportOverGrpc(port: number, request: Uint8Array): Promise<Buffer> {
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    const pass = (bytes: Buffer): Buffer => bytes;
    return new Promise((resolve, reject) => {
      client.makeUnaryRequest('/opentelemetry.proto.collector.trace.v1.TraceService/Export', pass, pass, Buffer.from(request), (error, answer) => {
        client.close();
        if (error) {
          reject(error);
        } else {
          resolve(answer ?? Buffer.alloc(0));
        }
      });
    });
  }

  test.each(['/api/traces/%ff', '/api/search/tag/%ff/values', '/api/v2/search/tag/%zz/values'])('a path that cannot be decoded is the caller\'s mistake: %s', async (tried) => {
    const answer = await ask(tried);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/not UTF-8/);
  });

  test.each(['/api/search/tag/a%2Fb/values', '/api/v2/search/tag/span.a%2Fb/values', '/api/traces/a%2Fb'])('as in Tempo a coded slash is one: %s', async (tried) => {
    expect((await ask(tried)).status).toBe(404);
  });

  test.each([
    ['start=2&end=1', 400],
    ['start=0&end=0', 404],
    // Unlike elsewhere times of 64 bits are taken.
    ['start=1795334400000000000&end=1795338000000000000', 404],
    ['start=99999999999999999999', 400],
    ['blockStart=x', 400],
    ['blockStart=00000000-0000-0000-0000-000000000000&blockEnd=ffffffffffffffffffffffffffffffff', 404],
    ['mode=ingesters&blockEnd=x&start=x', 404],
    ['mode=x', 400],
  ])('a trace that is not there, with %s: %i', async (parameters, status) => {
    expect((await ask(`/api/traces/1?${parameters}`)).status).toBe(status);
  });

  test.each([
    ['limit=0', 200],
    ['limit=-1', 200],
    ['limit=x', 200],
    ['start=1795420800&end=1795420800', 200],
    ['start=1795420900&end=1795420800', 400],
    ['start=1795420900', 400],
    ['end=1795420900', 400],
    ['start=0&end=1795420900', 400],
    ['start=0&end=1000', 200],
    ['start=x&end=1', 400],
  ])('a request for tags with %s: %i', async (parameters, status) => {
    for (const tried of ['/api/search/tags', '/api/v2/search/tags', '/api/search/tag/name/values', '/api/v2/search/tag/name/values']) {
      expect((await ask(`${tried}?${parameters}`)).status).toBe(status);
    }
  });

  test('the method makes no difference, but to what says what is running', async () => {
    const statusOf = async (method: string, tried: string): Promise<number> => (await fetch(`http://127.0.0.1:${store.tempoPort}${tried}`, { method })).status;
    expect(await statusOf('POST', '/api/search?q=%7B%7D')).toBe(200);
    expect(await statusOf('POST', '/api/search?q=%7B')).toBe(400);
    expect(await statusOf('POST', '/api/status/buildinfo')).toBe(405);
  });

  test('answers as a Tempo that is ready', async () => {
    expect(await (await ask('/ready')).text()).toBe('ready\n');
    expect(await (await ask('/api/echo')).text()).toBe('echo');
    expect(await (await ask('/api/status/buildinfo')).json()).toMatchObject({ version: '2.7.1' });
    expect(await (await ask('/metrics')).text()).toContain('veza_store_spans_received_total');
  });

  test('OTLP/HTTP in JSON, packed: the trace is there at once, search finds it', async () => {
    const request = otlpRequest('shop', [
      { traceId: traceIdOf(1), spanId: spanIdOf(1), name: 'checkout', attributes: { 'cart.items': 3 } },
      { traceId: traceIdOf(1), spanId: spanIdOf(2), parentSpanId: spanIdOf(1), name: 'pay', startMs: 2, durationMs: 5, error: true },
    ]);
    const answer = await post(gzipSync(JSON.stringify(request)), { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    expect([answer.status, await answer.json()]).toEqual([200, { partialSuccess: {} }]);

    const trace = (await (await ask(`/api/v2/traces/${traceIdOf(1)}`)).json()) as { trace: { resourceSpans: Array<{ scopeSpans: Array<{ spans: unknown[] }> }> } };
    expect(trace.trace.resourceSpans[0].scopeSpans[0].spans).toHaveLength(2);

    const found = await searchUntilFound('{ name = "checkout" } >> { status = error } | select(nestedSetParent, resource.service.name)');
    expect(found.traces[0]).toMatchObject({
      rootServiceName: 'shop',
      rootTraceName: 'checkout',
      serviceStats: { shop: { spanCount: 2, errorCount: 1 } },
      spanSets: [{ matched: 1, spans: [{ spanID: spanIdOf(2), attributes: expect.arrayContaining([{ key: 'nestedSetParent', value: { intValue: '1' } }]) }] }],
    });
  });

  test('protobuf over HTTP and over gRPC on every port', async () => {
    const requests = [3, 4, 5].map((n) => protobufOfJson(JSON.stringify(otlpRequest('wire', [{ traceId: traceIdOf(n), spanId: spanIdOf(n), name: `wire ${n}` }]))));
    expect((await post(requests[0], { 'content-type': 'application/x-protobuf' })).status).toBe(200);
    expect(await exportOverGrpc(store.otlpGrpcPorts[0], requests[1])).toHaveLength(0);
    expect(await exportOverGrpc(store.otlpGrpcPorts[1], requests[2])).toHaveLength(0);
    for (const n of [3, 4, 5]) {
      const answer = await ask(`/api/traces/${traceIdOf(n)}`, { accept: 'application/protobuf' });
      expect(answer.headers.get('content-type')).toBe('application/protobuf');
      expect(Buffer.from(await answer.arrayBuffer()).includes(`wire ${n}`)).toBe(true);
    }
  });

  test('spans that come later join their trace', async () => {
    const send = (spans: Parameters<typeof otlpRequest>[1]): Promise<Response> => post(JSON.stringify(otlpRequest('late', spans)), { 'content-type': 'application/json' });
    await send([{ traceId: traceIdOf(6), spanId: spanIdOf(62), parentSpanId: spanIdOf(61), name: 'child first' }]);
    await searchUntilFound('{ name = "child first" }');
    await send([{ traceId: traceIdOf(6), spanId: spanIdOf(61), name: 'root second', durationMs: 50 }]);
    const found = await searchUntilFound('{ name = "root second" } > { name = "child first" }');
    expect(found.traces[0]).toMatchObject({ rootTraceName: 'root second', durationMs: 50 });
  });

  test('spans without valid ids are counted and named, the others are kept', async () => {
    const request = otlpRequest('partly', [
      { traceId: traceIdOf(7), spanId: spanIdOf(7), name: 'good' },
      { traceId: '0'.repeat(32), spanId: spanIdOf(8), name: 'no trace' },
    ]);
    const answer = await post(JSON.stringify(request), { 'content-type': 'application/json' });
    expect(await answer.json()).toEqual({ partialSuccess: { rejectedSpans: '1', errorMessage: 'trace ids must be 128 bit, received 128 bits' } });
  });

  test.each([
    ['nonsense', 'application/json', 'hello', 400],
    ['nonsense in protobuf', 'application/x-protobuf', '\u00ff\u00ff\u00ff', 400],
    ['another type', 'text/plain', '{}', 415],
  ])('refuses %s', async (_, contentType, body, status) => {
    expect((await post(body, { 'content-type': contentType })).status).toBe(status);
  });

  test('refuses a small body that unpacks into a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(80 << 20));
    expect((await post(bomb, { 'content-type': 'application/json', 'content-encoding': 'gzip' })).status).toBe(413);
  });

  test('a port in use is named with its option, and the data directory is free again', async () => {
    const other = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
    const taken = { host: '127.0.0.1', tempoPort: 0, otlpHttpPort: store.otlpHttpPort, otlpGrpcPorts: [], dataDirectory: other };
    await expect(startStore(taken)).rejects.toThrow(/Port \d+ on 127.0.0.1 is in use: .*--otlp-http-port/);
    await (await startStore({ ...taken, otlpHttpPort: 0 })).close();
    await rm(other, { recursive: true });
  });

  test('everything is there after a restart', async () => {
    await store.close();
    store = await start();
    const found = await searchUntilFound('{ name = "checkout" }');
    expect(found.traces[0]).toMatchObject({ traceID: traceIdOf(1) });
  });
});
