/** @jest-environment jsdom */
import { dateTime, toDataFrame, type ScopedVars } from '@grafana/data';
import type { VariableInterpolation } from '@grafana/runtime';
import { containsReference, interpolate, type InterpolationScope } from './interpolate';

const frame = toDataFrame({
  name: 'spans',
  fields: [
    { name: 'Trace ID', type: 'string', values: ['a1', 'b2'] },
    { name: 'duration', type: 'number', values: [1.5, 250], config: { unit: 'ms' }, labels: { service: 'auth' } },
    { name: 'start', type: 'time', values: [1000, 2000] },
  ],
});

const scope: InterpolationScope = {
  timeRange: { from: dateTime(1000), to: dateTime(61_000), raw: { from: 'now-1m', to: 'now' } },
  location: { pathname: '/d/map', search: '?var-service=a' },
  variableQuery: 'var-service=a&var-service=b',
  variables: [
    { name: 'service', value: ['auth', 'pay|ment'], text: 'auth + pay|ment' },
    { name: 'one', value: 'a b&c', text: 'One' },
    { name: 'all', value: '.*', text: 'All', isExpression: true },
  ],
};

const cell = (fieldIndex: number, rowIndex: number): ScopedVars => ({
  __dataContext: { value: { data: [frame], frame, field: frame.fields[fieldIndex], frameIndex: 0, rowIndex } },
});
const inCell = (text: string, fieldIndex = 0, rowIndex = 1) => interpolate(text, { ...scope, scopedVars: cell(fieldIndex, rowIndex) });

test.each([
  ['$one', 'a b&c'],
  ['${one}', 'a b&c'],
  ['[[one]]', 'a b&c'],
  ['x${one}y$one', 'xa b&cya b&c'],
  ['$missing ${missing} ${one.path}', '$missing ${missing} a b&c'],
  ['price $5 ${}', 'price $5 ${}'],
  ['$service', '{auth,pay|ment}'],
  ['${service:csv}', 'auth,pay|ment'],
  ['${service:pipe}', 'auth|pay|ment'],
  ['${service:regex}', '(auth|pay\\|ment)'],
  ['[[service:regex]]', '(auth|pay\\|ment)'],
  ['${service:json}', '["auth","pay|ment"]'],
  ['${one:json}', '"a b&c"'],
  ['${service:doublequote}', '"auth","pay|ment"'],
  ['${service:singlequote}', "'auth','pay|ment'"],
  ['${service:text}', 'auth + pay|ment'],
  ['${one:text}', 'One'],
  ['${one:percentencode}', 'a%20b%26c'],
  ['${one:uriencode}', 'a%20b&c'],
  ['${service:queryparam}', 'var-service=auth&var-service=pay%7Cment'],
  ['${service:join: or }', 'auth or pay|ment'],
  ['${service:nonsense}', '{auth,pay|ment}'],
  ['${all:regex}', '.*'],
])('%s becomes %s', (text, expected) => {
  expect(interpolate(text, scope)).toBe(expected);
});

test.each([
  ['${__from}-${__to}', '1000-61000'],
  ['${__from:date:seconds}', '1'],
  ['${__from:date}', '1970-01-01T00:00:01.000Z'],
  ['?${__url_time_range}', '?from=now-1m&to=now'],
  ['?${__all_variables}', '?var-service=a&var-service=b'],
  ['${__url.path}', '/d/map'],
])('macro %s becomes %s', (text, expected) => {
  expect(interpolate(text, scope)).toBe(expected);
});

test('finished query strings are not encoded a second time, other values are', () => {
  expect(interpolate('${__url_time_range}&${__all_variables}', scope, 'percentencode')).toBe('from=now-1m&to=now&var-service=a&var-service=b');
  expect(interpolate('${__url.path}', scope, 'percentencode')).toBe('%2Fd%2Fmap');
});

test.each([
  ['${__value.raw}', 0, 'b2'],
  ['${__value.numeric}', 1, '250'],
  ['${__value.text}', 1, '250'],
  ['${__value.time}', 1, '2000'],
  ['${__data.fields.duration}', 0, '250'],
  ['${__data.fields["Trace ID"]}', 1, 'b2'],
  ["${__data.fields['Trace ID']}", 1, 'b2'],
  ['${__data.fields.Trace ID}', 1, 'b2'],
  ['${__data.fields[0]}', 1, 'b2'],
  ['${__data.fields.duration.numeric}', 0, '250'],
  ['${__data.fields.nothing}', 0, '${__data.fields.nothing}'],
  ['${__field.labels.service}', 1, 'auth'],
  ['${__series.name}', 1, 'spans'],
])('in a cell, %s of field %d is %s', (text, fieldIndex, expected) => {
  expect(inCell(text, fieldIndex)).toBe(expected);
});

test('scoped variables win over the dashboard and are read by path', () => {
  const scopedVars: ScopedVars = { one: { value: { deep: { list: ['x', 'y'] } } }, __interval: { value: '30s', text: '30s' } };
  expect(interpolate('${one.deep.list[1]} $__interval', { ...scope, scopedVars })).toBe('y 30s');
  expect(interpolate('${one.constructor.name}', { ...scope, scopedVars })).toBe('${one.constructor.name}');
});

test('a format may be a function, and what was found is told', () => {
  const found: VariableInterpolation[] = [];
  expect(interpolate('$service $none', scope, (value) => [value].flat().join('/'), found)).toBe('auth/pay|ment $none');
  expect(found).toMatchObject([
    { variableName: 'service', found: true },
    { variableName: 'none', found: false, value: '$none' },
  ]);
});

test('references are recognised', () => {
  expect(['$a', '${a}', '[[a]]'].map(containsReference)).toEqual([true, true, true]);
  expect(containsReference('no reference, 5 $')).toBe(false);
});
