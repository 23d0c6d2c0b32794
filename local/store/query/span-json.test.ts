/** What a search answer lists of a span's array, and of events that it does not have. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { openEngine } from '../testing/open-engine';

jest.setTimeout(30_000);

const SPAN = {
  traceId: traceIdOf(1), spanId: spanIdOf(1), name: 'upload', startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000001000000000',
  attributes: [{ key: 'tags', value: { arrayValue: { values: [{ stringValue: 'techno' }, { stringValue: 'live' }] } } }, { key: 'map', value: { kvlistValue: { values: [] } } }],
};
/** Events and links out of order, values twice. */
const LISTS = {
  traceId: traceIdOf(2), spanId: spanIdOf(2), name: 'lists', startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000001000000000',
  attributes: [{ key: 'score', value: { doubleValue: 0.75 } }],
  events: [['3', 'retry', 'c'], ['1', 'exception', 'a'], ['2', 'retry', 'b']].map(([second, name, attempt]) => ({ timeUnixNano: `170000000${second}000000000`, name, attributes: [{ key: 'attempt', value: { stringValue: attempt } }] })),
  links: [9, 3].map((n) => ({ traceId: traceIdOf(n), spanId: spanIdOf(n) })),
};

describe('a span in a search answer', () => {
  let engine: Engine;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
    engine = await openEngine(directory, { maxWaitingBytes: 16 << 20 });
    await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [SPAN, LISTS] }] }] })), orgId: undefined });
    while ((await attributesOf('{ name = "lists" }')) === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  afterAll(async () => {
    await engine.close();
    await rm(directory, { recursive: true });
  });

  /** The attributes listed, by key; undefined where nothing is found. */
  async function attributesOf(q: string): Promise<Record<string, unknown> | undefined> {
    const { body } = await engine.api({ method: 'GET', path: '/api/search', query: String(new URLSearchParams({ q })), accept: '', orgId: undefined });
    const { traces } = JSON.parse(String(body)) as { traces: Array<{ spanSet: { spans: Array<{ attributes?: Array<{ key: string; value: unknown }> }> } }> };
    return traces[0] && Object.fromEntries((traces[0].spanSet.spans[0].attributes ?? []).map(({ key, value }) => [key, value]));
  }

  test('of an array the elements that were asked for', async () => {
    expect(await attributesOf('{ span.tags = "live" }')).toEqual({ tags: { stringValue: 'live' } });
    expect(await attributesOf('{ name = "upload" } | select(span.tags)')).toEqual({ tags: { arrayValue: { values: [{ stringValue: 'techno' }, { stringValue: 'live' }] } } });
  });

  test('what stands for events and links that are not there', async () => {
    expect(await attributesOf('{ name = "upload" } | select(event:name, event:timeSinceStart, link:spanID)')).toEqual({
      'event:name': { stringValue: '' }, 'event:timeSinceStart': { stringValue: '0s' }, 'link:spanID': { stringValue: '0000000000000000' },
    });
    expect(await attributesOf('{ name = "upload" && event:name != nil }')).toBeDefined();
    expect(await attributesOf('{ event:name = "" }')).toBeUndefined();
  });

  test('what cannot be searched is not there', async () => {
    expect(await attributesOf('{ span.map != nil }')).toBeUndefined();
  });

  test('of several events and links the last that was asked for', async () => {
    expect(await attributesOf('{ name = "lists" } | select(event:name, event:timeSinceStart, event.attempt, link:traceID, link:spanID)')).toEqual({
      'event:name': { stringValue: 'retry' }, 'event:timeSinceStart': { stringValue: '2s' }, attempt: { stringValue: 'b' },
      'link:traceID': { stringValue: traceIdOf(3).replace(/^0+/, '') }, 'link:spanID': { stringValue: spanIdOf(3) },
    });
    expect(await attributesOf('{ event.attempt < "c" }')).toEqual({ attempt: { stringValue: 'b' } });
    expect(await attributesOf('{ event:name =~ "exc.*" }')).toEqual({ 'event:name': { stringValue: 'exception' } });
  });

  test('a resource without service.name has an empty one', async () => {
    const empty = { 'service.name': { stringValue: '' } };
    expect(await attributesOf('{ resource.service.name = "" }')).toEqual(empty);
    expect(await attributesOf('{ .service.name != nil }')).toEqual(empty);
    expect(await attributesOf('{ } | select(resource.service.name)')).toEqual(empty);
  });

  test('an integer finds decimals that the query reads for another reason', async () => {
    expect(await attributesOf('{ span.score > 0 }')).toBeUndefined();
    expect(await attributesOf('{ span.score > 0 } | select(span.score)')).toBeUndefined();
    expect(await attributesOf('{ span.score > 0 } | avg(span.score) > 0.5')).toEqual({ score: { doubleValue: 0.75 } });
    expect(await attributesOf('{ span.score > 0 && span.score < 1.0 }')).toEqual({ score: { doubleValue: 0.75 } });
    expect(await attributesOf('{ span.score > 0 || span.score > 1.0 }')).toBeUndefined();
    expect(await attributesOf('{ span.score > 1 } | by(span.score)')).toBeUndefined();
    expect(await attributesOf('{ span.score < 1 } | by(span.score)')).toBeDefined();
  });
});
