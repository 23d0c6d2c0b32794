import fc from 'fast-check';
import { valueText, type TraceSet } from '../../trace';
import { arbitraryTraces } from '../testing/arbitrary-trace';
import { traceSetOf, type TestSpan } from '../testing/spans';
import { attributeDifference } from './attribute-difference';
import { MOST_VALUES } from './attribute-index';
import { split, wholeSet } from './cohort';
import { compareCohorts, compareTraces } from './compare';
import { meanSignificance, shareSignificance } from './significance';

/** Traces of one root each. */
function rootsOf(count: number, span: (at: number) => Partial<TestSpan>, firstTrace = 1): TestSpan[] {
  return Array.from({ length: count }, (_, at) => ({ id: 1, trace: firstTrace + at, durationNs: 10, ...span(at) }));
}

function pathOf(set: TraceSet, row: number): string {
  const up = set.columns.parent[row];
  return `${up < 0 ? '' : pathOf(set, up)}/${set.service(row)}:${set.operation(row)}`;
}

describe('compareTraces and compareCohorts', () => {
  test('every path of either side once, with both sides counted', () => {
    fc.assert(
      fc.property(arbitraryTraces(), arbitraryTraces(), (left, right) => {
        const [a, b] = [traceSetOf(left), traceSetOf(right)];
        const { paths, ranked } = compareCohorts(wholeSet(a), wholeSet(b))!;
        const texts: string[] = [];
        paths.forEach(({ parent, service, operation }) => texts.push(`${parent < 0 ? '' : texts[parent]}/${service}:${operation}`));
        const rows = (set: TraceSet) => Array.from({ length: set.spanCount }, (_, row) => row);
        const wanted = new Set([...rows(a).map((row) => pathOf(a, row)), ...rows(b).map((row) => pathOf(b, row))]);
        expect(texts.toSorted()).toEqual([...wanted].sort());
        paths.forEach((path, at) => {
          const ns = (set: TraceSet, column: Float64Array) => rows(set).filter((row) => pathOf(set, row) === texts[at]).reduce((sum, row) => sum + column[row], 0) / set.traceCount;
          expect(path.differenceNs).toBeCloseTo(ns(b, b.columns.durationNs) - ns(a, a.columns.durationNs), 9);
          expect(path.selfDifferenceNs).toBeCloseTo(ns(b, b.columns.selfNs) - ns(a, a.columns.selfNs), 9);
        });
        expect(ranked).toHaveLength(Math.min(100, paths.length));
      }),
      { seed: 20, numRuns: 100 }
    );
  });

  test('two traces', () => {
    const set = traceSetOf([
      { id: 1, name: 'GET', durationNs: 100 }, { id: 2, parent: 1, name: 'auth', durationNs: 10 }, { id: 3, parent: 1, name: 'SELECT', startNs: 20, durationNs: 20 },
      { id: 1, trace: 2, name: 'GET', durationNs: 190 }, { id: 3, trace: 2, parent: 1, name: 'SELECT', durationNs: 60 },
      { id: 4, trace: 2, parent: 1, name: 'SELECT', startNs: 60, durationNs: 50 }, { id: 5, trace: 2, parent: 1, name: 'cache', startNs: 120, durationNs: 5 },
    ]);
    const paths = compareTraces(set, 0, set, 1);
    expect(paths.map(({ operation, depth, left, right, differenceNs }) => [operation, depth, left.spansPerTrace, right.spansPerTrace, differenceNs])).toEqual([
      ['GET', 0, 1, 1, 90], ['SELECT', 1, 1, 2, 90], ['auth', 1, 1, 0, -10], ['cache', 1, 0, 1, 5],
    ]);
  });

  test('finds what makes the slow slow', () => {
    const spans = Array.from({ length: 400 }, (_, at): TestSpan[] => {
      const slow = at % 4 === 0;
      const jitter = (at * 7919) % 100;
      return [
        { id: 1, trace: at + 1, name: 'GET', durationNs: (slow ? 5000 : 2000) + jitter, attributes: { region: slow || at % 10 === 1 ? 'eu' : 'us', user: `u${at}` }, resource: { pod: `p${at % 2}` } },
        { id: 2, trace: at + 1, parent: 1, name: 'auth', durationNs: 1000 + jitter },
        { id: 3, trace: at + 1, parent: 1, name: 'SELECT', startNs: 1200, durationNs: slow ? 3500 : 500 },
      ];
    }).flat();
    const set = traceSetOf(spans);
    const { left, right } = split(set, (trace) => set.traceDurationNs(trace) > 4000);
    const comparison = compareCohorts(left, right)!;
    expect([comparison.left.traceCount, comparison.right.traceCount]).toEqual([300, 100]);
    expect(comparison.ranked[0]).toMatchObject({ operation: 'SELECT', selfDifferenceNs: 3000 });
    expect(comparison.attributes.differences.slice(0, 2).map(({ scope, key, value, rightShare }) => `${scope} ${key} ${value} ${rightShare}`).sort()).toEqual(['span region eu 1', 'span region us 0']);
    expect(comparison.attributes.differences[0].adjustedP).toBeLessThan(1e-6);
    const user = comparison.attributes.differences.find(({ key }) => key === 'user');
    expect(user?.adjustedP).toBe(1);
  });

  test('nothing to compare', () => {
    const set = traceSetOf([{ id: 1 }]);
    expect(compareCohorts(wholeSet(set), wholeSet(traceSetOf([])))).toBeUndefined();
    const [path] = compareTraces(set, 0, set, 0);
    expect(path).toMatchObject({ differenceNs: 0, duration: { z: 0, p: 1 }, presence: { z: 0, p: 1 } });
  });

  test('100,000 deep', () => {
    const set = traceSetOf(Array.from({ length: 100_000 }, (_, at) => ({ id: at + 1, parent: at || undefined })));
    expect(compareTraces(set, 0, set, 0)).toHaveLength(100_000);
  });

  test('200,000 different children of one span', () => {
    const set = traceSetOf(Array.from({ length: 200_001 }, (_, at) => ({ id: at + 1, parent: at > 0 ? 1 : undefined, name: `operation ${at}` })));
    expect(compareTraces(set, 0, set, 0)).toHaveLength(200_001);
  });
});

