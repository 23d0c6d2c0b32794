/** Structural operators against their definition, over random trees with all that goes wrong in real ones. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { openEngine } from '../testing/open-engine';
import { otlpRequest, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { seededRandom } from '../testing/seeded-random';

jest.setTimeout(120_000);

interface TestSpan {
  /** Different for every span, unlike `id`. */
  readonly startMs: number;
  readonly trace: number;
  readonly id: number;
  readonly parentId: number | undefined;
  readonly name: string;
  readonly kind: number;
}

const TRACES = 25;
const MAX_SPANS = 40;
const NAMES = ['a', 'b', 'c'];
const random = seededRandom(23);
const below = (end: number): number => Math.floor(random() * end);

/** Children before their parents, several roots, parents that never come, ids that come twice, cycles, spans that are their own parents. */
function randomTrace(trace: number): TestSpan[] {
  const count = 1 + below(MAX_SPANS);
  const parentOf = (id: number): number | undefined => {
    const chance = random();
    return chance < 0.08 ? undefined : chance < 0.12 ? 1000 : chance < 0.2 ? 1 + below(count) : Math.max(1, id - 1 - below(4));
  };
  return Array.from({ length: count }, (_, i) => {
    const id = random() < 0.06 ? 1 + below(count) : i + 1;
    return { startMs: trace * MAX_SPANS + i, trace, id, parentId: i === 0 ? undefined : parentOf(id), name: NAMES[below(NAMES.length)], kind: 1 + below(2) };
  })
    .map((span) => ({ span, at: random() }))
    .sort((left, right) => left.at - right.at)
    .map(({ span }) => span);
}

const traces = Array.from({ length: TRACES }, (_, trace) => randomTrace(trace));
const spans = traces.flat();
const parents = new Map(spans.map((span) => [span, traces[span.trace].find(({ id }) => id === span.parentId)]));

/** The spans above, the nearest first; undefined where no root is reached. */
function pathOf(span: TestSpan): readonly TestSpan[] | undefined {
  const above: TestSpan[] = [];
  for (let at = span; at.parentId !== undefined; ) {
    const parent = parents.get(at);
    if (!parent || parent === span || above.includes(parent)) {
      return undefined;
    }
    above.push(parent);
    at = parent;
  }
  return above;
}

const paths = new Map(spans.map((span) => [span, pathOf(span)]));
const isChild = (above: TestSpan, span: TestSpan): boolean => paths.get(span)?.[0] === above;
const isBelow = (above: TestSpan, span: TestSpan): boolean => paths.get(span)?.includes(above) ?? false;
function areSiblings(one: TestSpan, other: TestSpan): boolean {
  const [above, aboveOther] = [paths.get(one), paths.get(other)];
  return one !== other && above !== undefined && aboveOther !== undefined && above[0] === aboveOther[0];
}

const DEFINITIONS: ReadonlyArray<readonly [string, (left: TestSpan, right: TestSpan) => boolean]> = [
  ['>', isChild],
  ['>>', isBelow],
  ['<', (left, right) => isChild(right, left)],
  ['<<', (left, right) => isBelow(right, left)],
  ['~', areSiblings],
];
const SIDES: ReadonlyArray<readonly [string, (span: TestSpan) => boolean]> = [['{ }', () => true], ['{ name = "a" }', ({ name }) => name === 'a'], ['{ name != "a" }', ({ name }) => name !== 'a'], ['{ name = "none" }', () => false]];

describe.each(['2.7', '3.0'] as const)('structural operators as of Tempo %s', (tempoVersion) => {
  let engine: Engine;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-related-'));
    engine = await openEngine(directory, { tempoVersion });
    for (let from = 0; from < MAX_SPANS; from += 10) {
      const samples = traces.flatMap((trace) => trace.slice(from, from + 10)).map(({ trace, id, parentId, ...span }) => ({ ...span, traceId: traceIdOf(trace + 1), spanId: spanIdOf(id), parentSpanId: parentId === undefined ? '' : spanIdOf(parentId) }));
      await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify(otlpRequest('trees', samples))), orgId: undefined });
    }
    while ((await found('{ }')).length < spans.length) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  afterAll(async () => {
    await engine.close();
    await rm(directory, { recursive: true });
  });

  /** Start times, which tell spans apart. */
  async function found(q: string): Promise<string[]> {
    const { status, body } = await engine.api({ method: 'GET', path: '/api/search', query: String(new URLSearchParams({ q, limit: '100', spss: '100' })), accept: '', orgId: undefined });
    expect([q, status]).toEqual([q, 200]);
    const answer = JSON.parse(String(body)) as { traces: Array<{ spanSets: Array<{ spans: Array<{ startTimeUnixNano: string }> }> }> };
    return answer.traces.flatMap(({ spanSets }) => spanSets.flatMap((set) => set.spans.map(({ startTimeUnixNano }) => startTimeUnixNano))).sort();
  }

  const timesOf = (some: Iterable<TestSpan>): string[] => [...some].map(({ startMs }) => String(BigInt(Date.UTC(2026, 10, 23, 8) + startMs) * 1_000_000n)).sort();

  test.each(DEFINITIONS)('%s and its variants', async (sign, isRelated) => {
    const isMatch = (left: TestSpan, right: TestSpan): boolean => left.trace === right.trace && isRelated(left, right);
    for (const [left, isLeft] of SIDES) {
      for (const [right, isRight] of SIDES) {
        const [lefts, rights] = [spans.filter(isLeft), spans.filter(isRight)];
        const related = rights.filter((b) => lefts.some((a) => isMatch(a, b)));
        const besides = rights.filter((b) => tempoVersion === '3.0' || lefts.some((a) => a.trace === b.trace));
        const answers = { '': related, '!': besides.filter((b) => !related.includes(b)), '&': new Set([...related, ...lefts.filter((a) => rights.some((b) => isMatch(a, b)))]) };
        for (const [mode, expected] of Object.entries(answers)) {
          const q = `${left} ${mode}${sign} ${right}`;
          expect([q, await found(q)]).toEqual([q, timesOf(expected)]);
        }
      }
    }
    // Within the groups of a stage before.
    const grouped = spans.filter((b) => spans.some((a) => a.kind === b.kind && a.name === 'a' && isMatch(a, b)));
    expect(await found(`{ } | by(kind) | ({ name = "a" } ${sign} { })`)).toEqual(timesOf(grouped));
  });
});
