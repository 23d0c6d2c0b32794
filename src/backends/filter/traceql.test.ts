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
