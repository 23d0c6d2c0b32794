import { decodeOtlpProtobuf, decodeOtlpProtobufForGraph } from '../formats';
import { OtlpMessageBuilder } from '../formats/otlp/otlp-builder';
import { messageOf, randomSpans, type RandomSpan } from '../formats/testing/random-spans';
import { NO_PARENT, Repair, TraceSet, TraceSetBuilder, type SpanId, type TraceId } from './index';

const TRACE_ID = '000000000000000000000000000000ab' as TraceId;
const idOf = (number: number) => number.toString(16).padStart(16, '0') as SpanId;

/** Spans given as [id, parent, start, end]. */
function traceOf(...spans: Array<[id: number, parent: number, startNs: number, endNs: number, kind?: number, service?: string]>): TraceSet {
  const message = new OtlpMessageBuilder();
  for (const [id, parent, startNs, endNs, kind = 1, service = 'a'] of spans) {
    message.add(service, () => [{ key: 'service.name', value: { kind: 'string', value: service } }], {
      traceId: TRACE_ID, spanId: idOf(id), parentSpanId: parent === 0 ? undefined : idOf(parent), name: `span ${id}`, kind, status: 0,
      startUnixNs: startNs === 0 ? undefined : 1000n + BigInt(startNs), endUnixNs: endNs === 0 ? undefined : 1000n + BigInt(endNs),
    });
  }
  return decodeOtlpProtobuf(message.finish());
}

const codes = (set: TraceSet) => Object.fromEntries(set.warnings(0).map(({ code, count }) => [code, count]));
const ids = (set: TraceSet) => Array.from({ length: set.spanCount }, (_, row) => Number(`0x${set.spanId(row)}`));

describe('traces', () => {
  it('are found by id', () => {
    const set = decodeOtlpProtobuf(messageOf(randomSpans(7, 60)));
    const traces = Array.from({ length: set.traceCount }, (_, trace) => trace);
    expect(traces.map((trace) => set.traceIndex(set.traceId(trace)))).toEqual(traces);
    expect(set.traceIndex('f'.repeat(32) as TraceId)).toBeUndefined();
    expect(set.traceIndex('__proto__' as TraceId)).toBeUndefined();
  });
});

describe('rows', () => {
  it('come depth first, siblings by start, with depth and subtree size', () => {
    const set = traceOf([5, 2, 30, 40], [3, 1, 50, 60], [2, 1, 10, 45], [1, 0, 5, 100], [4, 2, 20, 25]);
    expect(ids(set)).toEqual([1, 2, 4, 5, 3]);
    expect([...set.columns.depth]).toEqual([0, 1, 2, 2, 1]);
    expect([...set.columns.subtreeSize]).toEqual([5, 3, 1, 1, 1]);
    expect([...set.columns.parent]).toEqual([NO_PARENT, 0, 1, 1, 0]);
  });

  it('keep times exact to the nanosecond and ids with their leading zeros', () => {
    const set = traceOf([1, 0, 7, 8]);
    expect(set.startUnixNs(0)).toBe(1007n);
    expect(set.traceId(0)).toBe(TRACE_ID);
    expect(set.spanId(0)).toBe('0000000000000001');
  });

  it('know the time no child covers', () => {
    const set = traceOf([1, 0, 100, 200], [2, 1, 90, 120], [3, 1, 110, 150], [4, 1, 190, 300]);
    expect(set.columns.selfNs[0]).toBe(100 - 50 - 10);
  });
});

