import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lastValueFrom, toArray } from 'rxjs';
import { ShellBackendSrv } from './backend-srv';

let server: Server;
let url: string;
let handle: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const srv = new ShellBackendSrv();
const answer = (status: number, body: string) => {
  handle = (_request, response) => response.writeHead(status).end(body);
};
/** Resolves when the server sees that the client has gone. */
const untilClientLeaves = () =>
  new Promise<void>((resolve) => {
    handle = (_request, response) => response.on('close', resolve);
  });

test('JSON is parsed, other text stays text, bytes come as asked for', async () => {
  answer(200, '{"a":1}');
  expect(await srv.get(url)).toEqual({ a: 1 });
  const bytes = await lastValueFrom(srv.fetch<ArrayBuffer>({ url, responseType: 'arraybuffer' }));
  expect(new TextDecoder().decode(bytes.data)).toBe('{"a":1}');
  expect(bytes).toMatchObject({ ok: true, status: 200, config: { url } });
  answer(200, 'ready');
  expect(await srv.get(url)).toBe('ready');
});

test('what is sent arrives as JSON', async () => {
  let seen: [string | undefined, string | undefined] = [undefined, undefined];
  handle = (request, response) => {
    seen = [request.method, request.headers['content-type']];
    request.pipe(response);
  };
  expect(await srv.post(url, { query: '{}' })).toEqual({ query: '{}' });
  expect(seen).toEqual(['POST', 'application/json']);
});

test('an error carries status, the message of the body and the request', async () => {
  answer(502, '{"message":"Cannot reach Tempo"}');
  await expect(srv.get(url)).rejects.toMatchObject({ status: 502, data: { message: 'Cannot reach Tempo' }, config: { url } });
  answer(500, 'plain words');
  await expect(srv.get(url)).rejects.toMatchObject({ status: 500, data: { message: 'plain words' } });
});

test('a server that cannot be reached is status 0', async () => {
  await expect(srv.get('http://127.0.0.1:1')).rejects.toMatchObject({ status: 0, data: { error: 'Network error' } });
});

test('unsubscribing aborts the request', async () => {
  const left = untilClientLeaves();
  const subscription = srv.fetch({ url }).subscribe();
  await once(server, 'request');
  subscription.unsubscribe();
  await left;
});

test('a newer request with the same id cancels the older', async () => {
  const left = untilClientLeaves();
  const older = srv.get(url, undefined, 'same').catch((error: unknown) => error);
  await once(server, 'request');
  const newer = srv.get(url, undefined, 'same');
  await left;
  expect(await older).toMatchObject({ cancelled: true, status: -1 });
  server.closeAllConnections();
  await expect(newer).rejects.toMatchObject({ status: 0 });
});

test("the caller's own signal cancels too", async () => {
  const abort = new AbortController();
  handle = () => abort.abort();
  await expect(lastValueFrom(srv.fetch({ url, abortSignal: abort.signal }))).rejects.toMatchObject({ cancelled: true });
});

test('a chunked body comes piece by piece, then an empty response', async () => {
  handle = (_request, response) => {
    response.write('first', () => setImmediate(() => response.end('last')));
  };
  const pieces = await lastValueFrom(srv.chunked({ url }).pipe(toArray()));
  const text = pieces.map(({ data }) => (data ? new TextDecoder().decode(data) : '')).join('');
  expect(text).toBe('firstlast');
  expect(pieces.at(-1)?.data).toBeUndefined();
});
