import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { startFixture, type FixtureShell } from '../testing/start-fixture';
import { upstreamUrl } from './data-source-proxy';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let backend: Server;
let shell: FixtureShell;
let handle: Handler;

beforeAll(async () => {
  backend = createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1');
  await once(backend, 'listening');
  const { port } = backend.address() as AddressInfo;
  shell = await startFixture([
    { uid: 'tempo', name: 'Tempo', type: 'tempo', url: `http://127.0.0.1:${port}/prefix/` },
    { uid: 'gone', name: 'Gone', type: 'jaeger', url: 'http://127.0.0.1:1' },
    { uid: 'nested', name: 'Nested', type: 'veza-traces-datasource' },
  ]);
});
afterAll(async () => {
  await shell.close();
  backend.closeAllConnections();
  backend.close();
});

const proxied = (path: string, init?: RequestInit) => fetch(`${shell.url}/api/datasources/proxy/uid/tempo/${path}`, init);

/** Sends a path that fetch would tidy. */
function rawStatus(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(shell.url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path: `/api/datasources/proxy/uid/tempo/${path}` }, (reply) => resolve(reply.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

test('method, path, query and body arrive as sent, cookies and origin do not', async () => {
  let seen: IncomingMessage | undefined;
  let body = '';
  handle = async (request, response) => {
    seen = request;
    for await (const chunk of request) {
      body += chunk;
    }
    response.writeHead(201, { 'X-Backend': 'yes', 'Set-Cookie': 'a=b', 'Content-Security-Policy': 'none' }).end('created');
  };
  const reply = await proxied('api/search%2Fx?q=%7B%20%7D&limit=3', {
    method: 'PUT', body: 'payload', headers: { Cookie: 'session=1', Authorization: 'Bearer grafana', 'X-Scope-OrgID': 'team' },
  });
  expect(seen?.url).toBe('/prefix/api/search%2Fx?q=%7B%20%7D&limit=3');
  expect(seen?.method).toBe('PUT');
  expect(body).toBe('payload');
  expect(seen?.headers).toMatchObject({ 'x-scope-orgid': 'team' });
  expect(seen?.headers.cookie ?? seen?.headers.authorization ?? seen?.headers.origin).toBeUndefined();
  expect(reply.status).toBe(201);
  expect(await reply.text()).toBe('created');
  expect(reply.headers.get('x-backend')).toBe('yes');
  expect(reply.headers.get('set-cookie')).toBeNull();
  expect(reply.headers.get('content-security-policy')).toBe('sandbox');
});

test('authorization for the backend comes under its own name', async () => {
  handle = (request, response) => response.end(request.headers.authorization);
  expect(await (await proxied('', { headers: { 'X-DS-Authorization': 'Basic abc' } })).text()).toBe('Basic abc');
});

test('401 of the backend becomes 400, so that the browser keeps its own session', async () => {
  handle = (_request, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end('no');
  const reply = await proxied('api/echo');
  expect(reply.status).toBe(400);
  expect(reply.headers.get('www-authenticate')).toBeNull();
  expect(await reply.text()).toBe('Authentication to data source failed');
});

test.each([404, 429, 500])('%d of the backend stays', async (status) => {
  handle = (_request, response) => response.writeHead(status).end('why');
  const reply = await proxied('x');
  expect([reply.status, await reply.text()]).toEqual([status, 'why']);
});

test('the answer streams while the backend is still writing', async () => {
  let finish = () => {};
  handle = (_request, response) => {
    response.write('first');
    finish = () => response.end('last');
  };
  const reader = (await proxied('stream')).body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('first');
  finish();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('last');
});

test('a client that leaves ends the request to the backend', async () => {
  const abort = new AbortController();
  const ended = new Promise<void>((resolve) => {
    handle = (_request, response) => {
      response.on('close', () => resolve());
      abort.abort();
    };
  });
  await expect(proxied('slow', { signal: abort.signal })).rejects.toThrow();
  await ended;
});

test('a backend that breaks off breaks the answer, it does not end it', async () => {
  handle = (_request, response) => {
    response.writeHead(200, { 'Content-Length': '100' });
    response.write('half', () => response.destroy());
  };
  const reply = await proxied('half');
  await expect(reply.text()).rejects.toThrow();
});

test('an unreachable backend is 502 with a message', async () => {
  const reply = await fetch(`${shell.url}/api/datasources/proxy/uid/gone/api/services`);
  expect(reply.status).toBe(502);
  expect(reply.headers.get('content-security-policy')).toBe('sandbox');
  expect(await reply.json()).toMatchObject({ error: 'Bad Gateway', message: expect.stringMatching(/^Cannot reach Gone at http:\/\/127\.0\.0\.1:1: /) });
});

test('a data source without a URL has nothing to proxy to', async () => {
  const reply = await fetch(`${shell.url}/api/datasources/proxy/uid/nested/x`);
  expect(reply.status).toBe(400);
  expect((await fetch(`${shell.url}/api/datasources/proxy/uid/nobody/x`)).status).toBe(404);
});

test.each(['../admin', '%2e%2e/admin', '..%2fadmin', 'a/%2e%2e%2f%2e%2e/b', '..%5cadmin', 'a/./b', '%E0%A4%A'])(
  'a path that climbs out is refused: %s',
  async (path) => {
    handle = () => {
      throw new Error('The backend must not be asked');
    };
    expect(await rawStatus(path)).toBe(400);
  }
);

test.each(['//evil.example/x', 'http://evil.example', '@evil.example/', ':9999/', '?x=//evil', '\\\\evil.example'])(
  'no path leads to another host: %s',
  (path) => {
    const dataSource = { uid: 'x', name: 'X', type: 'tempo', url: 'http://tempo:3200/base' };
    const url = upstreamUrl(dataSource, path, '');
    expect(url.host).toBe('tempo:3200');
    expect(url.pathname.startsWith('/base/')).toBe(true);
  }
);