describe('attributeDifference', () => {
  test('equals a count over details', () => {
    const value = fc.constantFrom<string | number | boolean>('x', 'y', 1, true);
    const attributes = fc.dictionary(fc.constantFrom('a', 'b', '__proto__x'), value);
    const spans = fc.array(fc.record({ attributes, resource: attributes, trace: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 12 })
      .map((list) => list.map((span, at): TestSpan => ({ ...span, id: at + 1 })));
    fc.assert(
      fc.property(spans, spans, (left, right) => {
        const [a, b] = [traceSetOf(left), traceSetOf(right)];
        const count = (set: TraceSet, scope: string, key: string, text: string) => {
          const traces = new Set<number>();
          for (let row = 0; row < set.spanCount; row++) {
            const source = scope === 'span' ? set.detail(row) : set.resource(row);
            if (source.attributes.some((attribute) => attribute.key === key && valueText(attribute.value) === text)) {
              traces.add(set.traceOf(row));
            }
          }
          return traces.size;
        };
        const { differences, comparedCount } = attributeDifference(wholeSet(a), wholeSet(b));
        expect(differences).toHaveLength(comparedCount);
        for (const { scope, key, value: text, leftCount, rightCount } of differences) {
          expect([leftCount, rightCount]).toEqual([count(a, scope, key, text), count(b, scope, key, text)]);
        }
      }),
      { seed: 21, numRuns: 100 }
    );
  });

  test('keys with too many values are left out and named', () => {
    const set = traceSetOf(rootsOf(MOST_VALUES + 5, (at) => ({ attributes: { id: `i${at}`, zone: 'z' } })));
    const { crowdedKeys, comparedCount } = attributeDifference(wholeSet(set), wholeSet(set));
    expect(crowdedKeys).toEqual(['id']);
    expect(comparedCount).toBe(2); // the zone and the resource's service.name
  });
});

describe('significance', () => {
  test('published values', () => {
    // 15 of 100 against 30 of 100: z 2.5400, p 0.01109 (normal tables).
    const { z, p } = shareSignificance(15, 100, 30, 100);
    expect(z).toBeCloseTo(2.54, 2);
    expect(p).toBeCloseTo(0.0111, 4);
    expect(shareSignificance(0, 10, 0, 10)).toEqual({ z: 0, p: 1 });
  });

  test('means', () => {
    const moments = (values: number[]) => ({ count: values.length, sum: values.reduce((a, b) => a + b), squares: values.reduce((a, b) => a + b * b, 0) });
    const { z } = meanSignificance(moments([1, 2, 3, 4, 5]), moments([2, 4, 6, 8, 10]));
    expect(z).toBeCloseTo(3 / Math.sqrt(2.5 / 5 + 10 / 5), 9);
    expect(meanSignificance(moments([1]), moments([9]))).toEqual({ z: 0, p: 1 });
    expect(meanSignificance(moments([1, 1]), moments([9, 9]))).toEqual({ z: Infinity, p: 0 });
  });
});
