import { SpanKind } from '../../../src/trace';
import { RequestIndex } from '../ingest/request-index';
import { protobufOfJson } from '../ingest/otlp-json';
import { otlpRequest, type SampleSpan, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { seededRandom } from '../testing/seeded-random';
import { CallPairing, DEFAULT_PAIRING } from './call-pairing';

const request = (service: string, spans: readonly SampleSpan[], tenant = 0): RequestIndex => new RequestIndex(protobufOfJson(JSON.stringify(otlpRequest(service, spans))), tenant);
const span = (n: number, parent: number, kind: keyof typeof SpanKind, rest: Partial<SampleSpan> = {}): SampleSpan => ({
  traceId: traceIdOf(1), spanId: spanIdOf(n), ...(parent > 0 && { parentSpanId: spanIdOf(parent) }), name: 'x', kind: SpanKind[kind], ...rest,
});

/** client → server (connection type): calls/failed. */
function counted({ series }: CallPairing): Record<string, string> {
  return Object.fromEntries(series.all.map(({ labels, requests, failed }) => [`${labels.client} → ${labels.server} (${labels.connectionType})`, `${requests}/${failed}`]));
}

test('the two sides of a call meet in any order; durations are of each side; either may fail', () => {
  const pairing = new CallPairing();
  pairing.add(request('shop', [span(2, 1, 'server', { durationMs: 30, error: true })]), 0);
  pairing.add(request('web', [span(1, 0, 'client', { durationMs: 40 }), span(3, 1, 'producer'), span(5, 0, 'internal')]), 1000);
  pairing.add(request('worker', [span(4, 3, 'consumer')]), 2000);
  expect(counted(pairing)).toEqual({ 'web → shop ()': '1/1', 'web → worker (messaging_system)': '1/0' });
  expect([pairing.series.all[0].client.sumSeconds, pairing.series.all[0].server.sumSeconds]).toEqual([0.04, 0.03]);
  expect([pairing.waitingCalls, pairing.unpaired]).toEqual([0, 0]);
});

test('a named database needs no other side; other peers and the user are concluded after the wait', () => {
  const pairing = new CallPairing();
  pairing.add(
    request('shop', [
      span(1, 0, 'server'), span(2, 1, 'client', { attributes: { 'db.name': 'orders', 'peer.service': 'postgres' } }), span(3, 1, 'client', { attributes: { 'peer.service': 'psp' } }),
      span(4, 1, 'client', { attributes: { 'db.system': 'redis' } }), span(5, 1, 'client'), span(7, 6, 'server'),
    ]),
    0,
  );
  expect(counted(pairing)).toEqual({ 'shop → orders (database)': '1/0' });
  pairing.expire(14_999);
  expect(pairing.waitingCalls).toBe(5);
  pairing.expire(15_000);
  // The server whose caller never came is nobody's call.
  expect(counted(pairing)).toEqual({
    'shop → orders (database)': '1/0', 'user → shop (virtual_node)': '1/0', 'shop → psp (virtual_node)': '1/0', 'shop → redis (virtual_node)': '1/0', 'shop → unknown (virtual_node)': '1/0',
  });
  expect([pairing.waitingCalls, pairing.unpaired, pairing.early]).toEqual([0, 5, 0]);
});

test('tenants are apart, and so are spans without a service', () => {
  const pairing = new CallPairing();
  pairing.add(request('web', [span(1, 0, 'client')], 1), 0);
  pairing.add(request('shop', [span(2, 1, 'server')], 2), 0);
  pairing.add(request('', [span(3, 1, 'server')], 1), 0);
  expect([counted(pairing), pairing.waitingCalls]).toEqual([{}, 2]);
});

test('what waits and what is counted is bounded, and what that costs is counted', () => {
  const pairing = new CallPairing({ ...DEFAULT_PAIRING, maxWaiting: 10, maxSeries: 3 });
  for (let n = 1; n <= 30; n++) {
    pairing.add(request('web', [span(n, 0, 'client', { attributes: { 'peer.service': `peer ${n}` } })]), 0);
  }
  expect([pairing.waitingCalls, pairing.early, pairing.series.all.length, pairing.series.droppedCalls]).toEqual([10, 20, 3, 17]);
});

/** Random calls cut into requests and shuffled, against counting them as they were made up. */
test.each([1, 2, 3, 4])('counts every call that was made, seed %p', (seed) => {
  const random = seededRandom(seed);
  const services = ['web', 'shop', 'pay', 'mail'];
  const truth: Record<string, number> = {};
  const spans: Array<{ service: string; span: SampleSpan; order: number }> = [];
  for (let n = 1; n <= 400; n++) {
    const [client, server] = [services[Math.floor(random() * 4)], services[Math.floor(random() * 4)]];
    const isMessage = random() < 0.2;
    const error = random() < 0.1;
    const traceId = traceIdOf(Math.ceil(n / 5));
    spans.push({ service: client, order: random(), span: span(n * 2, 0, isMessage ? 'producer' : 'client', { traceId, error }) });
    spans.push({ service: server, order: random(), span: span(n * 2 + 1, n * 2, isMessage ? 'consumer' : 'server', { traceId }) });
    const key = `${client} → ${server} (${isMessage ? 'messaging_system' : ''})`;
    truth[key] = (truth[key] ?? 0) + 1;
  }
  const pairing = new CallPairing();
  spans.sort((a, b) => a.order - b.order).forEach(({ service, span: one }, i) => pairing.add(request(service, [one]), i));
  const requests = Object.fromEntries(Object.entries(counted(pairing)).map(([key, value]) => [key, Number(value.split('/')[0])]));
  expect(requests).toEqual(truth);
});
