/** Compiled queries against a naive evaluator, over random small traces and random conditions. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { seededRandom } from '../testing/seeded-random';
import { openEngine } from '../testing/open-engine';

jest.setTimeout(120_000);

interface TestSpan {
  readonly trace: number;
  readonly id: number;
  readonly parent: number | undefined;
  readonly name: string;
  readonly kind: number;
  readonly status: number;
  readonly durationMs: number;
  readonly user: string | undefined;
  readonly rows: number | undefined;
}

type Test = (span: TestSpan) => boolean;

const SERVICE_START_MS = 1_700_000_000_000;
const random = seededRandom(11);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)];
const spans: readonly TestSpan[] = Array.from({ length: 12 }, (_, trace) =>
  Array.from({ length: 1 + Math.floor(random() * 8) }, (_, i): TestSpan => ({
    trace, id: trace * 100 + i + 1, parent: i === 0 ? undefined : trace * 100 + 1 + Math.floor(random() * i), name: pick(['a', 'b', 'ab']), kind: pick([1, 2, 3]), status: pick([0, 1, 2]),
    durationMs: pick([1, 10, 100]), user: pick([undefined, 'u1', 'u2']), rows: pick([undefined, 0, 3, 7]),
  })),
).flat();
const byId = new Map(spans.map((span) => [span.id, span]));

const LEAVES: ReadonlyArray<readonly [string, Test]> = [
  ['name = "a"', ({ name }) => name === 'a'], ['name != "b"', ({ name }) => name !== 'b'], ['name =~ "a.?"', ({ name }) => name !== 'b'], ['name !~ "a"', ({ name }) => name !== 'a'],
  ['kind = server', ({ kind }) => kind === 2], ['status = error', ({ status }) => status === 2], ['status != ok', ({ status }) => status !== 1],
  ['duration > 10ms', ({ durationMs }) => durationMs > 10], ['duration <= 10ms', ({ durationMs }) => durationMs <= 10], ['duration * 2 > 100ms', ({ durationMs }) => durationMs > 50],
  ['span.user = "u1"', ({ user }) => user === 'u1'], ['span.user != "u1"', ({ user }) => user === 'u2'], ['span.user != nil', ({ user }) => user !== undefined], ['.user = nil', ({ user }) => user === undefined],
  ['span.rows > 0', ({ rows = 0 }) => rows > 0], ['span.rows / 2 = 1', ({ rows }) => rows === 3], ['span.rows + 1 > 3', ({ rows = 0 }) => rows > 2], ['true', () => true],
  ['(name = "a") = (kind = server)', ({ name, kind }) => (name === 'a') === (kind === 2)], ['!(duration > 10ms)', ({ durationMs }) => durationMs <= 10],
];
const RELATIONS: ReadonlyArray<readonly [string, (left: TestSpan, right: TestSpan) => boolean]> = [
  ['>', (left, right) => right.parent === left.id],
  ['<', (left, right) => left.parent === right.id],
  ['>>', (left, right) => isAbove(left, right)],
  ['<<', (left, right) => isAbove(right, left)],
  ['~', (left, right) => left.parent !== undefined && left.parent === right.parent && left.id !== right.id],
];

function isAbove(above: TestSpan, span: TestSpan): boolean {
  for (let parent = span.parent; parent !== undefined; parent = byId.get(parent)?.parent) {
    if (parent === above.id) {
      return true;
    }
  }
  return false;
}

function condition(depth: number): readonly [string, Test] {
  if (depth === 0 || random() < 0.4) {
    return pick(LEAVES);
  }
  const [[left, isLeft], [right, isRight]] = [condition(depth - 1), condition(depth - 1)];
  return random() < 0.5 ? [`(${left} && ${right})`, (span) => isLeft(span) && isRight(span)] : [`(${left} || ${right})`, (span) => isLeft(span) || isRight(span)];
}

/** A query and the spans it finds. */
function query(): readonly [string, readonly TestSpan[]] {
  const [left, isLeft] = condition(2);
  const matching = spans.filter(isLeft);
  if (random() < 0.4) {
    return [`{ ${left} }`, matching];
  }
  const [right, isRight] = condition(1);
  if (random() < 0.2) {
    const [third, isThird] = condition(1);
    return [`{ ${left} } | ({ ${right} } >> { ${third} })`, matching.filter((b) => isThird(b) && matching.some((a) => isRight(a) && a.trace === b.trace && isAbove(a, b)))];
  }
  const others = spans.filter(isRight);
  const [op, isRelated] = pick(RELATIONS);
  const related = (a: TestSpan, b: TestSpan): boolean => a.trace === b.trace && isRelated(a, b);
  const found = others.filter((b) => matching.some((a) => related(a, b)));
  if (random() < 0.3) {
    return [`{ ${left} } !${op} { ${right} }`, others.filter((b) => !found.includes(b))];
  }
  return random() < 0.3 ? [`{ ${left} } &${op} { ${right} }`, [...new Set([...found, ...matching.filter((a) => others.some((b) => related(a, b)))])]] : [`{ ${left} } ${op} { ${right} }`, found];
}

function otlp(): string {
  const attributes = ({ user, rows }: TestSpan): unknown[] => [
    ...(user === undefined ? [] : [{ key: 'user', value: { stringValue: user } }]), ...(rows === undefined ? [] : [{ key: 'rows', value: { intValue: String(rows) } }]),
  ];
  const hex = (id: number, digits: number): string => id.toString(16).padStart(digits, '0');
  return JSON.stringify({
    resourceSpans: [{
      scopeSpans: [{
        spans: spans.map((span) => ({
          traceId: hex(span.trace + 1, 32), spanId: hex(span.id, 16), ...(span.parent !== undefined && { parentSpanId: hex(span.parent, 16) }), name: span.name, kind: span.kind, status: { code: span.status },
          startTimeUnixNano: `${SERVICE_START_MS + span.id}000000`, endTimeUnixNano: `${SERVICE_START_MS + span.id + span.durationMs}000000`, attributes: attributes(span),
        })),
      }],
    }],
  });
}

describe('search', () => {
  let engine: Engine;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-search-'));
    engine = await openEngine(directory, { tempoVersion: '3.0' });
    await engine.ingest({ format: 'json', body: Buffer.from(otlp()), orgId: undefined });
    while ((await ask('{ }')).length < spans.length) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  afterAll(async () => {
    await engine.close();
    await rm(directory, { recursive: true });
  });

  /** The ids of the spans found. */
  async function ask(q: string): Promise<number[]> {
    const { status, body } = await engine.api({ method: 'GET', path: '/api/search', query: String(new URLSearchParams({ q, limit: '100', spss: '100' })), accept: '', orgId: undefined });
    expect([q, status]).toEqual([q, 200]);
    const { traces } = JSON.parse(String(body)) as { traces: Array<{ spanSets: Array<{ spans: Array<{ spanID: string }> }> }> };
    return traces.flatMap(({ spanSets }) => spanSets.flatMap((set) => set.spans.map(({ spanID }) => parseInt(spanID, 16)))).sort((a, b) => a - b);
  }

  test('finds what a naive evaluation finds', async () => {
    for (let round = 0; round < 120; round++) {
      const [q, expected] = query();
      expect([q, await ask(q)]).toEqual([q, expected.map(({ id }) => id).sort((a, b) => a - b)]);
    }
  });
});
