/** One run of ingest against a store of its own: speed, disk, memory and stalls. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { protobufOfJson } from '../local/store/ingest/otlp-json';
import { freePorts } from './store-server';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** The corpus is not part of the repository. */
const GENERATOR = path.resolve(ROOT, '../shared/corpus/generate.mjs');
const SPANS_PER_TRACE = 50;
const HOUR_MS = 3_600_000;
const SENDERS = 8;
const QUERY_EVERY_MS = 250;

export interface IngestRun {
  /** Acknowledged. */
  readonly spansPerSecond: number;
  /** Of the data directory after the store has stopped. */
  readonly diskBytes: number;
  readonly peakMiB: number;
  readonly stallMs: number;
}

interface RunOptions {
  readonly spans: number;
  readonly storeOptions: readonly string[];
  /** Searches while it ingests. */
  readonly query: boolean;
}

/** @throws Error where the corpus is not beside the checkout */
export async function ingestRun({ spans, storeOptions, query }: RunOptions): Promise<IngestRun> {
  const requests = await corpus(spans / SPANS_PER_TRACE);
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-bench-'));
  const [tempoPort, otlpPort, grpcPort] = await freePorts(3);
  const args = ['--data', directory, '--tempo-port', tempoPort, '--otlp-http-port', otlpPort, '--otlp-grpc-port', grpcPort, '--log-level', 'error', ...storeOptions].map(String);
  const store = fork(path.join(ROOT, 'local/store/main.ts'), args, { execArgv: ['--import', 'tsx'], cwd: ROOT });
  await new Promise<void>((resolve, reject) => {
    store.once('message', () => resolve());
    store.once('exit', () => reject(new Error('the store ended before it was ready')));
  });
  const url = `http://127.0.0.1:${tempoPort}`;
  const queries = query ? setInterval(() => void search(url), QUERY_EVERY_MS) : undefined;
  const startMs = performance.now();
  await sendAll(otlpPort, requests);
  const seconds = (performance.now() - startMs) / 1000;
  clearInterval(queries);
  const stallMs = 1000 * (await metric(url, 'veza_store_event_loop_stall_max_seconds{thread="server"}'));
  const peakMiB = peakMemoryMiB(store);
  await untilWritten(url);
  await ended(store);
  const diskBytes = await sizeOf(directory);
  await rm(directory, { recursive: true });
  return { spansPerSecond: spans / seconds, diskBytes, peakMiB, stallMs };
}

async function corpus(traces: number): Promise<Uint8Array[]> {
  if (!existsSync(GENERATOR)) {
    throw new Error(`the store's benchmarks need the corpus: expected ${path.relative(process.cwd(), GENERATOR)}`);
  }
  const { generate } = (await import(pathToFileURL(GENERATOR).href)) as { generate(options: object): Iterable<object> };
  const options = { traces, seed: 1, start: Date.now() - HOUR_MS, spansPerTrace: SPANS_PER_TRACE, window: HOUR_MS, batch: 20 };
  return Array.from(generate(options), (request) => new Uint8Array(protobufOfJson(JSON.stringify(request))));
}

async function sendAll(port: number, requests: readonly Uint8Array[]): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: SENDERS });
  let next = 0;
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      while (next < requests.length) {
        const body = requests[next++];
        for (let status = await post(agent, port, body); status !== 200; status = await post(agent, port, body)) {
          if (status !== 429) {
            throw new Error(`the store answered ${status} to spans`);
          }
          await pause(200);
        }
      }
    }),
  );
  agent.destroy();
}

function post(agent: http.Agent, port: number, body: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length };
    const request = http.request({ agent, host: '127.0.0.1', port, path: '/v1/traces', method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function search(url: string): Promise<void> {
  await (await fetch(`${url}/api/search?${new URLSearchParams({ q: '{ status = error }', limit: '20' })}`)).arrayBuffer();
}

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  if (!line) {
    throw new Error(`the store has no metric ${name}`);
  }
  return Number(line.slice(name.length + 1));
}

async function untilWritten(url: string): Promise<void> {
  while ((await metric(url, 'veza_store_spans_waiting')) > 0) {
    await pause(200);
  }
}

/** The most that was resident at once; Linux says so, elsewhere it is not known. */
function peakMemoryMiB(store: ChildProcess): number {
  const file = `/proc/${store.pid}/status`;
  const peak = existsSync(file) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8')) : null;
  return peak ? Number(peak[1]) / 1024 : NaN;
}

async function ended(store: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => store.once('exit', resolve));
  store.kill('SIGTERM');
  await gone;
}

async function sizeOf(directory: string): Promise<number> {
  const sizes = await Promise.all((await readdir(directory)).map(async (name) => (await stat(path.join(directory, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
