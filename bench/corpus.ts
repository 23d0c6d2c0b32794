/** The corpus of the store's benchmarks: 20,000 traces of 50 spans over the last whole hour, as requests in protobuf; made once. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { protobufOfJson } from '../local/store/ingest/otlp-json';
import { lazily } from './measure';

/** It is not part of the repository. */
const GENERATOR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../shared/corpus/generate.mjs');
const TRACES = 20_000;
const SPANS_PER_TRACE = 50;
const TRACES_PER_REQUEST = 20;
const HOUR_MS = 3_600_000;

interface ExportRequest {
  readonly resourceSpans: ReadonlyArray<{ readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<{ readonly traceId: string; readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: { readonly stringValue?: string } }> }> }> }>;
}

export interface Corpus {
  readonly requests: readonly Uint8Array[];
  readonly spanCount: number;
  /** Unix seconds: a whole hour with all traces. */
  readonly start: number;
  readonly end: number;
  readonly someTraceId: string;
  readonly someUserId: string;
}

/** @throws Error where the corpus is not beside the checkout */
export const corpus = lazily(async (): Promise<Corpus> => {
  if (!existsSync(GENERATOR)) {
    throw new Error(`the store's benchmarks need the corpus: expected ${path.relative(process.cwd(), GENERATOR)}`);
  }
  const { generate } = (await import(pathToFileURL(GENERATOR).href)) as { generate(options: object): Iterable<ExportRequest> };
  const startMs = Math.floor(Date.now() / HOUR_MS - 1) * HOUR_MS;
  const requests: Uint8Array[] = [];
  let [someTraceId, someUserId] = ['', ''];
  for (const request of generate({ traces: TRACES, seed: 1, start: startMs, spansPerTrace: SPANS_PER_TRACE, window: HOUR_MS, batch: TRACES_PER_REQUEST })) {
    requests.push(new Uint8Array(protobufOfJson(JSON.stringify(request))));
    const spans = someUserId ? [] : request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    someTraceId ||= spans[0].traceId;
    someUserId ||= spans.flatMap(({ attributes }) => attributes).find(({ key }) => key === 'veza.user.id')?.value.stringValue ?? '';
  }
  return { requests, spanCount: TRACES * SPANS_PER_TRACE, start: startMs / 1000, end: (startMs + HOUR_MS) / 1000, someTraceId, someUserId };
});
