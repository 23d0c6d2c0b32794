import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStore, type StoreServer } from '../../local/store/store-server';
import { CORPUS_START_MS, corpusRequests, corpusSet } from '../../testing/corpus';
import { startJaegerV2, startJaegerV3, startZipkin } from '../../testing/fake-trace-apis';
import { fetchTransport } from '../../testing/fetch-transport';
import { hasShared } from '../../testing/golden';
import type { TestServer } from '../../testing/http-server';
import { serviceGraph, type ServiceGraph } from '../analysis/service-graph';
import type { Backend, BackendKind, TimeRangeMs } from './backend';
import { openBackend } from './open-backend';
import { serviceMapOf } from './service-map';

jest.setTimeout(60_000);

const TRACES = 120;
const range: TimeRangeMs = { fromMs: CORPUS_START_MS - 60_000, toMs: CORPUS_START_MS + 3 * 3_600_000 };

/** What a map shows, without what a format cannot carry: Zipkin knows lower case only. */
const outline = ({ nodes, edges }: ServiceGraph) => ({
  nodes: nodes.map(({ id, calls }) => `${id.toLowerCase()} ${calls.count} calls ${calls.errorCount} errors`).sort(),
  edges: edges.map(({ id, calls, provenance }) => `${id.toLowerCase()} ${provenance} ${calls.count} calls ${calls.errorCount} errors`).sort(),
});

const isNoMessage = (edge: string) => !edge.includes('/messaging');
const isNoTopic = (node: string) => !node.startsWith('messaging:');

(hasShared ? describe : describe.skip)('the same traces in every backend', () => {
  const set = hasShared ? corpusSet(TRACES) : undefined;
  const servers: TestServer[] = [];
  let store: StoreServer | undefined;
  let directory: string | undefined;

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
    await store?.close();
    await (directory && rm(directory, { recursive: true }));
  });

  async function backendOf(kind: BackendKind, start: () => Promise<TestServer>): Promise<Backend> {
    const server = await start();
    servers.push(server);
    return openBackend(kind, fetchTransport(server.url));
  }

  const mapOf = async (backend: Backend) => outline((await serviceMapOf(backend, { filter: {}, range, limit: 1000 })).graph);
  const wanted = () => outline(serviceGraph(set!));

  it.each([
    ['Jaeger v2', 'jaeger' as const, startJaegerV2],
    ['Jaeger v3', 'jaeger' as const, startJaegerV3],
  ])('give the same map through %s, edge for edge', async (_, kind, start) => {
    expect(await mapOf(await backendOf(kind, () => start(set!)))).toEqual(wanted());
  });

  it('give the same map through Zipkin, but for messages: its spans have no links', async () => {
    const { nodes, edges } = await mapOf(await backendOf('zipkin', () => startZipkin(set!)));
    expect(edges.filter(isNoMessage)).toEqual(wanted().edges.filter(isNoMessage));
    expect(nodes.filter(isNoTopic)).toEqual(wanted().nodes.filter(isNoTopic));
  });

  it('give the same map through the embedded store, as Tempo', async () => {
    directory = await mkdtemp(join(tmpdir(), 'veza-map-'));
    store = await startStore({ host: '127.0.0.1', tempoPort: 0, otlpHttpPort: 0, otlpGrpcPorts: [0], dataDirectory: directory });
    for (const body of corpusRequests(TRACES)) {
      await fetch(`http://127.0.0.1:${store.otlpHttpPort}/v1/traces`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    }
    const backend = openBackend('tempo', fetchTransport(`http://127.0.0.1:${store.tempoPort}`));
    for (let found = 0; found < set!.traceCount; ) {
      found = (await backend.search({ filter: {}, range, limit: 1000 })).traces.length;
    }
    expect(await mapOf(backend)).toEqual(wanted());
  });
});
