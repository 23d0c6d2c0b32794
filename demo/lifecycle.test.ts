/** How the demo starts and ends, with and without a collector. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { DemoProcess, isAlive } from './testing/demo-process';
import { OtlpReceiver } from './testing/otlp-receiver';

jest.setTimeout(60_000);

const LOGIN: RequestInit = { method: 'POST', body: JSON.stringify({ email: 'a@example.org', password: 'x' }) };
const LONG_DELAY = { OTEL_BSP_SCHEDULE_DELAY: '600000' }; // spans leave at shutdown, or not at all

let listeners: Server[] = [];
let receivers: OtlpReceiver[] = [];

afterEach(() => {
  listeners.forEach((server) => server.close());
  receivers.forEach((receiver) => receiver.stop());
  listeners = [];
  receivers = [];
});

async function startReceiver(): Promise<OtlpReceiver> {
  const receiver = await OtlpReceiver.start();
  receivers.push(receiver);
  return receiver;
}

/** A port that takes connections and never says a word. */
async function startSilence(): Promise<number> {
  const server = createServer((socket) => socket.unref()).unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  listeners.push(server);
  return (server.address() as AddressInfo).port;
}

async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s sends the last spans, ends with 0 and leaves no process', async (signal) => {
  const receiver = await startReceiver();
  const { demo, url } = await DemoProcess.start(['--port', '0', '--no-load', '--otlp-endpoint', receiver.url], LONG_DELAY);
  const pids = demo.servicePids();
  expect(pids).toHaveLength(5);
  const response = await fetch(`${url}/api/v1/auth/login`, LOGIN);
  expect(receiver.spans).toHaveLength(0);

  demo.signal(signal);
  expect(await demo.ended).toMatchObject({ code: 0 });
  expect(receiver.traceOf(response.headers.get('x-trace-id') ?? '').map((span) => span.name)).toContain('auth.login');
  expect(pids.some(isAlive)).toBe(false);
});

test('the end of the parent is the end of the demo', async () => {
  const receiver = await startReceiver();
  const { demo } = await DemoProcess.start(['--port', '0', '--no-load', '--otlp-endpoint', receiver.url]);
  const pids = demo.servicePids();
  demo.disconnect();
  expect(await demo.ended).toMatchObject({ code: 0 });
  expect(pids.some(isAlive)).toBe(false);
});

test('a killed supervisor leaves no service behind', async () => {
  const { demo } = await DemoProcess.start(['--port', '0', '--no-load'], { OTEL_SDK_DISABLED: 'true' });
  const pids = demo.servicePids();
  demo.signal('SIGKILL');
  await untilGone(pids);
  expect(pids).toHaveLength(5);
});

test('a port in use is one line, exit code 1 and no process left', async () => {
  const port = await startSilence();
  const demo = DemoProcess.launch(['--port', String(port), '--no-load']);
  const { code, stderr } = await demo.ended;
  expect(code).toBe(1);
  expect(stderr).toBe(`demo: port ${port} on 127.0.0.1 is in use; choose another with --port\n`);
  expect(demo.servicePids()).toEqual([]);
});

test('OTEL_SDK_DISABLED=true: everything works, nothing is traced', async () => {
  const receiver = await startReceiver();
  const { demo, url } = await DemoProcess.start(['--port', '0', '--no-load', '--otlp-endpoint', receiver.url], { OTEL_SDK_DISABLED: 'true' });
  const response = await fetch(`${url}/api/v1/auth/login`, LOGIN);
  expect(response.status).toBe(200);
  expect(response.headers.get('x-trace-id')).toBeNull();
  demo.signal('SIGTERM');
  await demo.ended;
  expect(receiver.spans).toHaveLength(0);
});

test('an unreachable collector is one line, and requests are answered', async () => {
  const env = { OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_EXPORTER_OTLP_TIMEOUT: '500' };
  const { demo, url } = await DemoProcess.start(['--port', '0', '--no-load', '--otlp-endpoint', 'http://127.0.0.1:9'], env);
  for (let request = 0; request < 3 || demo.errorOutput === ''; request++) {
    expect((await fetch(`${url}/api/v1/auth/login`, LOGIN)).status).toBe(200);
  }
  demo.signal('SIGTERM');
  const { code, stderr } = await demo.ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/^demo: veza-[\w-]+: telemetry: http:\/\/127\.0\.0\.1:9 takes no spans \(.*\); going on without.*\n$/);
});

test('a collector that hangs does not keep the demo from ending', async () => {
  const port = await startSilence();
  const { demo, url } = await DemoProcess.start(['--port', '0', '--no-load', '--otlp-endpoint', `http://127.0.0.1:${port}`], LONG_DELAY);
  const pids = demo.servicePids();
  await fetch(`${url}/api/v1/auth/login`, LOGIN);
  demo.signal('SIGTERM');
  const { code, stderr } = await demo.ended;
  expect(code).toBe(0);
  expect(stderr).toContain('the last spans were not taken within');
  expect(pids.some(isAlive)).toBe(false);
});

test('OTEL_TRACES_SAMPLER_ARG=0 samples nothing of its own, and what a caller has sampled', async () => {
  const receiver = await startReceiver();
  const { demo, url } = await DemoProcess.start(['--port', '0', '--no-load', '--otlp-endpoint', receiver.url], { OTEL_TRACES_SAMPLER_ARG: '0' });
  const sampledBefore = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  await fetch(`${url}/api/v1/auth/login`, LOGIN);
  await fetch(`${url}/api/v1/auth/login`, { ...LOGIN, headers: sampledBefore });
  demo.signal('SIGTERM');
  await demo.ended;
  expect([...new Set(receiver.spans.map((span) => span.traceId))]).toEqual(['0af7651916cd43dd8448eb211c80319c']);
});

test('the load: browsers are roots, all four hot paths appear', async () => {
  const receiver = await startReceiver();
  const { demo } = await DemoProcess.start(['--port', '0', '--rate', '40', '--otlp-endpoint', receiver.url], { OTEL_BSP_SCHEDULE_DELAY: '100' });
  const hotPaths = ['auth.login', 'track.upload.initiate', 'payment.webhook', 'search.query'];
  await receiver.until(() => hotPaths.every((name) => receiver.spans.some((span) => span.name === name)) && receiver.spans.some((span) => span.service === 'veza-web'));
  demo.signal('SIGTERM');
  await demo.ended;
  const browser = receiver.spans.filter((span) => span.service === 'veza-web');
  expect(new Set(browser.map((span) => span.kind))).toEqual(new Set(['CLIENT']));
  expect(browser.every((span) => span.parentSpanId === '' && String(span.attributes['session.id']).startsWith('s-'))).toBe(true);
});
