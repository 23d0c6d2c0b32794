/** A store in a process of its own with the corpus in it: 20,000 traces of 50 spans over an hour. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** The corpus is not part of the repository. */
const GENERATOR = path.resolve(ROOT, '../shared/corpus/generate.mjs');
const TRACES = 20_000;
const SPANS_PER_TRACE = 50;
const HOUR_MS = 3_600_000;
/** Requests on their way at once. */
const SENDERS = 4;

interface ExportRequest {
  readonly resourceSpans: ReadonlyArray<{ readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<{ readonly traceId: string; readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: { readonly stringValue?: string } }> }> }> }>;
}

export interface BenchStore {
  /** Of Tempo's query API, without a slash at the end. */
  readonly url: string;
  /** Unix seconds: a whole hour with all traces. */
  readonly start: number;
  readonly end: number;
  readonly someTraceId: string;
  readonly someUserId: string;
  stop(): Promise<void>;
}

/** @throws Error where the corpus is not beside the checkout */
export async function startFilledStore(): Promise<BenchStore> {
  if (!existsSync(GENERATOR)) {
    throw new Error(`the store's benchmarks need the corpus: expected ${path.relative(process.cwd(), GENERATOR)}`);
  }
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-bench-'));
  const [tempoPort, otlpPort, grpcPort] = await freePorts(3);
  const args = ['--data', directory, '--tempo-port', tempoPort, '--otlp-http-port', otlpPort, '--otlp-grpc-port', grpcPort].map(String);
  const store = fork(path.join(ROOT, 'local/store/main.ts'), args, { execArgv: ['--import', 'tsx'], cwd: ROOT });
  await new Promise<void>((resolve, reject) => {
    store.once('message', () => resolve());
    store.once('exit', () => reject(new Error('the store ended before it was ready')));
  });
  const startMs = Math.floor(Date.now() / HOUR_MS - 1) * HOUR_MS;
  const url = `http://127.0.0.1:${tempoPort}`;
  const { traceId, userId } = await fill(`http://127.0.0.1:${otlpPort}/v1/traces`, startMs);
  await untilWritten(url);
  return { url, start: startMs / 1000, end: (startMs + HOUR_MS) / 1000, someTraceId: traceId, someUserId: userId, stop: () => stop(store, directory) };
}

async function fill(url: string, startMs: number): Promise<{ traceId: string; userId: string }> {
  const { generate } = (await import(pathToFileURL(GENERATOR).href)) as { generate(options: object): Iterable<ExportRequest> };
  const onTheWay = new Set<Promise<void>>();
  let [traceId, userId] = ['', ''];
  for (const request of generate({ traces: TRACES, seed: 1, start: startMs, spansPerTrace: SPANS_PER_TRACE, window: HOUR_MS, batch: 20 })) {
    const spans = request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    traceId ||= spans[0].traceId;
    userId ||= spans.flatMap(({ attributes }) => attributes).find(({ key }) => key === 'veza.user.id')?.value.stringValue ?? '';
    const sent = send(url, JSON.stringify(request)).finally(() => onTheWay.delete(sent));
    onTheWay.add(sent);
    if (onTheWay.size >= SENDERS) {
      await Promise.race(onTheWay);
    }
  }
  await Promise.all(onTheWay);
  return { traceId, userId };
}

async function send(url: string, body: string): Promise<void> {
  for (;;) {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await response.arrayBuffer();
    if (response.ok) {
      return;
    }
    if (response.status !== 429) {
      throw new Error(`the store answered ${response.status} to spans`);
    }
    await pause(Number(response.headers.get('retry-after') ?? 1) * 1000);
  }
}

async function untilWritten(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/search?${new URLSearchParams({ q: '{} | count() > 0', limit: String(TRACES + 1), spss: '1' })}`);
    const { traces } = (await answer.json()) as { traces: unknown[] };
    if (traces.length >= TRACES) {
      return;
    }
    await pause(500);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function stop(store: ChildProcess, directory: string): Promise<void> {
  const ended = new Promise((resolve) => store.once('exit', resolve));
  store.kill('SIGTERM');
  await ended;
  await rm(directory, { recursive: true });
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    })),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
