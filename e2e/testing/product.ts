import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

export interface Product {
  readonly url: string;
  readonly demoUrl: string;
  readonly tempoUrl: string;
  readonly otlpHttpUrl: string;
  readonly output: () => string;
  /** Sends SIGINT as Ctrl-C does and waits for the end. */
  stop(): Promise<number>;
}

export interface FinishedRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolvePort(address.port) : reject(new Error('no port'))));
    });
  });
}

export async function freePortArgs(): Promise<{ args: string[]; ports: { port: number; tempo: number; otlpHttp: number; otlpGrpc: number; demo: number } }> {
  const [port, tempo, otlpHttp, otlpGrpc, demo] = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()]);
  return {
    ports: { port, tempo, otlpHttp, otlpGrpc, demo },
    args: ['--port', port, '--tempo-port', tempo, '--otlp-http-port', otlpHttp, '--otlp-grpc-port', otlpGrpc, '--demo-port', demo].map(String),
  };
}

/** Starts the product as `npm start` does, on free ports and in an empty data directory, and waits for its ready line. */
export async function startProduct(extraArgs: readonly string[] = [], dataDir = mkdtempSync(join(tmpdir(), 'veza-e2e-'))): Promise<Product> {
  const { args, ports } = await freePortArgs();
  const child = spawnStart([...args, '--data', dataDir, ...extraArgs]);
  const output = collect(child);
  await new Promise<void>((resolveReady, reject) => {
    child.stdout?.on('data', () => {
      if (/^Veza Traces ready: http:\/\/localhost:\d+$/m.test(output.stdout())) {
        resolveReady();
      }
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code} before it was ready:\n${output.stdout()}${output.stderr()}`)));
  });
  return {
    url: `http://localhost:${ports.port}`,
    demoUrl: `http://127.0.0.1:${ports.demo}`,
    tempoUrl: `http://127.0.0.1:${ports.tempo}`,
    otlpHttpUrl: `http://127.0.0.1:${ports.otlpHttp}`,
    output: () => output.stdout() + output.stderr(),
    stop: async () => {
      const code = await endOf(child, 'SIGINT');
      rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** Runs `npm start` with arguments that make it end by itself. */
export async function runStart(args: readonly string[]): Promise<FinishedRun> {
  const child = spawnStart(args);
  const output = collect(child);
  const code = await endOf(child);
  return { code, stdout: output.stdout(), stderr: output.stderr() };
}

/** A process group of its own, so that a signal to the group is what Ctrl-C in a terminal is. */
function spawnStart(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), ...args], { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

function collect(child: ChildProcess) {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { stdout: () => stdout, stderr: () => stderr };
}

async function endOf(child: ChildProcess, signal?: NodeJS.Signals): Promise<number> {
  if (child.exitCode !== null) {
    return child.exitCode;
  }
  const ended = new Promise<number>((resolveCode) => child.once('close', (code) => resolveCode(code ?? 1)));
  if (signal && child.pid !== undefined) {
    process.kill(-child.pid, signal);
  }
  return ended;
}
