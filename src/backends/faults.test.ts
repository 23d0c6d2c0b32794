import { startJaegerV2, startJaegerV3, startZipkin } from '../../testing/fake-trace-apis';
import { FAULTS, startFaultyProxy, type FaultyProxy } from '../../testing/faulty-proxy';
import { fetchTransport } from '../../testing/fetch-transport';
import { startServer, type TestServer } from '../../testing/http-server';
import { decodeOtlpProtobuf, encodeOtlpProtobuf } from '../formats';
import { messageOf, randomSpans } from '../formats/testing/random-spans';
import { BackendError } from './http/http-client';
import type { Backend, BackendKind, MetricsQuery, TimeRangeMs, TraceQuery } from './backend';
import type { RequestPolicy } from './http/request';
import { openBackend } from './open-backend';

jest.setTimeout(60_000);

const POLICY: RequestPolicy = { timeoutMs: 20_000, maxRetries: 2, retryWithinMs: 10_000, backoffMs: 1, random: () => 0 };
/** What never ends is waited for this long only. */
const IMPATIENT: RequestPolicy = { ...POLICY, timeoutMs: 60 };
const set = decodeOtlpProtobuf(messageOf(randomSpans(7, 30, { sane: true })));
const range: TimeRangeMs = { fromMs: 1_795_334_000_000, toMs: 1_795_335_000_000 };
const query: TraceQuery = { filter: {}, range, limit: 100 };

const METRICS: MetricsQuery = { filter: { service: set.columns.services[0] }, range, stepMs: 60_000, figure: { kind: 'rate' }, by: 'operation' };

const CALLS: Readonly<Record<string, (backend: Backend) => Promise<unknown>>> = {
  search: (backend) => backend.search(query),
  sample: (backend) => backend.sample(query),
  trace: (backend) => backend.trace(set.traceId(0)),
  tags: (backend) => backend.tags(range),
  tagValues: (backend) => backend.tagValues({ tag: { scope: 'resource', key: 'service.name' }, range }),
  probe: (backend) => backend.probe(),
  capabilities: (backend) => backend.capabilities(),
  dependencies: async (backend) => backend.dependencies?.(range),
  metrics: async (backend) => backend.metrics?.(METRICS),
};
/** Calls that only some backends have. */
const OWN_CALLS: Readonly<Record<BackendKind, readonly string[]>> = { tempo: ['metrics'], jaeger: ['dependencies', 'metrics'], zipkin: ['dependencies'] };
/** Answered by another request, or rightly read all the same. */
const HARMLESS = ['none', 'wrongType'];
const RETRIED = ['429', '503', 'cut', 'refused'];

/** How many different requests a call may make before it fails; each may be tried again where the fault passes. */
function requestsOf(kind: BackendKind, call: string, fault: string): number {
  if (['html', 'truncated'].includes(fault) && kind !== 'zipkin') {
    return 4; // Jaeger is asked for its version first: with a page instead of v3's services it is a v2.
  }
  return kind === 'tempo' && call === 'sample' ? 2 : 1; // A sample goes on without the count of the window's spans.
}

/** Tempo's paths with answers of the right shape; what they hold is of no importance here. */
const startTempo = (): Promise<TestServer> =>
  startServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/api/v2/traces/')) {
      response.writeHead(200, { 'content-type': 'application/protobuf' }).end(encodeOtlpProtobuf(set, [0]));
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"traces":[],"scopes":[],"tagValues":[],"series":[]}');
    }
  });

const SERVERS: ReadonlyArray<[string, BackendKind, () => Promise<TestServer>]> = [
  ['Tempo', 'tempo', startTempo],
  ['Jaeger v2', 'jaeger', () => startJaegerV2(set)],
  ['Jaeger v3', 'jaeger', () => startJaegerV3(set)],
  ['Zipkin', 'zipkin', () => startZipkin(set)],
];

describe.each(SERVERS)('%s behind a faulty proxy', (_, kind, start) => {
  let server: TestServer;
  let proxy: FaultyProxy;

  beforeAll(async () => {
    server = await start();
    proxy = await startFaultyProxy(server.url);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });

  describe.each(FAULTS)('%s', (fault) => {
    it.each(Object.keys(CALLS).filter((call) => !['dependencies', 'metrics'].includes(call) || OWN_CALLS[kind].includes(call)))('%s', async (call) => {
      const backend = openBackend(kind, fetchTransport(proxy.url), ['slow', 'endless'].includes(fault) ? IMPATIENT : POLICY);
      proxy.fault = fault;
      proxy.requestCount = 0;
      const outcome = await CALLS[call](backend).catch((error: unknown) => error);
      if (HARMLESS.includes(fault)) {
        expect(outcome).not.toBeInstanceOf(Error);
        return;
      }
      expect(outcome).toBeInstanceOf(BackendError);
      expect((outcome as BackendError).message).toContain('/api/');
      const tries = RETRIED.includes(fault) ? POLICY.maxRetries + 1 : 1;
      expect(proxy.requestCount).toBeLessThanOrEqual(tries * requestsOf(kind, call, fault));
    });
  });
});
