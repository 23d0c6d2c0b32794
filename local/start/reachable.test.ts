import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectHttpAnswer, expectHttpSuccess, expectOtlpGrpcSuccess, hostToConnectTo, urlHost } from './reachable';

describe('addresses', () => {
  it('a wildcard is reached through loopback, IPv6 is bracketed in a URL', () => {
    expect(['0.0.0.0', '::', 'localhost', '10.1.2.3'].map(hostToConnectTo)).toEqual(['127.0.0.1', '::1', 'localhost', '10.1.2.3']);
    expect(urlHost('::1')).toBe('[::1]');
  });
});

describe('expectations', () => {
  const server = createServer((_, response) => {
    response.statusCode = 503;
    response.end();
  });
  let port: number;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('any answer is an answer, but not any answer is a success', async () => {
    expect((await expectHttpAnswer(`http://127.0.0.1:${port}/`)).status).toBe(503);
    await expect(expectHttpSuccess(`http://127.0.0.1:${port}/`)).rejects.toThrow(/answered 503/);
  });

  it('names the address that nobody listens on', async () => {
    await expect(expectHttpAnswer('http://127.0.0.1:1/')).rejects.toThrow(/http:\/\/127\.0\.0\.1:1\/ cannot be reached: .*/);
    await expect(expectOtlpGrpcSuccess('127.0.0.1', 1)).rejects.toThrow(/port 1 /);
  });
});
