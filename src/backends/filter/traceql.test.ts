import { parseDuration } from './trace-filter';
import { toTraceql } from './traceql';

describe('toTraceql', () => {
  test.each([
    [{}, '{ }'],
    [{ service: 'api' }, '{ resource.service.name = "api" }'],
    [{ operation: 'auth.login', errorsOnly: true }, '{ name = "auth.login" && status = error }'],
    [{ minDurationNs: 500_000_000, maxDurationNs: 2e9 }, '{ duration >= 500000000ns && duration <= 2000000000ns }'],
    [{ service: 'a"} || {"\\' }, '{ resource.service.name = "a\\"} || {\\"\\\\" }'],
    [{ service: 'api', traceql: ' { .a = 1 } >> { } ' }, '{ .a = 1 } >> { }'],
  ])('%j → %s', (filter, traceql) => expect(toTraceql(filter)).toBe(traceql));
});

describe('parseDuration', () => {
  test.each([
    ['1.5s', 1.5e9],
    ['200ms', 2e8],
    ['3µs', 3e3],
    [' 2 m ', 120e9],
    ['5', undefined],
    ['fast', undefined],
  ])('%s → %s', (text, durationNs) => expect(parseDuration(text)).toBe(durationNs));
});
