import { traceSetOf } from '../../../analysis/testing/spans';
import { decodeOtlpProtobuf, openTraces } from '../../../formats';
import { contentOf } from '../../../formats/testing/content';
import { messageOf, randomSpans } from '../../../formats/testing/random-spans';
import type { TraceSet } from '../../../trace';
import { selectTraces } from '../../../backends/sets/merge-sets';
import { EXPORT_FORMATS, fileStem, traceFile } from './trace-file';

describe('a trace as a file', () => {
  it.each(EXPORT_FORMATS.map(({ format }) => format))('%s opens again as the same trace', async (format) => {
    for (let seed = 1; seed <= 10; seed++) {
      const set = decodeOtlpProtobuf(messageOf(randomSpans(seed, 40, { sane: true })));
      for (let trace = 0; trace < set.traceCount; trace++) {
        const file = traceFile(set, [trace], format);
        const opened = openTraces(new Uint8Array(await file.arrayBuffer()));
        expect(opened.format).toBe(format);
        expect(opened.set.traceCount).toBe(1);
        if (format === 'jaeger-json') {
          // Jaeger knows microseconds and no scopes: what it can hold is the same.
          expect(outlineOf(opened.set)).toEqual(outlineOf(selectTraces(set, [trace])));
        } else {
          expect(new Set(contentOf(opened.set).map(stable))).toEqual(new Set(contentOf(selectTraces(set, [trace])).map(stable)));
        }
      }
    }
  });

  it.each(EXPORT_FORMATS.map(({ format }) => format))('%s holds several traces', async (format) => {
    const set = decodeOtlpProtobuf(messageOf(randomSpans(3, 60, { sane: true })));
    const all = Array.from({ length: set.traceCount }, (_, trace) => trace);
    expect(all.length).toBeGreaterThan(1);
    const file = traceFile(set, all, format);
    expect(file.name).toMatch(new RegExp(`^traces-${all.length}\\.`));
    const { set: opened } = openTraces(new Uint8Array(await file.arrayBuffer()));
    const idsOf = (traces: TraceSet) => all.map((trace) => traces.traceId(trace)).sort();
    expect([opened.traceCount, opened.spanCount, idsOf(opened)]).toEqual([set.traceCount, set.spanCount, idsOf(set)]);
  });

  it('has a name that any file system takes', () => {
    const set = traceSetOf([{ id: 1, service: '../../etc/passwd', name: `con\u0000 <script>${'x'.repeat(300)}` }]);
    expect(fileStem(set, [0])).toMatch(/^trace-etc-passwd-con-script-x+-[0-9a-f]{32}$/);
    expect(fileStem(set, [0]).length).toBeLessThan(110);
    expect(fileStem(traceSetOf([{ id: 1, service: 'ключ', name: '☕' }]), [0])).toMatch(/^trace-[0-9a-f]{32}$/);
  });
});

/** Bigints and bytes as text, so that sets of them compare. */
const stable = (item: unknown): string => JSON.stringify(item, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value instanceof Uint8Array ? [...value] : value));

/** Span id → what the span is, below which parent and with which links. */
function outlineOf(set: TraceSet): Map<string, string> {
  return new Map(
    rowsOf(set).map((row) => {
      const { parentSpanId, links } = set.detail(row);
      return [set.spanId(row), [set.operation(row), set.service(row), set.kind(row), parentSpanId, ...links.map(({ traceId, spanId }) => traceId + spanId)].join(' ')];
    })
  );
}

const rowsOf = (set: TraceSet): number[] => Array.from({ length: set.spanCount }, (_, row) => row);
