/** A store in a process of its own: started, filled, measured from outside, ended. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import http from 'node:http';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** Requests on their way at once. */
const SENDERS = 8;
const RETRY_MS = 200;

export class BenchStore {
  /** Of Tempo's query API, without a slash at the end. */
  readonly url: string;
  private readonly process: ChildProcess;
  private readonly directory: string;
  private readonly otlpPort: number;

  private constructor(process: ChildProcess, directory: string, tempoPort: number, otlpPort: number) {
    this.process = process;
    this.directory = directory;
    this.url = `http://127.0.0.1:${tempoPort}`;
    this.otlpPort = otlpPort;
  }

  static async start(options: readonly string[] = []): Promise<BenchStore> {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-bench-'));
    const [tempoPort, otlpPort, grpcPort] = await freePorts(3);
    const args = ['--data', directory, '--tempo-port', tempoPort, '--otlp-http-port', otlpPort, '--otlp-grpc-port', grpcPort, '--log-level', 'error', ...options].map(String);
    const store = fork(path.join(ROOT, 'local/store/main.ts'), args, { execArgv: ['--import', 'tsx'], cwd: ROOT });
    await new Promise<void>((resolve, reject) => {
      store.once('message', () => resolve());
      store.once('exit', () => reject(new Error('the store ended before it was ready')));
    });
    return new BenchStore(store, directory, tempoPort, otlpPort);
  }

  /** Resolves when everything is acknowledged; what is refused for want of room is sent again. */
  async send(requests: readonly Uint8Array[]): Promise<void> {
    const agent = new http.Agent({ keepAlive: true, maxSockets: SENDERS });
    let next = 0;
    await Promise.all(
      Array.from({ length: SENDERS }, async () => {
        while (next < requests.length) {
          const body = requests[next++];
          for (let status = await this.post(agent, body); status !== 200; status = await this.post(agent, body)) {
            if (status !== 429) {
              throw new Error(`the store answered ${status} to spans`);
            }
            await pause(RETRY_MS);
          }
        }
      }),
    );
    agent.destroy();
  }

  private post(agent: http.Agent, body: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length };
      const request = http.request({ agent, host: '127.0.0.1', port: this.otlpPort, path: '/v1/traces', method: 'POST', headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /**
   * Milliseconds of one request until its whole answer is here.
   * @param path with its query
   */
  async ask(path: string, headers: Record<string, string> = {}): Promise<number> {
    const startMs = performance.now();
    const response = await fetch(this.url + path, { headers });
    await response.arrayBuffer();
    if (!response.ok) {
      throw new Error(`${path}: status ${response.status}`);
    }
    return performance.now() - startMs;
  }

  /** @param name with its labels */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    if (!line) {
      throw new Error(`the store has no metric ${name}`);
    }
    return Number(line.slice(name.length + 1));
  }

  /** Resolves when everything that was acknowledged is in the database. */
  async written(): Promise<void> {
    while ((await this.metric('veza_store_spans_waiting')) > 0) {
      await pause(RETRY_MS);
    }
  }

  /** The most that was resident at once; Linux says so, elsewhere it is NaN. */
  peakMemoryMiB(): number {
    const file = `/proc/${this.process.pid}/status`;
    const peak = existsSync(file) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8')) : null;
    return peak ? Number(peak[1]) / 1024 : NaN;
  }

  /** Ends it and removes what it kept. @returns bytes of the data directory after it had stopped */
  async stop(): Promise<number> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
    const sizes = await Promise.all((await readdir(this.directory)).map(async (name) => (await stat(path.join(this.directory, name))).size));
    await rm(this.directory, { recursive: true });
    return sizes.reduce((sum, size) => sum + size, 0);
  }
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
