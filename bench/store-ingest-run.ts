/** One run of ingest against a store of its own: speed, disk, memory and stalls. */
import { corpus } from './corpus';
import { BenchStore } from './store-server';

const QUERY_EVERY_MS = 250;

export interface IngestRun {
  /** Acknowledged. */
  readonly spansPerSecond: number;
  /** Of the data directory after the store has stopped, a span sent. */
  readonly diskBytesPerSpan: number;
  readonly peakMiB: number;
  readonly stallMs: number;
}

interface RunOptions {
  readonly storeOptions: readonly string[];
  /** Searches while it ingests. */
  readonly query: boolean;
}

export async function ingestRun({ storeOptions, query }: RunOptions): Promise<IngestRun> {
  const { requests, spanCount } = await corpus();
  const store = await BenchStore.start(storeOptions);
  const search = `/api/search?${new URLSearchParams({ q: '{ status = error }', limit: '20' })}`;
  const queries = query ? setInterval(() => void store.ask(search), QUERY_EVERY_MS) : undefined;
  const startMs = performance.now();
  await store.send(requests);
  const seconds = (performance.now() - startMs) / 1000;
  clearInterval(queries);
  const stallMs = 1000 * (await store.metric('veza_store_event_loop_stall_max_seconds{thread="server"}'));
  const peakMiB = store.peakMemoryMiB();
  await store.written();
  return { spansPerSecond: spanCount / seconds, diskBytesPerSpan: (await store.stop()) / spanCount, peakMiB, stallMs };
}
