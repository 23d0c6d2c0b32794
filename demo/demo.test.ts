/** The demo's services as one: what a real OTLP/gRPC receiver gets for a request to each hot path. */
import { DemoProcess } from './testing/demo-process';
import { OtlpReceiver } from './testing/otlp-receiver';
import type { ReceivedSpan } from './testing/otlp-spans';

const EMAIL = 'grace.hopper@example.org';
const SEARCHED_TEXT = 'forbidden planet';

jest.setTimeout(60_000);

let receiver: OtlpReceiver;
let demo: DemoProcess | undefined;
let apiUrl: string;

beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  const env = { OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test' };
  ({ demo, url: apiUrl } = await DemoProcess.start(['--port', '0', '--no-load', '--otlp-endpoint', receiver.url], env));
});

afterAll(async () => {
  receiver.stop();
  demo?.signal('SIGTERM');
  await demo?.ended;
});

/** Makes a request and waits until its trace has all spans named. */
async function traceOf(path: string, init: RequestInit, names: readonly string[]): Promise<{ status: number; trace: ReceivedSpan[] }> {
  const response = await fetch(apiUrl + path, init);
  const traceId = response.headers.get('x-trace-id') ?? '';
  await receiver.until(() => names.every((name) => receiver.traceOf(traceId).some((span) => span.name === name)));
  return { status: response.status, trace: receiver.traceOf(traceId) };
}

function post(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
}

function find(trace: readonly ReceivedSpan[], name: string): ReceivedSpan {
  const span = trace.find((candidate) => candidate.name === name);
  if (!span) {
    throw new Error(`expected a span ${name}, got ${trace.map((candidate) => candidate.name).join(', ')}`);
  }
  return span;
}

/** `child` hangs below `ancestor`, directly or not. */
function isBelow(trace: readonly ReceivedSpan[], child: ReceivedSpan, ancestor: ReceivedSpan): boolean {
  const parent = trace.find((span) => span.spanId === child.parentSpanId);
  return parent !== undefined && (parent.spanId === ancestor.spanId || isBelow(trace, parent, ancestor));
}

function expectOneTree(trace: readonly ReceivedSpan[], rootName: string): void {
  const roots = trace.filter((span) => !trace.some((other) => other.spanId === span.parentSpanId));
  expect(roots.map((span) => [span.name, span.kind])).toEqual([[rootName, 'SERVER']]);
}

test('auth.login: rate limit, user, password, session, audit', async () => {
  const { status, trace } = await traceOf('/api/v1/auth/login', post({ email: EMAIL, password: 'secret-42' }), ['auth.login']);
  expect(status).toBe(200);
  expectOneTree(trace, 'auth.login');
  const children = trace.filter((span) => span.parentSpanId === find(trace, 'auth.login').spanId);
  expect(children.sort((a, b) => Number(a.startNs - b.startNs)).map((span) => `${span.kind} ${span.name}`)).toEqual([
    'CLIENT INCR',
    'CLIENT SELECT users',
    'INTERNAL bcrypt.compare',
    'CLIENT SETEX',
    'CLIENT INSERT login_audit',
  ]);
  expect(find(trace, 'auth.login').attributes).toMatchObject({
    'http.request.method': 'POST',
    'http.route': '/api/v1/auth/login',
    'http.response.status_code': 200,
    'veza.user.email': 'g***@example.org',
  });
  expect(find(trace, 'auth.login').resource).toMatchObject({
    'service.name': 'veza-backend-api',
    'service.namespace': 'veza',
    'deployment.environment.name': 'test',
    'telemetry.sdk.language': 'nodejs',
  });
});

test('track.upload.initiate: quota, object store, and the transcoding behind the queue', async () => {
  const names = ['track.upload.initiate', 'process track.uploaded', 'transcode', 'index.update', 'ffmpeg.encode', 'quota.check'];
  const { status, trace } = await traceOf('/api/v1/tracks/upload', post({ format: 'flac' }), names);
  expect(status).toBe(201);
  expectOneTree(trace, 'track.upload.initiate');
  expect(find(trace, 'quota.check').service).toBe('veza-payments');
  expect(find(trace, 'S3.PresignPart').attributes['peer.service']).toBe('object-store');

  const producer = find(trace, 'publish track.uploaded');
  const consumer = find(trace, 'process track.uploaded');
  expect([producer.kind, consumer.kind]).toEqual(['PRODUCER', 'CONSUMER']);
  expect(consumer).toMatchObject({ parentSpanId: producer.spanId, links: [producer.spanId], service: 'veza-worker' });
  expect(find(trace, 'transcode').service).toBe('veza-stream-server');
  expect(isBelow(trace, find(trace, 'ffmpeg.encode'), consumer)).toBe(true);
});

