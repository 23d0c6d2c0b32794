import fc from 'fast-check';
import { criticalPath } from './critical-path';
import { CriticalPathAggregate, criticalPathShares } from './critical-path-shares';
import { arbitraryTraces } from './testing/arbitrary-trace';
import { traceSetOf } from './testing/spans';

describe('criticalPathShares', () => {
  test('adds up the paths of the traces', () => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => {
        const set = traceSetOf(spans);
        const shares = criticalPathShares(set);
        for (const { service, ns, traceCount } of shares.services) {
          let expectedNs = 0;
          const traces = new Set<number>();
          for (let trace = 0; trace < set.traceCount; trace++) {
            const { rows, startNs, endNs } = criticalPath(set, trace);
            rows.forEach((row, at) => {
              if (set.service(row) === service) {
                expectedNs += endNs[at] - startNs[at];
                traces.add(trace);
              }
            });
          }
          expect([ns, traceCount]).toEqual([expectedNs, traces.size]);
        }
        expect(shares.operations.reduce((sum, { ns }) => sum + ns, 0)).toBe(shares.totalNs);
      }),
      { seed: 5, numRuns: 200 }
    );
  });

  test('merging equals adding', () => {
    fc.assert(
      fc.property(arbitraryTraces(), arbitraryTraces(), (left, right) => {
        const [a, b] = [traceSetOf(left), traceSetOf(right)];
        const merged = new CriticalPathAggregate().add(a).merge(new CriticalPathAggregate().add(b)).finish();
        expect(merged).toEqual(new CriticalPathAggregate().add(b).add(a).finish());
      }),
      { seed: 6, numRuns: 50 }
    );
  });

  test('an edge owns the time below it until the next service', () => {
    const { edges, services, totalNs } = criticalPathShares(
      traceSetOf([
        { id: 1, service: 'web', durationNs: 100 },
        { id: 2, parent: 1, service: 'api', startNs: 10, durationNs: 80 },
        { id: 3, parent: 2, service: 'api', startNs: 20, durationNs: 50 },
        { id: 4, parent: 3, service: 'auth', startNs: 30, durationNs: 20 },
      ])
    );
    expect(totalNs).toBe(100);
    expect(services.map(({ service, share }) => [service, share])).toEqual([['api', 0.6], ['auth', 0.2], ['web', 0.2]]);
    expect(edges.map(({ source, target, ns }) => [source, target, ns])).toEqual([['web', 'api', 60], ['api', 'auth', 20]]);
  });

  test('nothing to wait for', () => {
    expect(criticalPathShares(traceSetOf([{ id: 1 }]))).toEqual({ traceCount: 1, totalNs: 0, services: [], operations: [], edges: [] });
  });
});
