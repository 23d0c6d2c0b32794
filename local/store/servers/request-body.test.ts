import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { deflateSync, gzipSync } from 'node:zlib';
import { DEFAULT_RECEIVE_LIMITS, ReceiveBudget } from './receive-budget';
import { readBody } from './request-body';

const MIB = 1 << 20;

function request(body: Uint8Array, encoding: string): IncomingMessage {
  return Object.assign(Readable.from([Buffer.from(body)]), { headers: { 'content-encoding': encoding } }) as unknown as IncomingMessage;
}

describe('readBody', () => {
  test.each([['gzip', gzipSync], [' GZIP ', gzipSync], ['deflate', deflateSync]] as const)('unpacks %p', async (encoding, pack) => {
    const budget = new ReceiveBudget(MIB);
    const body = Buffer.from('spans'.repeat(100_000));
    const received = await readBody(request(pack(body), encoding), DEFAULT_RECEIVE_LIMITS, budget);
    expect(body.equals(received.bytes)).toBe(true);
    expect(budget.take(MIB - body.length + 1)).toBe(false);
    received.release();
    expect(budget.take(MIB)).toBe(true);
  });

  test('stops unpacking where there is no room, and gives back what it took', async () => {
    const budget = new ReceiveBudget(MIB);
    const take = jest.spyOn(budget, 'take');
    await expect(readBody(request(gzipSync(Buffer.alloc(50 * MIB)), 'gzip'), DEFAULT_RECEIVE_LIMITS, budget)).rejects.toMatchObject({ status: 429 });
    expect(Math.max(...take.mock.calls.map(([bytes]) => bytes))).toBeLessThanOrEqual(MIB / 4);
    expect(budget.take(MIB)).toBe(true);
  });

  test('names an encoding that it does not know', async () => {
    await expect(readBody(request(new Uint8Array(3), 'constructor'), DEFAULT_RECEIVE_LIMITS, new ReceiveBudget(MIB))).rejects.toThrow('unsupported content encoding "constructor"');
  });
});
