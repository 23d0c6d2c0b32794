import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openEngine } from './open-engine';

/** An engine over spans, to be asked as Tempo is. */
export interface EngineOfSpans {
  /** The JSON answer to a GET. */
  ask<T>(pathname: string, parameters: Record<string, string>): Promise<T>;
  close(): Promise<void>;
}

/** An engine in a folder of its own that has these spans of OTLP JSON, each of a trace of its own, and finds them. */
export async function engineOfSpans(spans: readonly object[]): Promise<EngineOfSpans> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  const engine = await openEngine(directory, {});
  const ask = async <T>(pathname: string, parameters: Record<string, string>): Promise<T> => {
    const { body } = await engine.api({ method: 'GET', path: pathname, query: String(new URLSearchParams(parameters)), accept: '', orgId: undefined });
    return JSON.parse(String(body)) as T;
  };
  await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })), orgId: undefined });
  while ((await ask<{ traces: unknown[] }>('/api/search', { q: '{ }' })).traces.length < spans.length) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    ask,
    close: async () => {
      await engine.close();
      await rm(directory, { recursive: true });
    },
  };
}