describe('repairs', () => {
  it('makes a span with a missing parent a root and says so', () => {
    const set = traceOf([2, 9, 10, 20], [3, 2, 12, 14]);
    expect(codes(set)).toEqual({ missingParent: 1, noRoot: 1 });
    expect(set.detail(0).parentSpanId).toBe(idOf(9));
  });

  it('cuts cycles above the span that starts first', () => {
    const set = traceOf([1, 2, 20, 30], [2, 1, 10, 40], [3, 3, 5, 6], [4, 1, 22, 23]);
    expect(codes(set)).toEqual({ cycle: 2, severalRoots: 2 });
    expect(ids(set)).toEqual([3, 2, 1, 4]);
  });

  it('leaves out identical copies and keeps different spans with one id', () => {
    const set = traceOf([1, 0, 10, 90], [2, 1, 20, 30], [2, 1, 20, 30], [2, 1, 40, 50], [3, 2, 22, 24]);
    expect(codes(set)).toEqual({ identicalCopies: 1, duplicateId: 1 });
    expect(ids(set)).toEqual([1, 2, 3, 2]);
  });

  it('puts a server that shares its id below its client, and the children of the id below the server', () => {
    const set = traceOf([1, 0, 10, 90], [2, 1, 20, 60, 3, 'a'], [2, 1, 30, 50, 2, 'b'], [4, 2, 35, 40, 1, 'b']);
    expect([...set.columns.parent]).toEqual([NO_PARENT, 0, 1, 2]);
    expect(codes(set)).toEqual({ sharedId: 1 });
  });

  it('shows impossible durations as 0 and unknown starts at the parent', () => {
    const set = traceOf([1, 0, 10, 90], [2, 1, 50, 40], [3, 1, 60, 0], [4, 3, 0, 0]);
    expect(codes(set)).toEqual({ negativeDuration: 1, unknownDuration: 2, missingStart: 1 });
    expect([...set.columns.durationNs]).toEqual([80, 0, 0, 0]);
    expect(set.columns.startNs[3]).toBe(50);
  });

  it('takes a clock that starts with the trace at its word', () => {
    const set = traceOf([1, 0, -1000, 90], [2, 1, -990, 40], [3, 2, -1000, -995]);
    expect(codes(set)).toEqual({});
    expect([set.startUnixNs(0), ...set.columns.startNs]).toEqual([0n, 0, 10, 0]);
    expect([...set.columns.durationNs]).toEqual([1090, 1030, 5]);
  });

  it.each([1, 2, 3])('forgets a start that is years away, wherever it comes (%i)', (at) => {
    const spans: Array<Parameters<typeof traceOf>[number]> = [[1, 0, 3e18, 3e18 + 8192], [2, 1, 3e18 + 1024, 3e18 + 4096], [3, 1, 3e18 + 2048, 3e18 + 4096]];
    spans.splice(at, 0, [4, 2, 5, 1005]);
    const set = traceOf(...spans);
    expect(codes(set)).toEqual({ missingStart: 1 });
    expect([set.startUnixNs(0), ids(set)]).toEqual([3_000_000_000_000_001_000n, [1, 2, 4, 3]]);
    expect([...set.columns.startNs]).toEqual([0, 1024, 1024, 2048]);
    expect([...set.columns.durationNs]).toEqual([8192, 3072, 1000, 2048]);
    expect(set.columns.traceDurationNs[0]).toBe(8192);
    expect(set.detail(2).startUnixNs).toBe(1005n);
  });

  it('places a root without a start at the first one that is known', () => {
    const set = traceOf([4, 0, 3e18, 3e18 + 9], [1, 0, 51200, 92160], [2, 1, 61440, 71680], [3, 1, 40960, 45056]);
    expect([set.traceDurationNs(0), ids(set), [...set.columns.startNs]]).toEqual([51200, [4, 1, 3, 2], [0, 10240, 0, 20480]]);
  });

  it('believes the later one of two', () => {
    const set = traceOf([1, 0, 5, 1005], [2, 1, 3e18, 3e18 + 4096]);
    expect([set.traceDurationNs(0), [...set.columns.repair]]).toEqual([4096, [Repair.missingStart, 0]]);
  });

  it('forgets it to the microsecond where it comes first, for the others were counted from it', () => {
    const set = traceOf([4, 2, 5, 1005], [1, 0, 3e18, 3e18 + 8192], [2, 1, 3e18 + 1024, 3e18 + 4096], [3, 1, 3e18 + 2048, 3e18 + 4096]);
    expect([codes(set), ids(set), [...set.columns.startNs]]).toEqual([{ missingStart: 1 }, [1, 2, 4, 3], [0, 1024, 1024, 2048]]);
    expect(Math.abs(Number(set.startUnixNs(0) - 3_000_000_000_000_001_000n))).toBeLessThan(1000);
  });

  it('notices a server outside its caller in time', () => {
    const set = traceOf([1, 0, 100, 200, 3, 'a'], [2, 1, 50, 280, 2, 'b']);
    expect(codes(set)).toEqual({ clockSkew: 1 });
  });

  it.each([
    ['whole milliseconds that end half a one later', 4e6, 9.5e6, {}],
    ['whole milliseconds that end two later', 4e6, 11e6, { clockSkew: 1 }],
    ['nanoseconds that end half a millisecond later', 4e6 + 1, 9.5e6, { clockSkew: 1 }],
  ])('takes starts of %s for what they are', (_, startNs, endNs, expected) => {
    expect(codes(traceOf([1, 0, 1e6, 9e6, 3, 'a'], [2, 1, startNs, endNs, 2, 'b']))).toEqual(expected);
  });
});

it('opens a chain 100,000 spans deep and a parent with 100,000 children', () => {
  const deep = traceOf(...Array.from({ length: 100_000 }, (_, index): [number, number, number, number] => [index + 1, index, 10, 20]));
  expect(deep.columns.depth[99_999]).toBe(99_999);
  const wide = traceOf([1, 0, 1, 9], ...Array.from({ length: 100_000 }, (_, index): [number, number, number, number] => [index + 2, 1, 1e6 - index, 2e6]));
  expect(wide.columns.subtreeSize[0]).toBe(100_001);
  expect(Number(`0x${wide.spanId(1)}`)).toBe(100_001);
});

