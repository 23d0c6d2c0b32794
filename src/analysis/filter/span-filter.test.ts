import fc from 'fast-check';
import type { TraceSet } from '../../trace';
import { arbitraryTraces } from '../testing/arbitrary-trace';
import { traceSetOf, type TestSpan } from '../testing/spans';
import { compileSpanFilter } from './span-filter';

function matching(text: string, set: TraceSet): number[] {
  const compiled = compileSpanFilter(text);
  if (compiled.kind !== 'filter') {
    throw new Error(`expected a filter, actual: ${JSON.stringify(compiled)}`);
  }
  return [...compiled.filter.run(set)].flatMap((matches, row) => (matches ? [parseInt(set.spanId(row), 16)] : []));
}

/** Random filters with what they mean. */
interface Sample {
  readonly text: string;
  readonly test: (set: TraceSet, row: number) => boolean;
}
const leaf: fc.Arbitrary<Sample> = fc.oneof(
  fc.constantFrom('a', 'b').map((service): Sample => ({ text: `service = ${service}`, test: (set, row) => set.service(row) === service })),
  fc.constantFrom('x', 'y').map((name): Sample => ({ text: `name != "${name}"`, test: (set, row) => set.operation(row) !== name })),
  fc.nat(12).map((ns): Sample => ({ text: `duration>${ns}ns`, test: (set, row) => set.columns.durationNs[row] > ns })),
  fc.nat(12).map((ns): Sample => ({ text: `self <= ${ns}ns`, test: (set, row) => set.columns.selfNs[row] <= ns })),
  fc.constantFrom('client', 'server').map((kind): Sample => ({ text: `kind == ${kind}`, test: (set, row) => set.kind(row) === kind })),
  fc.constant<Sample>({ text: 'error', test: (set, row) => set.status(row) === 'error' }),
  fc.constant<Sample>({ text: 'name =~ "^[xy]$"', test: (set, row) => 'xy'.includes(set.operation(row)) }),
  fc.constant<Sample>({ text: 'kind in (internal, "producer")', test: (set, row) => ['internal', 'producer'].includes(set.kind(row)) })
);
const filter: fc.Arbitrary<Sample> = fc.letrec<{ node: Sample }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('node').map(({ text, test }): Sample => ({ text: `not (${text})`, test: (set, row) => !test(set, row) })),
    fc.tuple(tie('node'), fc.constantFrom('and', '&&', 'AND'), tie('node'))
      .map(([a, word, b]): Sample => ({ text: `(${a.text}) ${word} (${b.text})`, test: (set, row) => a.test(set, row) && b.test(set, row) })),
    fc.tuple(tie('node'), fc.constantFrom('or', '||'), tie('node'))
      .map(([a, word, b]): Sample => ({ text: `((${a.text})${word}(${b.text}))`, test: (set, row) => a.test(set, row) || b.test(set, row) }))
  ),
})).node;

