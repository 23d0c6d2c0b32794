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

  test.each([
    ['=', 'GET', '.k = "GET"'],
    ['=', '200', '(.k = 200 || .k = 200.0 || .k = "200")'],
    ['!=', '1.5', '(.k != 1.5 || .k != "1.5")'],
    ['=', 'true', '(.k = true || .k = "true")'],
    ['=', '99999999999999999999', '(.k = 99999999999999999999.0 || .k = "99999999999999999999")'],
    ['=~', '2..', '.k =~ "2.."'],
    ['=~', '200', '.k =~ "200"'],
    ['>', '-5', '(.k > -5 || .k > -5.0)'],
    ['<=', '0.5', '.k <= 0.5'],
    ['>', 'true', '.k > "true"'],
    ['<', 'm', '.k < "m"'],
  ] as const)('a condition with %s %s asks for every type that the value may have: %s', (operator, value, condition) =>
    expect(toTraceql({ conditions: [{ scope: 'any', key: 'k', operator, value }] })).toBe(`{ ${condition} }`)
  );
});
