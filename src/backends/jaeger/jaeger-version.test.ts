import type { HttpRequest, HttpResponse } from '../http/http-client';
import { answerOfJson } from '../../../testing/json-answer';
import { JaegerBackend } from './jaeger-backend';

const text = (status: number, body: string, mediaType = 'text/plain'): HttpResponse => ({ status, mediaType, body: new TextEncoder().encode(body) });
const PAGE = text(200, '<!DOCTYPE html><html lang="en"><title>Jaeger UI</title></html>', 'text/html');
/** As Jaeger 1.76 answers, recorded: as text, in JSON. */
const NO_TRACES = text(404, '{"error":{"httpCode":404,"message":"No traces found"}}');
const NO_METRICS = text(501, '{"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":501,"msg":"metrics querying is currently disabled"}]}');
const SERVICES = text(200, '{"data":["veza-web"],"total":1,"limit":0,"offset":0,"errors":null}');

const range = { fromMs: 1_795_334_400_000, toMs: 1_795_338_000_000 };

function jaegerThat(answers: (request: HttpRequest) => HttpResponse) {
  const asked: HttpRequest[] = [];
  const backend = new JaegerBackend(async (request) => {
    asked.push(request);
    return answers(request);
  });
  return { backend, asked };
}

const isProbe = ({ path, query }: HttpRequest) => path === '/api/v3/traces' && query?.['query.attributes'] === '{';

describe('the version of Jaeger', () => {
  it.each<[string, (request: HttpRequest) => HttpResponse, string]>([
    ['v2 where the page of the UI answers for v3', ({ path }) => (path === '/api/services' ? SERVICES : PAGE), 'query API v2'],
    ['v2 where v3 is unknown', ({ path }) => (path === '/api/services' ? SERVICES : text(404, '404 page not found')), 'query API v2'],
    ['v2 where v3 ignores tags', ({ path }) => (path === '/api/services' ? SERVICES : NO_TRACES), 'query API v2'],
    ['v3 where v3 ignores tags, and v2 is gone', ({ path }) => (path === '/api/services' ? PAGE : NO_TRACES), 'query API v3'],
    ['v3 where it takes tags', (request) => (isProbe(request) ? answerOfJson({ error: { httpCode: 400, message: 'malformed parameter query.attributes' } }, 400) : NO_TRACES), 'query API v3'],
  ])('is %s', async (_, answers, name) => {
    const { backend } = jaegerThat((request) => (request.path.startsWith('/api/metrics') ? NO_METRICS : request.path === '/api/dependencies' ? answerOfJson({ data: [] }) : answers(request)));
    const { api, metrics } = await backend.capabilities();
    expect(api).toBe(`Jaeger, ${name}`);
    expect(metrics).toMatchObject({ isAvailable: false, reason: expect.stringMatching(/501: metrics querying is currently disabled$/) });
  });

  it('is asked for in both spellings, and tags that v3 ignores are applied to what it gave', async () => {
    const { backend, asked } = jaegerThat(({ path }) => (path === '/api/v3/services' ? answerOfJson({ services: ['veza-web'] }) : path === '/api/services' ? PAGE : NO_TRACES));
    const { notes } = await backend.search({ filter: { errorsOnly: true, conditions: [{ scope: 'any', key: 'a', operator: '=', value: 'b' }] }, range, limit: 7 });
    const { query } = asked[asked.length - 1];
    expect(query).toMatchObject({ 'query.startTimeMin': '2026-11-22T08:00:00.000Z', 'query.start_time_min': '2026-11-22T08:00:00.000Z', 'query.num_traces': 7, 'query.searchDepth': 7 });
    expect(query?.['query.attributes']).toBeUndefined();
    expect(notes.join()).toContain('Jaeger cannot be asked for errors, a = b');
  });
});
