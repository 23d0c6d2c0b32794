import { Readable } from 'node:stream';
import { deflateSync, gzipSync } from 'node:zlib';
import { DEFAULT_RECEIVE_LIMITS, ReceiveBudget } from './receive-budget';
import { BodyError, BodyReader } from './request-body';

const MIB = 1 << 20;

describe('BodyReader', () => {
  test.each([['gzip', gzipSync], [' GZIP ', gzipSync], ['deflate', deflateSync]] as const)('unpacks %p', async (encoding, pack) => {
    const budget = new ReceiveBudget(MIB);
    const body = Buffer.from('spans'.repeat(100_000));
    const reader = new BodyReader(DEFAULT_RECEIVE_LIMITS, budget);
    expect(body.equals(await reader.unpack(await reader.receive(Readable.from([pack(body)])), encoding))).toBe(true);
    expect(budget.take(MIB - body.length + 1)).toBe(false);
    reader.release();
    expect(budget.take(MIB)).toBe(true);
  });

  test('stops unpacking where there is no room, and gives back what it took', async () => {
    const budget = new ReceiveBudget(MIB);
    const take = jest.spyOn(budget, 'take');
    const reader = new BodyReader(DEFAULT_RECEIVE_LIMITS, budget);
    await expect(reader.unpack(gzipSync(Buffer.alloc(50 * MIB)), 'gzip')).rejects.toMatchObject({ status: 429 });
    reader.release();
    expect(Math.max(...take.mock.calls.map(([bytes]) => bytes))).toBeLessThanOrEqual(MIB / 4);
    expect(budget.take(MIB)).toBe(true);
  });

  test('names an encoding that it does not know', async () => {
    const reader = new BodyReader(DEFAULT_RECEIVE_LIMITS, new ReceiveBudget(MIB));
    await expect(reader.unpack(new Uint8Array(3), 'constructor')).rejects.toThrow('unsupported content encoding "constructor"');
  });

  test('leaves a body that is too large unread, for whoever has to answer', async () => {
    const source = Readable.from([Buffer.alloc(MIB), Buffer.alloc(MIB)]);
    const reader = new BodyReader({ ...DEFAULT_RECEIVE_LIMITS, bodyBytes: 10 }, new ReceiveBudget(MIB));
    await expect(reader.receive(source)).rejects.toThrow(BodyError);
    expect(source.destroyed).toBe(false);
  });
});
