import fc from 'fast-check';
import { serviceGraph } from '../analysis/service-graph';
import { arbitraryTrace } from '../analysis/testing/arbitrary-trace';
import { traceSetOf } from '../analysis/testing/spans';
import { decodeOtlpProtobuf, encodeOtlpProtobuf } from '../formats';
import { NO_PARENT } from './columns';
import { pickTraces } from './pick-traces';
import type { TraceSet } from './trace-set';

/** Spans in the order of their ids: brothers that start at once may come in another one. */
const spansOf = (set: TraceSet) =>
  Array.from({ length: set.spanCount }, (_, row) => {
    const up = set.columns.parent[row];
    const { depth, selfNs, subtreeSize } = set.columns;
    return [
      `${set.traceId(set.traceOf(row))} ${set.spanId(row)}`,
      { parent: up === NO_PARENT ? '' : set.spanId(up), detail: set.detail(row), service: set.service(row), startUnixNs: set.startUnixNs(row), depth: depth[row], selfNs: selfNs[row], size: subtreeSize[row] },
    ] as const;
  }).sort(([a], [b]) => (a < b ? -1 : 1));

describe('pickTraces', () => {
  it('is what is left when the traces alone are written and read', () => {
    const some = fc.tuple(arbitraryTrace({ trace: 1 }), arbitraryTrace({ trace: 2 }), arbitraryTrace({ trace: 3 }));
    fc.assert(
      fc.property(some, fc.subarray([0, 1, 2]), (traces, picked) => {
        const set = traceSetOf(traces.flat());
        const [actual, wanted] = [pickTraces(set, picked), decodeOtlpProtobuf(encodeOtlpProtobuf(set, picked))];
        expect(actual.traceCount).toBe(picked.length);
        expect(spansOf(actual)).toEqual(spansOf(wanted));
        expect(serviceGraph(actual)).toEqual(serviceGraph(wanted));
      }),
      { seed: 6 }
    );
  });
});
