import { emptySet } from '../sets/merge-sets';
import { ApiClient } from './api-client';
import type { HttpResponse } from './http-client';

describe('large answers', () => {
  const what = { path: '/api/traces/ab' };
  const answer = (length: number): HttpResponse => ({ status: 200, mediaType: '', body: new Uint8Array(length) });
  const here = () => emptySet();

  it('are decoded elsewhere, small ones here', async () => {
    const lengths: number[] = [];
    const client = new ApiClient(async () => answer(0), undefined, async ({ length }) => {
      lengths.push(length);
      return emptySet();
    });
    await client.traces(what, answer(10), here);
    await client.traces(what, answer(1e6), here);
    expect(lengths).toEqual([1e6]);
  });

  it('that cannot be decoded are an error that names the request', async () => {
    const client = new ApiClient(async () => answer(0), undefined, () => Promise.reject(new Error('byte 7')));
    await expect(client.traces(what, answer(1e6), here)).rejects.toMatchObject({ kind: 'format', message: 'The answer to /api/traces/ab could not be read: byte 7' });
  });
});

it.each([
  [502, 'cannot reach the backend'],
  [504, 'longer than Grafana waits'],
])('a bare %d of the proxy is explained, and where its limits are set', async (status, explanation) => {
  const client = new ApiClient(async () => ({ status, mediaType: '', body: new Uint8Array() }), { timeoutMs: 1000, maxRetries: 0, retryWithinMs: 0, backoffMs: 1, random: () => 0 });
  await expect(client.get({ path: '/api/search' })).rejects.toThrow(new RegExp(`^/api/search was answered with ${status}.*${explanation}.*Timeout of the data source.*\\[dataproxy\\]`));
});
