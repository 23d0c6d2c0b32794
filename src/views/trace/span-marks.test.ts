import { compileSpanFilter } from '../../analysis/filter/span-filter';
import { decodeOtlpJson } from '../../formats';
import { encodeUtf8 } from '../../trace/utf8';
import { criticalSegments, findInSteps, nextError, nextMarked } from './span-marks';

const span = (spanId: string, parentSpanId: string, name: string, startMs: number, endMs: number, code = 0) => ({
  traceId: '0'.repeat(31) + '1', spanId, parentSpanId, name, startTimeUnixNano: `${startMs}000000`, endTimeUnixNano: `${endMs}000000`, status: { code },
});
const set = decodeOtlpJson(
  encodeUtf8(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [
    span('000000000000000a', '', 'root', 1000, 1100),
    span('000000000000000b', '000000000000000a', 'read', 1010, 1030, 2),
    span('000000000000000c', '000000000000000a', 'write', 1040, 1090, 2),
    span('000000000000000d', '000000000000000c', 'read', 1050, 1060),
  ] }] }] }))
);

it.each([1, 2, 100])('counts exactly and marks each match, in steps of %d rows', (rowsAStep) => {
  const compiled = compileSpanFilter('name = read');
  const steps = compiled.kind === 'filter' ? findInSteps(set, 0, compiled.filter, rowsAStep) : undefined;
  let step = steps?.next();
  while (step?.done === false) {
    step = steps?.next();
  }
  expect(step?.value).toEqual({ rows: Uint32Array.of(1, 3), marks: Uint8Array.of(0, 1, 0, 1) });
});

it('steps through errors and matches, round the end', () => {
  expect([nextError(set, 0, undefined, 1), nextError(set, 0, 1, 1), nextError(set, 0, 2, 1), nextError(set, 0, 1, -1), nextError(set, 0, undefined, -1)]).toEqual([1, 2, 1, 2, 2]);
  const rows = Uint32Array.of(1, 3);
  expect([nextMarked(rows, undefined, 1), nextMarked(rows, 1, 1), nextMarked(rows, 3, 1), nextMarked(rows, 1, -1), nextMarked(new Uint32Array(0), 1, 1)]).toEqual([1, 3, 1, 3, undefined]);
});

it('gives the segments of the critical path by row', () => {
  const { segmentsOf, marks } = criticalSegments(set, 0);
  expect([...marks.rows]).toEqual([0, 1, 2, 3]);
  expect(segmentsOf(1)).toEqual([10e6, 30e6]);
});
