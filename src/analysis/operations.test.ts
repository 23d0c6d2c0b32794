import fc from 'fast-check';
import { hotPathStatus, type HotPath } from './hot-paths';
import { operations, OperationsBuilder } from './operations';
import { arbitraryTraces } from './testing/arbitrary-trace';
import { traceSetOf, type TestSpan } from './testing/spans';

describe('operations', () => {
  test('equal a count over objects', () => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => {
        const rows = operations(traceSetOf(spans));
        expect(rows.reduce((sum, { calls }) => sum + calls.count, 0)).toBe(spans.length);
        for (const { service, operation, calls } of rows) {
          const own = spans.filter((span) => span.service === service && span.name === operation);
          const durations = own.map(({ durationNs }) => durationNs!).sort((a, b) => a - b);
          expect([calls.count, calls.errorCount, calls.p50Ns, calls.p99Ns]).toEqual([
            own.length, own.filter(({ status }) => status === 'error').length, durations[Math.ceil(own.length / 2) - 1], durations[Math.ceil(0.99 * own.length) - 1],
          ]);
        }
      }),
      { seed: 17, numRuns: 100 }
    );
  });

  test('merging equals adding', () => {
    fc.assert(
      fc.property(arbitraryTraces(), arbitraryTraces(), (left, right) => {
        const [a, b] = [traceSetOf(left), traceSetOf(right)];
        const merged = new OperationsBuilder().add(a).merge(new OperationsBuilder().add(b)).finish();
        expect(merged).toEqual(new OperationsBuilder().add(b).add(a).finish());
      }),
      { seed: 18, numRuns: 50 }
    );
  });

  test('what arrives at a service comes before what is more frequent inside it', () => {
    const set = traceSetOf([
      { id: 1, service: 'api', name: 'login', kind: 'server' },
      { id: 2, parent: 1, service: 'api', name: 'GET', kind: 'client' },
      { id: 3, parent: 1, service: 'api', name: 'GET', kind: 'client' },
    ]);
    expect(operations(set).map(({ operation, calls }) => [operation, calls.count])).toEqual([['login', 1], ['GET', 2]]);
  });

  test('names such as __proto__ are names', () => {
    expect(operations(traceSetOf([{ id: 1, service: '__proto__', name: 'constructor' }]))).toMatchObject([{ service: '__proto__', operation: 'constructor' }]);
  });
});

describe('hotPathStatus', () => {
  const path: HotPath = { operation: 'auth.login', objectiveNs: 100, target: 0.9 };
  const status = (calls: ReadonlyArray<Partial<TestSpan>>, of = path) =>
    hotPathStatus(new OperationsBuilder().add(traceSetOf(calls.map((call, at) => ({ id: 1, trace: at + 1, name: 'auth.login', ...call })))), of);
  const many = (count: number, call: Partial<TestSpan>) => Array.from({ length: count }, () => call);

  test('verdicts', () => {
    expect(status([]).verdict).toBe('unseen');
    expect(status(many(200, { durationNs: 50 })).verdict).toBe('met');
    expect(status(many(200, { durationNs: 500 })).verdict).toBe('missed');
    expect(status(many(200, { durationNs: 50, status: 'error' })).verdict).toBe('missed');
    expect(status(many(5, { durationNs: 50 })).verdict).toBe('close');
    expect(status(many(200, { durationNs: 50 }), { ...path, service: 'other' }).verdict).toBe('unseen');
  });

  test('shares', () => {
    const { fastShare, errorShare, calls } = status([...many(3, { durationNs: 50 }), { durationNs: 101, status: 'error' }]);
    expect([fastShare.value, errorShare.value, calls.count]).toEqual([0.75, 0.25, 4]);
  });
});
