import { seededRandom } from '../testing/seeded-random';
import { HalfCalls } from './half-calls';

/** Few different keys over a small ring, so that every way in and out is taken often. */
test.each([1, 2, 3, 4, 5])('finds, adds and removes as a plain map does, seed %p', (seed) => {
  const random = seededRandom(seed);
  const capacity = 37;
  const calls = new HalfCalls(capacity);
  const oracle = new Map<string, number>();
  const view = new DataView(new ArrayBuffer(64 * 24));
  for (let i = 0; i < 64 * 24; i++) {
    view.setUint8(i, Math.floor(i / 24) + 1);
  }
  for (let step = 0; step < 1000; step++) {
    const n = Math.floor(random() * 64);
    const tenant = Math.floor(random() * 2);
    const key = { view, traceIdAt: n * 24, callerAt: random() < 0.1 ? -1 : n * 24 + 16, tenant };
    const name = `${n}/${key.callerAt}/${tenant}`;
    const at = calls.find(key);
    expect(at).toBe(oracle.get(name));
    if (at !== undefined) {
      expect([calls.isRoot(at), calls.tenant(at)]).toEqual([key.callerAt < 0, tenant]);
    }
    const oldest = calls.oldest();
    expect(oldest).toBe(oracle.size > 0 ? [...oracle.values()][0] : undefined);
    if (at !== undefined && random() < 0.7) {
      calls.remove(at);
      oracle.delete(name);
    } else if (at === undefined) {
      if (calls.isFull && oldest !== undefined) {
        calls.remove(oldest);
        oracle.delete([...oracle.keys()][0]);
        calls.oldest();
      }
      oracle.set(name, calls.add(key, step));
    }
    expect(calls.size).toBe(oracle.size);
  }
});
