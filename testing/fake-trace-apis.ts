/** Just enough of Jaeger and Zipkin over a set of traces: their paths and parameters, answers by our encoders. */
import type { RequestListener, ServerResponse } from 'node:http';
import { encodeJaegerJson, encodeOtlpJson, encodeZipkinJson } from '../src/formats';
import type { TraceSet } from '../src/trace';
import { startServer, type TestServer } from './http-server';

type Answer = { readonly status: number; readonly body: string };

const ok = (body: unknown): Answer => ({ status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) });
const missing = (body: unknown = { error: { httpCode: 404, message: 'No traces found' } }): Answer => ({ status: 404, body: JSON.stringify(body) });

export const startJaegerV2 = (set: TraceSet): Promise<TestServer> => startServer(listener((path, query) => jaegerV2(set, path, query)));
export const startJaegerV3 = (set: TraceSet): Promise<TestServer> => startServer(listener((path, query) => jaegerV3(set, path, query)));
export const startZipkin = (set: TraceSet): Promise<TestServer> => startServer(listener((path, query) => zipkin(set, path, query)));

function listener(answer: (path: string, query: URLSearchParams) => Answer): RequestListener {
  return (request, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const { status, body } = answer(pathname, searchParams);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
}

function jaegerV2(set: TraceSet, path: string, query: URLSearchParams): Answer {
  const [, id] = /^\/api\/traces\/([0-9a-f]+)$/.exec(path) ?? [];
  if (path === '/api/services') {
    return ok({ data: set.columns.services, total: set.columns.services.length });
  }
  const beside = besideJaeger(path);
  if (beside) {
    return beside;
  }
  if (path === '/api/traces') {
    const found = find(set, { service: query.get('service'), fromMs: Number(query.get('start')) / 1e3, toMs: Number(query.get('end')) / 1e3, limit: Number(query.get('limit')) });
    return found.length === 0 ? ok({ data: [] }) : ok(encodeJaegerJson(set, found));
  }
  const trace = set.traceIndex(id as never);
  return id === undefined ? missing('404 page not found') : trace === undefined ? missing({ data: null, errors: [{ code: 404, msg: 'trace not found' }] }) : ok(encodeJaegerJson(set, [trace]));
}

/** What Jaeger answers beside either version of its query API. */
function besideJaeger(path: string): Answer | undefined {
  if (path === '/api/dependencies') {
    return ok({ data: [{ parent: 'a', child: 'b', callCount: 3 }] });
  }
  return path.startsWith('/api/metrics/') ? ok({ name: 'service_call_rate', type: 'GAUGE', metrics: [] }) : undefined;
}

function jaegerV3(set: TraceSet, path: string, query: URLSearchParams): Answer {
  const [, id] = /^\/api\/v3\/traces\/([0-9a-f]+)$/.exec(path) ?? [];
  const result = (traces: number[]) => (traces.length === 0 ? missing() : ok(`{"result":${encodeOtlpJson(set, traces)}}`));
  const beside = besideJaeger(path);
  if (beside) {
    return beside;
  }
  if (path === '/api/v3/services') {
    return ok({ services: set.columns.services });
  }
  if (path === '/api/v3/traces') {
    const [from, to] = [query.get('query.startTimeMin'), query.get('query.startTimeMax')];
    return result(find(set, { service: query.get('query.serviceName'), fromMs: Date.parse(from ?? ''), toMs: Date.parse(to ?? ''), limit: Number(query.get('query.searchDepth')) }));
  }
  const trace = id === undefined ? undefined : set.traceIndex(id as never);
  return trace === undefined ? missing() : result([trace]);
}

function zipkin(set: TraceSet, path: string, query: URLSearchParams): Answer {
  const [, id] = /^\/api\/v2\/trace\/([0-9a-f]+)$/.exec(path) ?? [];
  switch (path) {
    case '/api/v2/services':
      return ok(set.columns.services.map((service) => service.toLowerCase()));
    case '/api/v2/autocompleteKeys':
      return ok([]);
    case '/api/v2/dependencies':
      return ok([{ parent: 'a', child: 'b', callCount: 3, errorCount: 1 }]);
    case '/api/v2/traces': {
      const toMs = Number(query.get('endTs'));
      const found = find(set, { service: query.get('serviceName'), fromMs: toMs - Number(query.get('lookback')), toMs, limit: Number(query.get('limit')) });
      return ok(`[${found.map((trace) => encodeZipkinJson(set, [trace])).join()}]`);
    }
    default: {
      const trace = id === undefined ? undefined : set.traceIndex(id as never);
      return trace === undefined ? missing('trace not found') : ok(encodeZipkinJson(set, [trace]));
    }
  }
}

interface Wanted {
  readonly service: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly limit: number;
}

/** The newest traces that start in the range and have a span of the service. */
function find(set: TraceSet, { service, fromMs, toMs, limit }: Wanted): number[] {
  const startMs = (trace: number) => Number(set.baseUnixNs(trace)) / 1e6;
  const has = (trace: number) => {
    for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
      if (service === null || set.service(row).toLowerCase() === service.toLowerCase()) {
        return true;
      }
    }
    return false;
  };
  return Array.from({ length: set.traceCount }, (_, trace) => trace)
    .filter((trace) => startMs(trace) >= fromMs && startMs(trace) < toMs && has(trace))
    .sort((a, b) => startMs(b) - startMs(a))
    .slice(0, limit);
}
