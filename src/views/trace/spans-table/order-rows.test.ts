import { decodeOtlpProtobuf } from '../../../formats';
import { messageOf, randomSpans } from '../../../formats/testing/random-spans';
import { traceSetOf } from '../../../analysis/testing/spans';
import { orderRows, type SpanColumnKey } from './order-rows';

const COLUMNS: Readonly<Record<SpanColumnKey, (set: ReturnType<typeof traceSetOf>, row: number) => number | string>> = {
  start: (set, row) => set.columns.startNs[row],
  duration: (set, row) => set.columns.durationNs[row],
  self: (set, row) => set.columns.selfNs[row],
  descendants: (set, row) => set.columns.subtreeSize[row],
  kind: (set, row) => set.columns.kind[row],
  status: (set, row) => set.columns.status[row],
  service: (set, row) => set.service(row),
  name: (set, row) => set.operation(row),
};

describe('orderRows', () => {
  it.each(Object.entries(COLUMNS))('by %s equals a stable sort of objects, both ways', (key, valueOf) => {
    const set = decodeOtlpProtobuf(messageOf(randomSpans(11, 300)));
    const rows = Uint32Array.from({ length: set.spanCount }, (_, row) => row);
    for (const isDescending of [false, true]) {
      const sign = isDescending ? -1 : 1;
      const expected = [...rows].sort((a, b) => {
        const [left, right] = [valueOf(set, a), valueOf(set, b)];
        return left < right ? -sign : left > right ? sign : 0;
      });
      expect([...orderRows(set, rows, { kind: 'column', key: key as SpanColumnKey }, isDescending)]).toEqual(expected);
    }
  });

  it('sorts attributes that are numbers as numbers, and rows without it last either way', () => {
    const set = traceSetOf([
      { id: 1, startNs: 0, durationNs: 9, attributes: { n: 10 } },
      { id: 2, parent: 1, startNs: 1, durationNs: 1 },
      { id: 3, parent: 1, startNs: 2, durationNs: 1, attributes: { n: 9 } },
    ]);
    const by = { kind: 'attribute', attribute: { scope: 'span', key: 'n' } } as const;
    expect([...orderRows(set, Uint32Array.of(0, 1, 2), by, false)]).toEqual([2, 0, 1]);
    expect([...orderRows(set, Uint32Array.of(0, 1, 2), by, true)]).toEqual([0, 2, 1]);
  });
});
