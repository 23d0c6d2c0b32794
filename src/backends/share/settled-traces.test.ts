import { decodeOtlpProtobuf } from '../../formats';
import { OtlpMessageBuilder } from '../../formats/otlp/otlp-builder';
import { parseSpanId, parseTraceId, type TraceId, type TraceSet } from '../../trace';
import { withNotice } from '../sets/with-notice';
import { SettledTraces } from './settled-traces';

const NOW_MS = 1_795_334_400_000;
const idOf = (number: number) => parseTraceId(number.toString(16)) as TraceId;

function traceThatEnded(agoMs: number, id = 1): TraceSet {
  const message = new OtlpMessageBuilder();
  const endUnixNs = BigInt(NOW_MS - agoMs) * 1_000_000n;
  message.add('a', () => [], { traceId: idOf(id), spanId: parseSpanId('1'), name: 'op', kind: 1, status: 0, startUnixNs: endUnixNs - 5n, endUnixNs });
  return decodeOtlpProtobuf(message.finish());
}

const SIZE = traceThatEnded(1e6).columns.chunks.reduce((sum, { length }) => sum + length, 0);

function memory(mostBytes?: number) {
  const traces = new SettledTraces(mostBytes, () => NOW_MS);
  const readIds: number[] = [];
  const get = (id: number, set: TraceSet) =>
    traces.get(
      idOf(id),
      async () => {
        readIds.push(id);
        return set;
      },
      undefined
    );
  return { get, readIds };
}

describe('SettledTraces', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each([
    ['remembers a trace that ended a while ago', traceThatEnded(120_001), 1],
    ['reads one that may grow again', traceThatEnded(119_000), 2],
    ['reads one again that was had in part', withNotice(traceThatEnded(1e6), 'partial', 'not all'), 2],
  ])('%s', async (_, set, reads) => {
    const { get, readIds } = memory();
    await get(1, set);
    jest.advanceTimersByTime(10_000);
    expect(await get(1, set)).toBe(set);
    expect(readIds).toHaveLength(reads);
  });

  it('reads once what several ask for at once', async () => {
    const { get, readIds } = memory();
    const set = traceThatEnded(0);
    expect(await Promise.all([get(1, set), get(1, set)])).toEqual([set, set]);
    expect(readIds).toEqual([1]);
  });

  it('forgets what was not used for longest', async () => {
    const { get, readIds } = memory(2 * SIZE);
    for (const id of [1, 2, 1, 3, 1, 2]) {
      await get(id, traceThatEnded(1e6, id));
      jest.advanceTimersByTime(10_000);
    }
    expect(readIds).toEqual([1, 2, 3, 2]);
  });

  it('does not keep one that is larger than all it may keep', async () => {
    const { get, readIds } = memory(SIZE - 1);
    await get(1, traceThatEnded(1e6));
    jest.advanceTimersByTime(10_000);
    await get(1, traceThatEnded(1e6));
    expect(readIds).toEqual([1, 1]);
  });
});
