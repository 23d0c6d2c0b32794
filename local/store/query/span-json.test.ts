/** What a search answer lists of a span's array, and of events that it does not have. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Engine } from '../engine/engine';
import { DEFAULT_LIMITS } from '../engine/messages';
import { DEFAULT_RETENTION } from '../retention/retention';
import { spanIdOf, traceIdOf } from '../testing/otlp-samples';

jest.setTimeout(30_000);

const SPAN = {
  traceId: traceIdOf(1), spanId: spanIdOf(1), name: 'upload', startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000001000000000',
  attributes: [{ key: 'tags', value: { arrayValue: { values: [{ stringValue: 'techno' }, { stringValue: 'live' }] } } }, { key: 'map', value: { kvlistValue: { values: [] } } }],
};

describe('a span in a search answer', () => {
  let engine: Engine;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
    engine = await Engine.open({ directory, multitenant: false, tempoVersion: '2.7', limits: DEFAULT_LIMITS, hasMetrics: true, memoryLimitMb: 128, maxWaitingBytes: 16 << 20, sampling: undefined, retention: DEFAULT_RETENTION }, () => undefined);
    await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] })), orgId: undefined });
    while ((await attributesOf('{ }')) === undefined) {
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
    expect(await attributesOf('{ } | select(span.tags)')).toEqual({ tags: { arrayValue: { values: [{ stringValue: 'techno' }, { stringValue: 'live' }] } } });
  });

  test('what stands for events and links that are not there', async () => {
    expect(await attributesOf('{ } | select(event:name, event:timeSinceStart, link:spanID)')).toEqual({
      'event:name': { stringValue: '' }, 'event:timeSinceStart': { stringValue: '0s' }, 'link:spanID': { stringValue: '0000000000000000' },
    });
    expect(await attributesOf('{ event:name != nil }')).toBeDefined();
    expect(await attributesOf('{ event:name = "" }')).toBeUndefined();
  });

  test('what cannot be searched is not there', async () => {
    expect(await attributesOf('{ span.map != nil }')).toBeUndefined();
  });
});
