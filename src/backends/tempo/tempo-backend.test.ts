import { answerOf, goldenCases, hasShared } from '../../../testing/golden';
import { parseTraceId, type TraceId } from '../../trace';
import type { TraceQuery } from '../backend';
import type { HttpRequest, HttpResponse, HttpTransport } from '../http/http-client';
import type { RequestPolicy } from '../http/request';
import { TempoBackend } from './tempo-backend';

const POLICY: RequestPolicy = { timeoutMs: 100, maxRetries: 1, retryWithinMs: 10_000, backoffMs: 1, random: () => 0 };
const QUERY: TraceQuery = { filter: {}, range: { fromMs: 1_795_334_400_000, toMs: 1_795_338_000_000 }, limit: 500 };
const TRACE_ID = parseTraceId('ab') as TraceId;

const text = (status: number, body: string, mediaType = 'text/plain'): HttpResponse => ({ status, mediaType, body: new TextEncoder().encode(body) });

function backendThat(answer: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>) {
  const requests: HttpRequest[] = [];
  const transport: HttpTransport = async (request) => {
    requests.push(request);
    return answer(request);
  };
  return { backend: new TempoBackend(transport, POLICY), requests };
}

describe('TempoBackend', () => {
  it('asks for whole traces with their structure in one search', async () => {
    const { backend, requests } = backendThat(() => text(200, '{"traces":[],"metrics":{}}', 'application/json'));
    const sample = await backend.sample({ ...QUERY, filter: { operation: 'auth.login' } });

    expect(sample.traces.traceCount).toBe(0);
    const searches = requests.filter(({ path, query }) => path === '/api/search' && query?.spss !== undefined);
    expect(searches).toHaveLength(1);
    expect(searches[0].query).toMatchObject({ start: 1_795_334_400, end: 1_795_338_000, limit: 500, spss: 100 });
    expect(searches[0].query?.q).toMatch(/^\(\{ name = "auth.login" \}\) && \{ \} \| select\(nestedSetParent, nestedSetLeft, nestedSetRight, /);
  });

  it('asks for fewer traces where the structure of all is more than Tempo passes on', async () => {
    const { backend, requests } = backendThat(({ query }) =>
      Number(query?.limit) > 100 ? text(500, 'response larger than the max (22926582 vs 16777216)') : text(200, '{"traces":[],"metrics":{}}', 'application/json')
    );
    const { isLimited } = await backend.sample({ ...QUERY, range: { fromMs: QUERY.range.fromMs, toMs: QUERY.range.fromMs + 1000 } });
    expect(requests.map(({ query }) => query?.limit)).toEqual([500, 125, 31]);
    expect(isLimited).toBe(true);
  });

  it('falls back to the first version of the trace path where the second is unknown', async () => {
    const { backend, requests } = backendThat(({ path }) => (path.startsWith('/api/v2') ? text(404, '404 page not found') : text(404, '')));
    await expect(backend.trace(TRACE_ID)).rejects.toMatchObject({ kind: 'notFound', message: expect.stringContaining(TRACE_ID) });
    expect(requests.map(({ path }) => path)).toEqual([`/api/v2/traces/${TRACE_ID}`, `/api/traces/${TRACE_ID}`]);
  });

  it('reads an empty trace as not found', async () => {
    const { backend } = backendThat(() => text(200, '{"trace":{}}', 'application/json'));
    await expect(backend.trace(TRACE_ID)).rejects.toMatchObject({ kind: 'notFound' });
  });

  it.each([
    ['an error text', text(400, 'invalid TraceQL query: parse error'), 'http', /400: invalid TraceQL query/],
    ['a web page', text(500, '<html><body>Bad</body></html>', 'text/html'), 'http', /web page/],
    ['a web page with success', text(200, '<!doctype html>', 'text/html'), 'format', /could not be read/],
    ['JSON cut off', text(200, '{"traces":[{"traceID":"a', 'application/json'), 'format', /could not be read/],
  ])('says what went wrong: %s', async (_name, answer, kind, message) => {
    const { backend } = backendThat(() => answer);
    await expect(backend.search(QUERY)).rejects.toMatchObject({ kind, message: expect.stringMatching(message) });
  });

  it('names the limits that keep a trace from being passed on', async () => {
    const { backend } = backendThat(() => text(500, 'response larger than the max (31710358 vs 16777216)'));
    await expect(backend.trace(TRACE_ID)).rejects.toMatchObject({ kind: 'http', message: expect.stringMatching(/too large.*grpc_server_max_recv_msg_size.*31710358 vs 16777216/) });
  });

  it('does not read a protobuf trace that was cut off', async () => {
    const { backend } = backendThat(() => ({ status: 200, mediaType: 'application/protobuf', body: new Uint8Array([0x0a, 0xff, 0x01, 0x0a]) }));
    await expect(backend.trace(TRACE_ID)).rejects.toMatchObject({ kind: 'format' });
  });
});

(hasShared ? describe : describe.skip).each(['tempo-2.7.1', 'tempo-3.0.3'])('answers of %s', (server) => {
  const cases = hasShared ? goldenCases(server) : [];

  it('every recorded trace opens, protobuf and JSON alike', async () => {
    // Compressed bodies were not recorded, and 3.0 has a format for language models that we never ask for.
    const traces = cases.filter(({ group, response, request }) => /^trace-v/.test(group) && !request.headers?.accept?.includes('llm') && response.status === 200 && !('content-encoding' in response.headers) && /traces\/[0-9a-fA-F]+$/.test(request.path));
    expect(traces.length).toBeGreaterThan(20);
    for (const golden of traces) {
      const isEmpty = golden.response.json !== undefined && !JSON.stringify(golden.response.json).includes('spans');
      const { backend } = backendThat(() => answerOf(golden));
      const opened = backend.trace(TRACE_ID).then(
        (set) => set.spanCount > 0,
        ({ kind }: { kind: string }) => kind
      );
      const isEmptyProtobuf = golden.response.base64 !== undefined && golden.response.base64.length < 20;
      expect([golden.name, await opened]).toEqual([golden.name, isEmpty || isEmptyProtobuf ? 'notFound' : true]);
    }
  });

  it('every recorded search gives its traces, newest first, with full ids', async () => {
    const searches = cases.filter(({ group, response }) => group === 'search-traceql' && response.status === 200);
    expect(searches.length).toBeGreaterThan(20);
    for (const golden of searches) {
      const { backend } = backendThat(() => answerOf(golden));
      const { traces } = await backend.search(QUERY);
      const { traces: recorded = [] } = golden.response.json as { traces?: Array<{ traceID: string }> };
      expect([golden.name, traces.map(({ traceId }) => traceId).sort()]).toEqual([golden.name, recorded.map(({ traceID }) => traceID.padStart(32, '0')).sort()]);
      const starts = traces.map(({ startUnixNs }) => startUnixNs);
      expect(starts).toEqual([...starts].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)));
    }
  });
});
