import { connect, type AddressInfo } from 'node:net';
import type http from 'node:http';
import { HttpError } from './http-error';
import { createServer } from './server';

let server: http.Server;
let port: number;

beforeAll(async () => {
  server = createServer([
    { method: 'POST', path: '/echo', handle: ({ json }) => Promise.resolve({ status: 200, body: json() }) },
    { method: 'GET', path: '/refused', handle: () => Promise.reject(new HttpError(418, 'Teapot', 'short and stout')) },
    { method: 'GET', path: '/broken', handle: () => Promise.reject(new Error('internal detail')) },
  ]);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});

afterAll(() => server.close());

async function request(path: string, init?: RequestInit): Promise<[number, unknown]> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  return [response.status, await response.json()];
}

const post = (body: string): RequestInit => ({ method: 'POST', body });

test('answers a route with its reply', async () => {
  expect(await request('/echo?x=1', post('{"a":1}'))).toEqual([200, { a: 1 }]);
  expect(await request('/echo', post(''))).toEqual([200, {}]);
});

test.each(['{', '[]', 'null', '"text"', '\u0000'])('refuses the body %j', async (body) => {
  expect(await request('/echo', post(body))).toEqual([400, expect.objectContaining({ error: 'InvalidBody' })]);
});

test('refuses a body that is too large', async () => {
  expect(await request('/echo', post(`{"a":"${'x'.repeat(70_000)}"}`))).toEqual([413, expect.objectContaining({ error: 'BodyTooLarge' })]);
});

test('knows neither other paths nor other methods', async () => {
  expect((await request('/other'))[0]).toBe(404);
  expect((await request('/echo'))[0]).toBe(404);
});

test('shows the message of a refusal, not of a defect', async () => {
  expect(await request('/refused')).toEqual([418, { error: 'Teapot', message: 'short and stout' }]);
  expect(await request('/broken')).toEqual([500, { error: 'InternalError', message: 'the request failed' }]);
});

test.each(['//', 'http://[', '*', '/%'])('survives the request target %s', async (target) => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(`GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`));
    let received = '';
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
});
