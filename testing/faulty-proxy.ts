/** A proxy that spoils every answer of the server behind it in one way. */
import type { ServerResponse } from 'node:http';
import { startServer, type TestServer } from './http-server';

export const FAULTS = ['none', 'slow', 'cut', 'refused', '429', '500', '503', 'html', 'truncated', 'wrongType', 'endless'] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultyProxy extends TestServer {
  fault: Fault;
  requestCount: number;
}

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const state = { fault: 'none' as Fault, requestCount: 0 };
  const server = await startServer((request, response) => {
    state.requestCount++;
    forward(target + (request.url ?? '/'), request.headers.accept, state.fault, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  return Object.assign(state, server);
}

async function forward(url: string, accept: string | undefined, fault: Fault, response: ServerResponse): Promise<void> {
  switch (fault) {
    case 'refused':
      response.destroy();
      return;
    case 'slow':
      // Never: the client's time-out ends it.
      return;
    case '429':
    case '500':
    case '503':
      response.writeHead(Number(fault), { 'content-type': 'text/plain' }).end(`fault ${fault}`);
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><body>Sign in</body></html>');
      return;
    case 'endless': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '.repeat(1000)), 2);
      response.on('close', () => clearInterval(timer));
      return;
    }
    default: {
      const answer = await fetch(url, { headers: accept ? { accept } : {} });
      const body = Buffer.from(await answer.arrayBuffer());
      const half = body.subarray(0, Math.ceil(body.length / 2));
      const type = fault === 'wrongType' ? 'image/png' : (answer.headers.get('content-type') ?? '');
      response.writeHead(answer.status, { 'content-type': type, ...(fault === 'cut' ? { 'content-length': body.length } : {}) });
      if (fault === 'cut') {
        response.write(half, () => response.destroy());
      } else {
        response.end(fault === 'truncated' ? half : body);
      }
    }
  }
}
