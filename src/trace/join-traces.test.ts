import { traceSetOf, testTraceId } from '../analysis/testing/spans';
import { joinTraces } from './join-traces';

const first = traceSetOf([
  { id: 1, trace: 7, service: 'api', startNs: 1000, durationNs: 500, links: [{ trace: 8, id: 3 }] },
  { id: 2, trace: 7, parent: 1, service: 'db', startNs: 1100, durationNs: 100, attributes: { q: 'one' } },
]);
const second = traceSetOf([
  { id: 3, trace: 8, service: 'db', startNs: 400, durationNs: 2000, name: 'job' },
  { id: 4, trace: 8, parent: 3, service: 'mail', startNs: 500, durationNs: 100, attributes: { q: 'two' }, resource: { zone: 'b' } },
]);

describe('joinTraces', () => {
  const joined = joinTraces(first, 0, second, 0);

  it('puts the rows of both on one time line', () => {
    expect([joined.firstRow(0), joined.endRow(0)]).toEqual([0, 4]);
    expect([...joined.columns.startNs]).toEqual([600, 700, 0, 100]);
    expect([...joined.columns.parent]).toEqual([-1, 0, -1, 2]);
    expect(joined.traceDurationNs(0)).toBe(2000);
    expect(joined.startUnixNs(0)).toBe(first.startUnixNs(0));
    expect(joined.startUnixNs(3)).toBe(second.startUnixNs(1));
  });

  it('keeps ids, names and details of every row', () => {
    expect([0, 1, 2, 3].map((row) => joined.traceId(joined.traceOf(row)))).toEqual([7, 7, 8, 8].map(testTraceId));
    expect([0, 1, 2, 3].map((row) => joined.service(row))).toEqual(['api', 'db', 'db', 'mail']);
    expect([1, 3].map((row) => joined.attribute(row, 'q'))).toEqual([first.attribute(1, 'q'), second.attribute(1, 'q')]);
    expect(joined.resourceAttribute(3, 'zone')).toEqual({ kind: 'string', value: 'b' });
    expect(joined.resourceAttribute(0, 'zone')).toBeUndefined();
  });

  it('can be joined again', () => {
    const third = traceSetOf([{ id: 5, trace: 9, startNs: 0, durationNs: 1 }]);
    expect([0, 2, 4].map((row) => joinTraces(joined, 0, third, 0).traceId(joinTraces(joined, 0, third, 0).traceOf(row)))).toEqual([7, 8, 9].map(testTraceId));
  });
});
