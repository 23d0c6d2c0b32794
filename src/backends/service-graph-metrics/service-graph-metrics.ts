/**
 * The service map from the metrics that Tempo's metrics generator or the collector's servicegraph connector keeps in a
 * Prometheus: all calls counted, none sampled, no traces read.
 */
import type { RequestOptions, TraceQuery } from '../backend';
import { isEmptyFilter } from '../filter/trace-filter';
import { ApiClient } from '../http/api-client';
import { BackendError, type HttpTransport } from '../http/http-client';
import type { RequestPolicy } from '../http/request';
import type { ServiceMap } from '../service-map';
import { LatencyBuckets } from './latency-buckets';
import { graphOfMetrics, type CountedEdge } from './metrics-graph';
import { instantVector, promqlString, type PromSeries } from './prometheus';

const PREFIX = 'traces_service_graph_request';
const EDGE_LABELS = ['client', 'server', 'connection_type', 'virtual_node'];

/**
 * @param transport to the Prometheus, see grafanaProxy
 * @param query of its filter only `service` can be asked: edges to and from it. The limit does not matter.
 * @throws BackendError of kind `unsupported` for any other filter
 */
export async function serviceMapOfMetrics(
  transport: HttpTransport,
  { filter, range }: Pick<TraceQuery, 'filter' | 'range'>,
  options: RequestOptions = {},
  policy?: RequestPolicy
): Promise<ServiceMap> {
  const { service, ...others } = filter;
  if (!isEmptyFilter(others)) {
    throw new BackendError('unsupported', 'Service-graph metrics can be filtered by service only: take the other filters away, or draw the map from traces');
  }
  const client = new ApiClient(transport, policy);
  const windowS = Math.max(1, Math.ceil((range.toMs - range.fromMs) / 1000));
  const increases = (metric: string, extraLabels: readonly string[] = []) =>
    instantVector(client, increasePromql(metric, windowS, service, extraLabels), range.toMs, options);
  const [calls, failed, serverBuckets, clientBuckets, serverSums, clientSums] = await Promise.all([
    increases('total'),
    increases('failed_total'),
    increases('server_seconds_bucket', ['le']),
    increases('client_seconds_bucket', ['le']),
    increases('server_seconds_sum'),
    increases('client_seconds_sum'),
  ]);
  const edges = new EdgeTable();
  calls.forEach((series) => edges.create(series));
  failed.forEach(({ labels, value }) => edges.get(labels, (edge) => (edge.errorCount = Math.min(edge.count, Math.round(value)))));
  serverBuckets.forEach(({ labels, value }) => edges.get(labels, (edge) => edge.serverSeconds.add(labels.le ?? '', value)));
  clientBuckets.forEach(({ labels, value }) => edges.get(labels, (edge) => edge.clientSeconds.add(labels.le ?? '', value)));
  serverSums.forEach(({ labels, value }) => edges.get(labels, (edge) => edge.serverSeconds.addSum(value)));
  clientSums.forEach(({ labels, value }) => edges.get(labels, (edge) => edge.clientSeconds.addSum(value)));
  return { graph: graphOfMetrics(edges.list()), windowS, notes: notesOf(edges.list(), serverBuckets.length > 0, service) };
}

/** Calls of the window; what was counted before a series' first scrape is not in it, as `increase` works. */
export function increasePromql(metric: string, windowS: number, service: string | undefined, extraLabels: readonly string[] = []): string {
  const of = (matcher: string) => `increase(${PREFIX}_${metric}${matcher}[${windowS}s])`;
  const name = service && promqlString(service);
  const increases = name ? `${of(`{client=${name}}`)} or ${of(`{server=${name}}`)}` : of('');
  return `sum by (${[...EDGE_LABELS, ...extraLabels].join(', ')}) (${increases})`;
}

/** Edges by their labels. */
class EdgeTable {
  private readonly edges = new Map<string, CountedEdge>();

  create({ labels, value }: PromSeries): void {
    const { client = '', server = '', connection_type: connectionType = '', virtual_node: virtualSide = '' } = labels;
    if (client && server && value > 0) {
      // `increase` extrapolates to the ends of the window: parts of calls.
      const count = Math.max(1, Math.round(value));
      const seconds = () => new LatencyBuckets();
      this.edges.set(keyOf(labels), { client, server, connectionType, virtualSide, count, errorCount: 0, serverSeconds: seconds(), clientSeconds: seconds() });
    }
  }

  get(labels: PromSeries['labels'], change: (edge: CountedEdge) => void): void {
    const edge = this.edges.get(keyOf(labels));
    if (edge) {
      change(edge);
    }
  }

  list(): CountedEdge[] {
    return [...this.edges.values()];
  }
}

const keyOf = (labels: PromSeries['labels']): string => JSON.stringify(EDGE_LABELS.map((label) => labels[label] ?? ''));

function notesOf(edges: readonly CountedEdge[], hasBuckets: boolean, service: string | undefined): string[] {
  if (edges.length === 0) {
    return [`No service-graph metrics (${PREFIX}_total) in this range: is the metrics generator of Tempo, or the collector's servicegraph connector, on?`];
  }
  return [
    'from service-graph metrics: all calls that were counted, no example traces',
    ...(hasBuckets ? ['durations are interpolated between the bounds of the histograms'] : ['durations are missing: the classic histograms are not there']),
    ...(service ? [`only calls to and from ${service}: metrics know no traces`] : []),
  ];
}
