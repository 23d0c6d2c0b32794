/**
 * `npm run fuzz -- --only store [--runs N --seed S]`: sends hostile requests to a store of its own over OTLP/HTTP and OTLP/gRPC. Each must be
 * answered with a status that OTLP knows, the store must stay ready, and in the end it must take in and find a good trace.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Client, credentials } from '@grpc/grpc-js';
import { DEFAULT_SAMPLING } from '../sampling/sampling-options';
import { startStore, type StoreServer } from '../store-server';
import { type HostileRequest, hostileRequests } from './hostile-requests';
import { otlpRequest, spanIdOf, traceIdOf } from './otlp-samples';

const HTTP_STATUSES = new Set([200, 400, 413, 415, 429, 503]);
/** OK, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNAVAILABLE. */
const GRPC_CODES = new Set([0, 3, 8, 14]);
const AT_ONCE = 16;
const READY_EVERY = 500;
const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const pass = (bytes: Buffer): Buffer => bytes;

const { values } = parseArgs({ options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string', default: String(Date.now() % 1e6) } } });
process.stdout.write(`store: ${values.runs} hostile requests, seed ${values.seed}\n`);
const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-fuzz-'));
const counts: Record<string, number> = {};
// Twice over the same directory: once keeping everything, once sampling.
for (const sampling of [undefined, { ...DEFAULT_SAMPLING, decisionWaitMs: 500 }]) {
  const store = await startStore({
    host: '127.0.0.1', tempoPort: 0, otlpHttpPort: 0, otlpGrpcPorts: [0], dataDirectory: directory, sampling,
    log: ({ level, message, fields }) => {
      if (level === 'error') {
        throw new Error(`${message} ${JSON.stringify(fields)}`);
      }
    },
    onFailure: (error) => {
      throw error;
    },
  });
  await attack(store, Number(values.seed), Math.ceil(Number(values.runs) / 2));
  await expectAlive(store);
  await store.close();
}
await rm(directory, { recursive: true });
process.stdout.write(`${JSON.stringify(counts)}, nothing else\n`);

async function attack(store: StoreServer, seed: number, runs: number): Promise<void> {
  const client = new Client(`127.0.0.1:${store.otlpGrpcPorts[0]}`, credentials.createInsecure());
  const requests = hostileRequests(seed, runs);
  let sent = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = requests.next(); !next.done; next = requests.next()) {
        const number = ++sent;
        await (number % 3 === 0 ? overGrpc(client, next.value, number) : overHttp(store, next.value, number));
        if (number % READY_EVERY === 0) {
          await expectReady(store);
        }
      }
    }),
  );
  client.close();
}

async function overHttp(store: StoreServer, { body, contentType, contentEncoding }: HostileRequest, number: number): Promise<void> {
  const headers = { 'content-type': contentType, ...(contentEncoding !== undefined && { 'content-encoding': contentEncoding }) };
  const answer = await fetch(`http://127.0.0.1:${store.otlpHttpPort}/v1/traces`, { method: 'POST', body: body as BodyInit, headers });
  await answer.arrayBuffer();
  count(`http ${answer.status}`, HTTP_STATUSES.has(answer.status), number);
}

async function overGrpc(client: Client, { body }: HostileRequest, number: number): Promise<void> {
  const code = await new Promise<number>((resolve) => client.makeUnaryRequest(EXPORT, pass, pass, Buffer.from(body), (error) => resolve(error?.code ?? 0)));
  count(`grpc ${code}`, GRPC_CODES.has(code), number);
}

function count(status: string, isExpected: boolean, number: number): void {
  counts[status] = (counts[status] ?? 0) + 1;
  if (!isExpected) {
    throw new Error(`request ${number} of seed ${values.seed} was answered with ${status}`);
  }
}

async function expectReady(store: StoreServer): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${store.tempoPort}/ready`);
  await answer.text();
  if (answer.status !== 200) {
    throw new Error(`/ready answered ${answer.status}`);
  }
}

/** A good trace, one that failed, so that sampling keeps it, is taken in and found. */
async function expectAlive(store: StoreServer): Promise<void> {
  const n = 0xfeed;
  const body = JSON.stringify(otlpRequest('after', [{ traceId: traceIdOf(n), spanId: spanIdOf(n), name: 'good', error: true }]));
  const answer = await fetch(`http://127.0.0.1:${store.otlpHttpPort}/v1/traces`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  if (answer.status !== 200) {
    throw new Error(`a good request was answered with ${answer.status}`);
  }
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = await fetch(`http://127.0.0.1:${store.tempoPort}/api/search?q=${encodeURIComponent('{ resource.service.name = "after" }')}`);
    const { traces } = (await found.json()) as { traces: unknown[] };
    if (traces.length > 0) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('a good trace was not found afterwards');
}
