import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { otlpRequest, spanIdOf, traceIdOf } from './testing/otlp-samples';

jest.setTimeout(120_000);

const MAIN = path.join(__dirname, 'main.ts');

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

const running: ChildProcess[] = [];

afterEach(() => {
  running.splice(0).forEach((child) => child.kill('SIGKILL'));
});

/** The store as the start command runs it: its own process with an IPC channel. */
async function spawnStore(directory: string, tempoPort: number, otlpPort: number, options: readonly string[] = []): Promise<ChildProcess> {
  const args = ['--import', 'tsx', MAIN, '--tempo-port', String(tempoPort), '--otlp-http-port', String(otlpPort), '--otlp-grpc-port', '0', '--data', directory, '--log-format', 'text', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], cwd: path.resolve(__dirname, '../..') });
  running.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the store ended with ${String(code)} before it was ready`)));
  });
  return child;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

test('every acknowledged span survives kill -9 in the middle of ingest', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  const [tempoPort, otlpPort] = [await freePort(), await freePort()];
  const acknowledged: number[] = [];
  let next = 1;
  for (let round = 0; round < 3; round++) {
    const store = await spawnStore(directory, tempoPort, otlpPort);
    const gone = ended(store);
    const send = async (): Promise<void> => {
      for (;;) {
        const n = next++;
        const request = otlpRequest('kill', [1, 2, 3].map((i) => ({ traceId: traceIdOf(n), spanId: spanIdOf(n * 8 + i), name: `span ${i}` })));
        const answer = await fetch(`http://127.0.0.1:${otlpPort}/v1/traces`, { method: 'POST', body: JSON.stringify(request), headers: { 'content-type': 'application/json' } }).catch(() => undefined);
        if (answer?.status !== 200) {
          return;
        }
        acknowledged.push(n);
      }
    };
    const senders = [send(), send(), send(), send()];
    const wanted = acknowledged.length + 150 + 70 * round;
    while (acknowledged.length < wanted) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    store.kill('SIGKILL');
    await gone;
    await Promise.all(senders);
  }

  const store = await spawnStore(directory, tempoPort, otlpPort);
  const query = new URLSearchParams({ q: '{ resource.service.name = "kill" }', limit: '100000', spss: '1' });
  const answer = (await (await fetch(`http://127.0.0.1:${tempoPort}/api/search?${query.toString()}`)).json()) as { traces: Array<{ traceID: string; spanSets: Array<{ matched: number }> }> };
  const matched = new Map(answer.traces.map((trace) => [trace.traceID.padStart(32, '0'), trace.spanSets[0].matched]));
  expect(acknowledged.filter((n) => matched.get(traceIdOf(n)) !== 3)).toEqual([]);

  const code = ended(store);
  store.kill('SIGTERM');
  expect(await code).toBe(0);
  await rm(directory, { recursive: true });
});

test('spans that waited for the decision about their trace are kept as if nothing had happened, each once', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  const [tempoPort, otlpPort] = [await freePort(), await freePort()];
  const sampled = ['--sampling', '--sampling-percent', '0', '--sampling-wait-s', '2'];
  const send = async (n: number, spans: Parameters<typeof otlpRequest>[1]): Promise<void> => {
    const body = JSON.stringify(otlpRequest('wait', spans.map((span) => ({ ...span, traceId: traceIdOf(n) }))));
    const answer = await fetch(`http://127.0.0.1:${otlpPort}/v1/traces`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(200);
  };
  const span = (n: number, error = false): Parameters<typeof otlpRequest>[1][number] => ({ traceId: '', spanId: spanIdOf(n), name: 'x', error });
  const matched = async (): Promise<Record<string, number>> => {
    const query = new URLSearchParams({ q: '{ resource.service.name = "wait" }', limit: '100', spss: '1' });
    const answer = (await (await fetch(`http://127.0.0.1:${tempoPort}/api/search?${query.toString()}`)).json()) as { traces: Array<{ traceID: string; spanSets: Array<{ matched: number }> }> };
    return Object.fromEntries(answer.traces.map((trace) => [Number.parseInt(trace.traceID.slice(-4), 16), trace.spanSets[0].matched]));
  };

  let store = await spawnStore(directory, tempoPort, otlpPort, sampled);
  // Trace 1 is decided and written while trace 2, older than its last span, still waits.
  await send(1, [span(11, true)]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await send(2, [span(21)]);
  await send(3, [span(31)]);
  await send(1, [span(12)]);
  while ((await matched())[1] !== 2) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  let gone = ended(store);
  store.kill('SIGKILL');
  await gone;

  store = await spawnStore(directory, tempoPort, otlpPort, sampled);
  await send(2, [span(22, true)]);
  while ((await matched())[2] !== 2) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await matched()).toEqual({ 1: 2, 2: 2 });
  gone = ended(store);
  store.kill('SIGTERM');
  expect(await gone).toBe(0);
  expect((await readdir(directory)).filter((name) => name.startsWith('requests-'))).toEqual([]);
  const modes = await Promise.all((await readdir(directory)).map(async (name) => (await stat(path.join(directory, name))).mode & 0o077));
  expect(modes.every((mode) => mode === 0)).toBe(true);
  await rm(directory, { recursive: true });
});

test('the store stops when the program that started it goes away', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  const store = await spawnStore(directory, 0, 0);
  const code = ended(store);
  store.disconnect();
  expect(await code).toBe(0);
  await rm(directory, { recursive: true });
});
