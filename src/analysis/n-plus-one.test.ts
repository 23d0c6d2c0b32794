import fc from 'fast-check';
import { repeatedCalls } from './n-plus-one';
import { arbitraryTrace } from './testing/arbitrary-trace';
import { traceSetOf, type TestSpan } from './testing/spans';

const query = (id: number, startNs: number, rest: Partial<TestSpan> = {}): TestSpan => ({ id, parent: 1, kind: 'client', name: 'SELECT', startNs, durationNs: 10, ...rest });
const describeCalls = (spans: readonly TestSpan[], atLeast = 3) =>
  repeatedCalls(traceSetOf(spans), 0, { atLeast }).map(({ operation, rows, coveredNs, sequentialShare }) => [operation, rows.length, coveredNs, sequentialShare]);

describe('repeatedCalls', () => {
  test('groups of children equal a count over objects', () => {
    fc.assert(
      fc.property(arbitraryTrace(), (spans) => {
        const set = traceSetOf(spans);
        const childrenOf = (span: TestSpan) => spans.filter(({ parent }) => parent === span.id);
        const callsOut = (span: TestSpan): boolean => ['client', 'producer', 'unspecified'].includes(span.kind!) || childrenOf(span).some((child) => child.service !== span.service || callsOut(child));
        const expected = spans.flatMap((span) => {
          const counts = new Map<string, number>();
          for (const child of childrenOf(span)) {
            if (child.service !== span.service || callsOut(child)) {
              const key = `${span.id} ${child.service} ${child.name}`;
              counts.set(key, (counts.get(key) ?? 0) + 1);
            }
          }
          return [...counts].filter(([, count]) => count >= 2).map(([key, count]) => `${key} ${count}`);
        });
        const found = repeatedCalls(set, 0, { atLeast: 2 }).map(({ parentRow, service, operation, rows }) => `${parseInt(set.spanId(parentRow), 16)} ${service} ${operation} ${rows.length}`);
        expect(found.sort()).toEqual(expected.sort());
      }),
      { seed: 19, numRuns: 300 }
    );
  });

  test('a loop and a fan-out', () => {
    const root: TestSpan = { id: 1, durationNs: 100 };
    expect(describeCalls([root, query(2, 0), query(3, 10), query(4, 30)])).toEqual([['SELECT', 3, 30, 1]]);
    expect(describeCalls([root, query(2, 0), query(3, 1), query(4, 2)])).toEqual([['SELECT', 3, 12, 0]]);
    expect(describeCalls([root, query(2, 0), query(3, 10)])).toEqual([]);
    expect(describeCalls([root, ...[2, 3, 4].map((id) => query(id, 0, { kind: 'internal' }))])).toEqual([]);
  });

  test('of an unknown kind', () => {
    expect(describeCalls([{ id: 1 }, ...[2, 3, 4].map((id) => query(id, 0, { kind: 'unspecified' }))])).toEqual([['SELECT', 3, 10, 0]]);
  });

  test('names that differ in ids', () => {
    const paths = ['GET /users/17', 'GET /users/18', 'GET /users/6f9619ff-8b86-d011-b42d-00c04fc964ff'];
    expect(describeCalls([{ id: 1 }, ...paths.map((name, at) => query(at + 2, 0, { name }))])).toEqual([['GET /users/*', 3, 10, 0]]);
  });

  test('wrapped in internal spans', () => {
    const items = [10, 20, 30].flatMap((id): TestSpan[] => [{ id, parent: 1, kind: 'internal', name: 'load item', startNs: id, durationNs: 5 }, query(id + 1, id, { parent: id, durationNs: 4 })]);
    expect(describeCalls([{ id: 1 }, ...items])).toEqual([['load item', 3, 15, 1]]);
  });

  test('50,000 wide and 100,000 deep', () => {
    expect(describeCalls([{ id: 1 }, ...Array.from({ length: 50_000 }, (_, at) => query(at + 2, at))])).toEqual([['SELECT', 50_000, 50_009, 0]]);
    expect(describeCalls(Array.from({ length: 100_000 }, (_, at) => query(at + 1, at, { parent: at || undefined })))).toEqual([]);
  });
});