describe('span filters', () => {
  test('equal their meaning, row by row', () => {
    fc.assert(
      fc.property(filter, arbitraryTraces(), ({ text, test }, spans) => {
        const set = traceSetOf(spans);
        const compiled = compileSpanFilter(text);
        const expected = Array.from({ length: set.spanCount }, (_, row) => (test(set, row) ? 1 : 0));
        expect(compiled.kind === 'filter' ? [...compiled.filter.run(set)] : compiled).toEqual(expected);
      }),
      { seed: 11, numRuns: 300 }
    );
  });

  const spans: TestSpan[] = [
    {
      id: 1, service: 'api', name: 'GET /users', kind: 'server', durationNs: 2e9, resource: { 'k8s.pod.name': 'api-1' },
      attributes: { 'http.route': '/users/{id}', 'http.status_code': 200, 'cache.hit': true, score: 0.5, 'odd "key"': 'v', big: 'x' },
      events: [{ name: 'retry', attributes: { attempt: 2 } }],
    },
    {
      id: 2, parent: 1, service: 'api', name: 'SELECT', kind: 'client', startNs: 1e9, durationNs: 5e6, status: 'error', resource: { 'k8s.pod.name': 'api-2' },
      attributes: { 'http.status_code': '503', 'db.system': 'redis', 'cache.hit': false },
    },
    { id: 3, parent: 2, service: 'db', name: 'scan', kind: 'server', startNs: 1e9, resource: { zone: 'eu' }, attributes: { '.zone': '1' } },
  ];
  const set = traceSetOf(spans);

  test.each([
    ['duration >= 2s', [1]],
    ['duration > 1.999s and duration < 2001ms', [1]],
    ['start = 1s', [2, 3]],
    ['depth = 1 or descendants = 2', [1, 2]],
    ['traceDuration > 1s', [1, 2, 3]],
    ['root', [1]],
    ['not root and rootName = "GET /users"', [2, 3]],
    ['rootService != api', []],
    ['status = error', [2]],
    ['error = false', [1, 3]],
    ['span.http.status_code = 200', [1]],
    ['span.http.status_code >= 500', [2]],
    ['span.http.status_code = 503', [2]],
    ['span.http.status_code =~ "^5"', [2]],
    ['span.http.status_code', [1, 2]],
    ['span.cache.hit', [1]],
    ['span.cache.hit = false', [2]],
    ['span.score > 0.4 and span.score < 50%', []],
    ['span.score = 50%', [1]],
    ['span.http.route =~ `^/users/\\{`', [1]],
    ['span.http.route !~ "users"', []],
    ['not span.http.route =~ "users"', [2, 3]],
    ['span.db.system != postgres', [2]],
    ['resource.k8s.pod.name =~ "-[12]$"', [1, 2]],
    ['resource.service.name = db', [3]],
    ['.zone = eu', [3]],
    ['.k8s.pod.name = api-2', [2]],
    ['span."odd \\"key\\"" = v', [1]],
    ['event.name = retry', [1]],
    ['event.attempt > 1', [1]],
    ['span.__proto__ = 1', []],
    ['"users"', [1]],
    ["'API' and not \"select\"", [1]],
    ['select', [2]],
    ['GET /users', [1]],
    ['/us', [1]],
    ['get /USERS or scan', [1, 3]],
    ['api and not select', [1]],
    ['spanId = 0000000000000002', [2]],
    ['service not in (api, web)', [3]],
    ['kind = server && !(service = db)', [1]],
    ['repaired', []],
  ])('%s', (text, ids) => expect(matching(text, set)).toEqual(ids));

  test('integers beyond 2^53 are exact', () => {
    const big = traceSetOf([{ id: 1, attributes: { n: '9007199254740993' } }]);
    expect(matching('span.n = 9007199254740993', big)).toEqual([1]);
  });

  test('nothing typed', () => expect(compileSpanFilter('  ')).toEqual({ kind: 'empty' }));

  test.each([
    ['service =', 9, 9, 'expected a value here'],
    ['servce = a', 0, 6, '"servce" is no field'],
    ['(service = a', 0, 1, 'no ) for this ('],
    ['service = a)', 11, 12, 'no ( for this )'],
    ['service = a service = b', 12, 19, 'expected "and" or "or" here'],
    ['service = a and', 15, 15, 'a condition is missing here'],
    ['duration > 100', 11, 14, 'expected a duration such as 250ms'],
    ['duration > 100x', 11, 15, 'expected a duration'],
    ['depth > 1ms', 8, 11, 'expected a number'],
    ['kind = sever', 7, 12, 'expected one of unspecified, internal'],
    ['name < b', 5, 6, 'texts have no order'],
    ['error = maybe', 8, 13, 'expected true or false'],
    ['name =~ "a(b"', 8, 13, 'regular expression: missing ) for this group (character 2)'],
    ['name = "open', 7, 8, 'the closing quote is missing'],
    ['servce in (a)', 0, 6, '"servce" is no field'],
    ['servce not in (a)', 0, 6, '"servce" is no field'],
    ['GET "x', 4, 5, 'expected "and" or "or" here'],
    ['kind in server', 8, 14, 'expected a list'],
    ['kind in (server', 15, 15, 'expected , or )'],
    ['= 1', 0, 1, 'expected a field here'],
    ['€ = 1', 0, 1, 'expected a field here'],
    ['constructor = 1', 0, 11, 'is no field'],
    [`${'('.repeat(300)}error`, 200, 201, 'nested too deeply'],
  ])('%s is refused with its place', (text, from, to, message) => {
    expect(compileSpanFilter(text)).toEqual({ kind: 'invalid', problem: { from, to, message: expect.stringContaining(message) } });
  });

  test('any text is answered, never thrown at', () => {
    const fragments = fc.constantFrom('service', '=', '(', ')', 'and', 'or', 'not', '"', '"a"', '=~', '1ms', '5%', 'in', ',', ' ', 'span.', '.x', '\\', '/', '\u0000', '😀', 'duration', '>', '!');
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 20 }), (parts) => {
        expect(['filter', 'empty', 'invalid']).toContain(compileSpanFilter(parts.join('')).kind);
      }),
      { seed: 12, numRuns: 2000 }
    );
  });
});
