import { BackendError, type HttpResponse, type HttpTransport } from './http-client';
import { request, type RequestPolicy } from './request';

const POLICY: RequestPolicy = { timeoutMs: 50, maxRetries: 2, retryWithinMs: 10_000, backoffMs: 1, random: () => 0 };
const answer = (status: number): HttpResponse => ({ status, mediaType: 'text/plain', body: new Uint8Array() });

/** Gives each outcome in turn, the last one for ever; counts the calls. */
function scripted(...outcomes: ReadonlyArray<HttpResponse | Error>) {
  let calls = 0;
  const transport: HttpTransport = async () => {
    const outcome = outcomes[Math.min(calls++, outcomes.length - 1)];
    if (outcome instanceof Error) {
      throw outcome;
    }
    return outcome;
  };
  return { transport, calls: () => calls };
}

const never: HttpTransport = ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));

describe('request', () => {
  it.each([429, 502, 503])('tries %d again and gives the answer that comes then', async (status) => {
    const { transport, calls } = scripted(answer(status), answer(200));
    expect((await request(transport, { path: '/a' }, POLICY)).status).toBe(200);
    expect(calls()).toBe(2);
  });

  it.each([400, 401, 404, 413, 422, 500, 504])('does not try %d again', async (status) => {
    const { transport, calls } = scripted(answer(status));
    expect((await request(transport, { path: '/a' }, POLICY)).status).toBe(status);
    expect(calls()).toBe(1);
  });

  it('does not try again what failed only after a long time', async () => {
    const { transport, calls } = scripted(answer(502), answer(200));
    expect((await request(transport, { path: '/a' }, { ...POLICY, retryWithinMs: 0 })).status).toBe(502);
    expect(calls()).toBe(1);
  });

  it('gives up on lost connections after the tries it has, naming the request', async () => {
    const { transport, calls } = scripted(new Error('connection reset'));
    await expect(request(transport, { path: '/api/search' }, POLICY)).rejects.toMatchObject({ kind: 'unreachable', message: expect.stringContaining('/api/search') });
    expect(calls()).toBe(3);
  });

  it('ends a request without an answer by its time-out, once', async () => {
    await expect(request(never, { path: '/slow' }, POLICY)).rejects.toMatchObject({ kind: 'timeout', message: expect.stringContaining('/slow') });
  });

  it('gives an answer that comes in pieces the time it takes, as long as pieces come', async () => {
    const inPieces: HttpTransport = async ({ signal, onReceived }) => {
      for (let piece = 1; piece <= 4; piece++) {
        await new Promise((resolve) => setTimeout(resolve, POLICY.timeoutMs / 2));
        signal?.throwIfAborted();
        onReceived?.({ chunk: new Uint8Array(1), receivedBytes: piece, totalBytes: undefined });
      }
      return answer(200);
    };
    const received: number[] = [];
    const { status } = await request(inPieces, { path: '/a', onReceived: ({ receivedBytes }) => received.push(receivedBytes) }, POLICY);
    expect([status, received]).toEqual([200, [1, 2, 3, 4]]);
  });

  it('ends at once when cancelled, also while it waits to try again', async () => {
    const abort = new AbortController();
    const { transport } = scripted(answer(503));
    const waiting = request(transport, { path: '/a', signal: abort.signal }, { ...POLICY, backoffMs: 60_000 });
    setTimeout(() => abort.abort(), 5);
    const error = await waiting.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ kind: 'aborted' });
  });
});
