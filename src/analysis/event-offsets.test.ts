import { eventOffsets } from './event-offsets';
import { traceSetOf } from './testing/spans';

const set = traceSetOf([
  { id: 1, startNs: 100, durationNs: 10, events: [{ name: 'exception', attributes: { 'exception.type': 'Error' } }, { name: 'log' }] },
  { id: 2, parent: 1, startNs: 101 },
]);

it('gives names and times from the span\'s start, up to a limit', () => {
  expect(eventOffsets(set, 0, 10)).toEqual([{ offsetNs: 0, name: 'exception' }, { offsetNs: 0, name: 'log' }]);
  expect(eventOffsets(set, 0, 1)).toHaveLength(1);
  expect(eventOffsets(set, 1, 10)).toEqual([]);
});
