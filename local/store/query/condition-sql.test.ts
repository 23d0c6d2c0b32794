import type { ComparisonOp, Static } from '../traceql/ast';
import { isMetByNothing } from './condition-sql';

const text = (value: string): Static => ({ kind: 'static', type: 'string', value });
const duration = (value: number): Static => ({ kind: 'static', type: 'duration', value, text: `${value}ns` });

test.each([
  ['event:name', '!=', text('exception'), true], ['event:name', '!=', text(''), false], ['event:name', '=', text(''), false], ['event:name', '=~', text('.*'), false],
  ['event:timeSinceStart', '>=', duration(0), true], ['event:timeSinceStart', '>', duration(0), false], ['event:timeSinceStart', '<=', duration(5), true],
  ['link:spanID', '!=', { kind: 'static', type: 'nil' }, true], ['event:name', '!=', duration(5), false],
] as const)('no event or link against %s %s %j: %s', (name, op, value, expected) => {
  expect(isMetByNothing(name, op as ComparisonOp, value)).toBe(expected);
});
