/**
 * Ingest of the embedded store, with sampling and service-graph metrics, against Tempo 2.7.1 on a machine of two cores: 1,000,000 spans in
 * protobuf over HTTP, durable when acknowledged. Each kind of run once, all numbers of it from the same run.
 */
import { lazily, type Benchmark } from './measure';
import { type IngestRun, ingestRun } from './store-ingest-run';

/** Of Tempo 2.7.1, for the same spans. */
const TEMPO = { spansPerSecond: 328_000, bytesPerSpan: 159, peakMiB: 1130 };

const sampled = lazily(() => ingestRun({ storeOptions: ['--sampling'], query: true }));
/** Where every span is kept, for the bytes of each. */
const complete = lazily(() => ingestRun({ storeOptions: [], query: false }));

const of = (run: () => Promise<IngestRun>, number: (result: IngestRun) => number) => async (): Promise<number> => number(await run());

export const benchmarks: readonly Benchmark[] = [
  { name: 'store.ingest', what: 'spans a second, sampled, ÷ Tempo', limit: { atLeast: 0.3 }, run: of(sampled, ({ spansPerSecond }) => spansPerSecond / TEMPO.spansPerSecond) },
  { name: 'store.ingest.complete', what: 'spans a second, all kept, ÷ Tempo', limit: { atLeast: 0.3 }, run: of(complete, ({ spansPerSecond }) => spansPerSecond / TEMPO.spansPerSecond) },
  { name: 'store.disk', what: 'bytes a span, everything, ÷ Tempo', limit: { atMost: 1 }, run: of(complete, ({ diskBytesPerSpan }) => diskBytesPerSpan / TEMPO.bytesPerSpan) },
  { name: 'store.rss', what: 'peak memory while ingesting, all kept, ÷ Tempo', limit: { atMost: 1 }, run: of(complete, ({ peakMiB }) => peakMiB / TEMPO.peakMiB) },
  { name: 'store.rss.sampled', what: 'the same, sampled', limit: { atMost: 1 }, run: of(sampled, ({ peakMiB }) => peakMiB / TEMPO.peakMiB) },
  { name: 'store.stall', what: 'longest stall of the server’s event loop, ms', limit: { atMost: 50 }, run: of(sampled, ({ stallMs }) => stallMs) },
];
