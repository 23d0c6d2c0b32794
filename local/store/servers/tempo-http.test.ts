import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiRequest, ApiResponse } from '../engine/messages';
import { tempoHttpServer } from './tempo-http';

test('a client that goes away cancels its query; one that waits does not', async () => {
  const asked: Array<{ request: ApiRequest; signal: AbortSignal | undefined; answer: (response: ApiResponse) => void }> = [];
  const server = tempoHttpServer({ api: (request, signal) => new Promise((answer) => asked.push({ request, signal, answer })) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/search?q=%7B%7D`;
  const untilAsked = async (count: number): Promise<void> => {
    while (asked.length < count) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  const leaving = http.get(url).on('error', () => undefined);
  await untilAsked(1);
  const cancelled = new Promise((resolve) => asked[0].signal?.addEventListener('abort', resolve));
  leaving.destroy();
  await cancelled;

  const staying = fetch(url);
  await untilAsked(2);
  asked[1].answer({ status: 200, contentType: 'application/json', body: '{"traces":[]}' });
  expect(await (await staying).json()).toEqual({ traces: [] });
  expect(asked[1].signal?.aborted).toBe(false);

  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