it('opens 50,000 different spans that all have one id', () => {
  const set = traceOf([1, 0, 1, 9], ...Array.from({ length: 50_000 }, (_, index): Parameters<typeof traceOf>[number] => [2, 2, 10 + index, 1e6, 1 + (index % 3), `service ${index % 7}`]));
  expect(set.spanCount).toBe(50_001);
  expect(codes(set).duplicateId).toBeGreaterThan(0);
});

it('survives a transfer without copying', () => {
  const set = decodeOtlpProtobuf(messageOf(randomSpans(1, 50)));
  const before = ids(set);
  const detail = set.detail(3);
  const columns = structuredClone(set.columns, { transfer: set.transferables() });
  expect(set.columns.startNs.length).toBe(0);
  const arrived = new TraceSet(columns);
  expect(ids(arrived)).toEqual(before);
  expect(arrived.detail(3)).toEqual(detail);
});

it('transfers the peers that were read with the spans', () => {
  const set = decodeOtlpProtobufForGraph(messageOf(randomSpans(1, 50)));
  const peers = [...set.peers().peer];
  const columns = structuredClone(set.columns, { transfer: set.transferables() });
  expect(set.peers().peer).toHaveLength(0);
  expect([...new TraceSet(columns).peers().peer]).toEqual(peers);
});

it('refuses to build on after finish()', () => {
  const builder = new TraceSetBuilder();
  builder.finish();
  expect(() => builder.finish()).toThrow('expected a builder that is not finished');
});

describe('against a naive model, seeded', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i', (seed) => {
    const spans = randomSpans(seed, 1 + (seed % 7) * 20);
    const set = decodeOtlpProtobuf(messageOf(spans));
    expectForest(set);
    expectSelfTimes(set);
    expect(spansOf(set)).toEqual(naiveSpans(spans));
  });
});

/** Structure: each trace's rows are one block, parents precede, subtrees are contiguous, siblings ordered by start. */
function expectForest(set: TraceSet): void {
  const { parent, depth, subtreeSize, startNs, trace } = set.columns;
  const lastChild = new Map<number, number>();
  for (let row = 0; row < set.spanCount; row++) {
    const up = parent[row];
    expect(row >= set.firstRow(trace[row]) && row < set.endRow(trace[row])).toBe(true);
    expect(depth[row]).toBe(up === NO_PARENT ? 0 : depth[up] + 1);
    if (up !== NO_PARENT) {
      expect(up < row && row < up + subtreeSize[up] && trace[up] === trace[row]).toBe(true);
    }
    const key = up === NO_PARENT ? -1 - trace[row] : up;
    const before = lastChild.get(key);
    if (before !== undefined) {
      expect(startNs[before]).toBeLessThanOrEqual(startNs[row]);
      expect(before + subtreeSize[before]).toBe(row);
    }
    lastChild.set(key, row);
  }
}

/** Self time by marking: the length of the union of the children's intervals, cut to the parent, taken from its duration. */
function expectSelfTimes(set: TraceSet): void {
  const { parent, startNs, durationNs, selfNs } = set.columns;
  for (let row = 0; row < set.spanCount; row++) {
    const intervals = [...parent.keys()].filter((child) => parent[child] === row).map((child) => [
      Math.max(startNs[row], startNs[child]), Math.min(startNs[row] + durationNs[row], startNs[child] + durationNs[child]),
    ]);
    const edges = [...new Set(intervals.flat())].sort((a, b) => a - b);
    const covered = edges.slice(1).reduce((sum, to, at) => sum + (intervals.some(([a, b]) => a <= edges[at] && to <= b) ? to - edges[at] : 0), 0);
    expect(selfNs[row]).toBe(durationNs[row] - covered);
  }
}

/** Every span that is not an identical copy, as text. */
function spansOf(set: TraceSet): string[] {
  return Array.from({ length: set.spanCount }, (_, row) => {
    const { startUnixNs, endUnixNs, parentSpanId } = set.detail(row);
    return [set.traceId(set.traceOf(row)), set.spanId(row), parentSpanId, set.service(row), set.operation(row), set.columns.kind[row], startUnixNs, endUnixNs].join();
  }).sort();
}

function naiveSpans(spans: readonly RandomSpan[]): string[] {
  const lines = spans.map((span) => [span.traceId, span.spanId, span.parentSpanId, span.service, span.name, span.kind, span.startUnixNs, span.endUnixNs].join());
  return [...new Set(lines)].sort();
}

it('marks repaired rows', () => {
  expect(traceOf([1, 0, 10, 5]).columns.repair[0] & Repair.negativeDuration).not.toBe(0);
});
