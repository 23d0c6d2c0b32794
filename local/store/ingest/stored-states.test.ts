/** A trace that goes on after a restart, when what is known of it comes from the database, is the trace that came at once. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { seededRandom } from '../testing/seeded-random';
import { spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { openEngine } from '../testing/open-engine';

jest.setTimeout(60_000);

const TRACES = 3;
const SPANS = 60;
const random = seededRandom(11);

/** In random order, the root of each trace among the last. */
const ALL = Array.from({ length: TRACES * SPANS }, (_, i) => {
  const [trace, number] = [1 + (i % TRACES), SPANS - Math.floor(i / TRACES)];
  const startNs = 1_700_000_000_000_000_000n + BigInt(Math.floor(random() * 1e9));
  return {
    traceId: traceIdOf(trace), spanId: spanIdOf(trace * 1000 + number), parentSpanId: number === 1 ? undefined : spanIdOf(trace * 1000 + 1 + Math.floor(random() * (number - 1))),
    name: `step ${number}`, startTimeUnixNano: String(startNs), endTimeUnixNano: String(startNs + BigInt(number)),
  };
});

async function answerAfter(requests: ReadonlyArray<typeof ALL>): Promise<unknown> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  let answer: { traces: Array<{ traceID: string; spanSets: Array<{ matched: number; spans: Array<{ spanID: string }> }> }> } | undefined;
  let sent = 0;
  for (const spans of requests) {
    const engine = await openEngine(directory, { maxWaitingBytes: 16 << 20 });
    await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })), orgId: undefined });
    sent += spans.length;
    const query = String(new URLSearchParams({ q: '{ } | select(nestedSetLeft, nestedSetRight, nestedSetParent)', spss: '100' }));
    do {
      const { body } = await engine.api({ method: 'GET', path: '/api/search', query, accept: '', orgId: undefined });
      answer = JSON.parse(String(body)) as typeof answer;
    } while (answer?.traces.reduce((sum, { spanSets }) => sum + spanSets[0].matched, 0) !== sent);
    await engine.close();
  }
  await rm(directory, { recursive: true });
  return answer;
}

test('in three parts, with a restart before each, as at once', async () => {
  const atOnce = await answerAfter([ALL]);
  expect(await answerAfter([ALL.slice(0, 50), ALL.slice(50, 120), ALL.slice(120)])).toEqual(atOnce);
  expect(atOnce).toMatchObject({ traces: Array.from({ length: TRACES }, () => ({ rootTraceName: 'step 1' })) });
});
