import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
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
async function spawnStore(directory: string, tempoPort: number, otlpPort: number): Promise<ChildProcess> {
  const args = ['--import', 'tsx', MAIN, '--tempo-port', String(tempoPort), '--otlp-http-port', String(otlpPort), '--otlp-grpc-port', '0', '--data', directory];
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

test('the store stops when the program that started it goes away', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  const store = await spawnStore(directory, 0, 0);
  const code = ended(store);
  store.disconnect();
  expect(await code).toBe(0);
  await rm(directory, { recursive: true });
});
