/**
 * Queries of the embedded store over 1,000,000 spans ÷ what Tempo 2.7.1 took for the same on a machine of two cores (p50, ms):
 * the requests of a reader, over HTTP, one after the other.
 */
import { type Corpus, corpus } from './corpus';
import { lazily, median, type Benchmark } from './measure';
import { BenchStore } from './store-server';

const WARM_UPS = 3;
const ROUNDS = 15;

const filled = lazily(async () => {
  const store = await BenchStore.start();
  await store.send((await corpus()).requests);
  await store.written();
  return store;
});

export const benchmarks: readonly Benchmark[] = [
  { name: 'store.trace', what: 'a trace by id, protobuf', limit: { atMost: 0.2 }, run: () => against(101, ({ someTraceId }) => `/api/traces/${someTraceId}`) },
  { name: 'store.search.name', what: '{ name = … }', limit: { atMost: 1 }, run: () => against(12.5, byName) },
  { name: 'store.search.duration', what: 'a service and a duration', limit: { atMost: 0.5 }, run: () => against(50, search('{ resource.service.name = "veza-backend-api" && duration > 500ms }')) },
  { name: 'store.search.attribute', what: 'one user, limit 100', limit: { atMost: 0.5 }, run: () => against(227, (found) => search(`{ span.veza.user.id = "${found.someUserId}" }`, 100)(found)) },
  { name: 'store.search.structural', what: 'a service >> a failing database call', limit: { atMost: 0.5 }, run: () => against(513, search('{ resource.service.name = "veza-web" } >> { span.db.system = "postgresql" && status = error }')) },
  { name: 'store.search.aggregate', what: 'by(service) | avg(duration) > 1s', limit: { atMost: 0.5 }, run: () => against(101, search('{ } | by(resource.service.name) | avg(duration) > 1s')) },
  { name: 'store.metrics.rate', what: 'rate by service over the hour', limit: { atMost: 0.5 }, run: () => against(270, metrics('{ } | rate() by (resource.service.name)')) },
  { name: 'store.metrics.quantile', what: 'quantiles of one operation over the hour', limit: { atMost: 0.5 }, run: () => against(138, metrics('{ name = "auth.login" } | quantile_over_time(duration, .5, .95, .99)')) },
  // The last: it sends everything once more.
  { name: 'store.search.beside', what: 'the search by name beside a writer at full speed ÷ alone', limit: { atMost: 2 }, run: besideWriter },
];

export async function finish(): Promise<void> {
  await (await filled()).stop();
}

type PathOf = (corpus: Corpus) => string;

const byName = search('{ name = "auth.login" }');

function search(q: string, limit = 20): PathOf {
  return ({ start, end }) => `/api/search?${new URLSearchParams({ q, limit: String(limit), start: String(start), end: String(end) })}`;
}

function metrics(q: string): PathOf {
  return ({ start, end }) => `/api/metrics/query_range?${new URLSearchParams({ q, step: '60s', start: String(start), end: String(end) })}`;
}

/** Median milliseconds of the request ÷ those of Tempo. */
async function against(tempoMs: number, pathOf: PathOf): Promise<number> {
  return (await medianMs(pathOf)) / tempoMs;
}

async function besideWriter(): Promise<number> {
  const [store, { requests }] = [await filled(), await corpus()];
  const aloneMs = await medianMs(byName);
  const sending = store.send(requests);
  const besideMs = await medianMs(byName);
  await sending;
  return besideMs / aloneMs;
}

async function medianMs(pathOf: PathOf): Promise<number> {
  const store = await filled();
  const path = pathOf(await corpus());
  const times: number[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    times.push(await store.ask(path, path.startsWith('/api/traces') ? { accept: 'application/protobuf' } : {}));
  }
  return median(times.slice(WARM_UPS));
}
