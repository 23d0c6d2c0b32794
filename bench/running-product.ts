/** The product as `npm start` runs it, on free ports, without the demo. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PORTS = ['--port', '--tempo-port', '--otlp-http-port', '--otlp-grpc-port', '--demo-port'];

export interface RunningProduct {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startProduct(): Promise<RunningProduct> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-bench-'));
  const ports = await Promise.all(PORTS.map(freePort));
  const args = [path.join(ROOT, 'scripts/start.mjs'), '--no-demo', '--data', directory, ...PORTS.flatMap((option, at) => [option, String(ports[at])])];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Veza Traces ready')) {
        resolve();
      }
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code} before it was ready`)));
  });
  return {
    url: `http://localhost:${ports[0]}`,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