test('payment.webhook: signature, provider, ledger, and the invoice behind the queue', async () => {
  const names = ['payment.webhook', 'payment.confirm', 'process order.paid', 'S3.PutObject'];
  const { status, trace } = await traceOf('/api/v1/payments/webhook', post({ event: 'charge.succeeded' }), names);
  expect(status).toBe(200);
  expectOneTree(trace, 'payment.webhook');
  const confirm = find(trace, 'payment.confirm');
  expect(confirm.service).toBe('veza-payments');
  expect(isBelow(trace, find(trace, 'POST /v1/confirm'), confirm)).toBe(true);
  expect(isBelow(trace, find(trace, 'INSERT ledger'), confirm)).toBe(true);
  expect(find(trace, 'process order.paid').parentSpanId).toBe(find(trace, 'publish order.paid').spanId);
});

test('search.query: fan-out at first, the cache at the second time', async () => {
  const path = `/api/v1/search?q=${encodeURIComponent(SEARCHED_TEXT)}`;
  const first = await traceOf(path, {}, ['search.query', 'search.execute', 'preview.urls']);
  expectOneTree(first.trace, 'search.query');
  const shards = first.trace.filter((span) => span.name === 'shard.search');
  expect(shards.length).toBeGreaterThan(2);
  expect(shards.every((span) => span.parentSpanId === find(first.trace, 'search.execute').spanId)).toBe(true);
  expect(find(first.trace, 'search.query').attributes).toMatchObject({ 'veza.query.length': SEARCHED_TEXT.length, 'veza.cache.hit': false });

  const second = await traceOf(path, {}, ['search.query']);
  expect(second.trace.map((span) => span.name).sort()).toEqual(['GET', 'search.query']);
});

test('each CLIENT span of a call between services is the parent of its SERVER span, in another service', async () => {
  const { trace } = await traceOf('/api/v1/search?q=propagation', {}, ['search.query', 'search.execute', 'preview.urls']);
  for (const name of ['search.execute', 'preview.urls']) {
    const server = find(trace, name);
    const client = trace.find((span) => span.spanId === server.parentSpanId);
    expect(client).toMatchObject({ kind: 'CLIENT', service: 'veza-backend-api' });
    expect(server.service).not.toBe('veza-backend-api');
  }
});

test('a caller’s trace and baggage go on through the services', async () => {
  const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', baggage: 'session.id=s-7,veza.plan=pro,other=unrecorded' };
  const { trace } = await traceOf('/api/v1/tracks/upload', post({}, headers), ['track.upload.initiate', 'transcode']);
  expect(find(trace, 'track.upload.initiate')).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' });
  expect(find(trace, 'transcode').attributes).toMatchObject({ 'session.id': 's-7', 'veza.plan': 'pro' });
  expect(find(trace, 'transcode').attributes).not.toHaveProperty('other');
});

test.each([
  ['/api/v1/auth/login', post({ email: EMAIL, password: 'x' }), 500, 'SELECT users'],
  ['/api/v1/tracks/upload', post({}), 503, 'S3.CreateMultipartUpload'],
  ['/api/v1/payments/webhook', post({}), 502, 'POST /v1/confirm'],
  ['/api/v1/search?q=trouble', {}, 504, 'shard.search'],
])('%s under trouble fails at its weak spot and says so up to the root', async (path, init, expectedStatus, weakSpot) => {
  const { status, trace } = await traceOf(path, { ...init, headers: { baggage: 'demo.condition=error' } }, [weakSpot]);
  const failedAt = (isHere: (span: ReceivedSpan) => boolean) => receiver.traceOf(trace[0].traceId).find((span) => span.isError && isHere(span));
  await receiver.until(() => failedAt(({ name }) => name === weakSpot) !== undefined && failedAt(({ parentSpanId }) => parentSpanId === '') !== undefined);
  expect(status).toBe(expectedStatus);
  expect(failedAt(({ name }) => name === weakSpot)?.eventNames).toContain('exception');
});

test('a refused login is no error of the service', async () => {
  const { status, trace } = await traceOf('/api/v1/auth/login', post({ email: EMAIL, password: 'wrong-password' }), ['auth.login']);
  expect(status).toBe(401);
  expect(find(trace, 'auth.login')).toMatchObject({ isError: false, eventNames: ['request.refused'] });
});

test('neither e-mail addresses nor searched texts nor passwords leave the services', () => {
  const sent = Buffer.concat(receiver.requests).toString('latin1');
  expect(sent).toContain('g***@example.org');
  for (const personal of [EMAIL, SEARCHED_TEXT, encodeURIComponent(SEARCHED_TEXT), 'forbidden', 'secret-42']) {
    expect(sent).not.toContain(personal);
  }
});

test('health checks leave no trace', async () => {
  const response = await fetch(`${apiUrl}/health`);
  expect(response.status).toBe(200);
  expect(response.headers.get('x-trace-id')).toBeNull();
});
