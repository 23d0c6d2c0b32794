/** The store's own metrics in Prometheus' text format; local/store/README.md lists them. */
import { stallSample } from '../event-loop-stall';
import type { Engine } from '../engine/engine';
import { BUCKET_SECONDS, type CallSeries, type DurationHistogram } from '../service-graph-metrics/call-series';

type Labels = Readonly<Record<string, string>>;

class MetricsText {
  private readonly lines: string[] = [];

  counter(name: string, help: string, value: number): void {
    this.family(name, 'counter', help, [[{}, value]]);
  }

  gauge(name: string, help: string, value: number): void {
    this.family(name, 'gauge', help, [[{}, value]]);
  }

  family(name: string, type: 'counter' | 'gauge', help: string, samples: ReadonlyArray<readonly [Labels, number]>): void {
    this.head(name, type, help);
    samples.forEach(([labels, value]) => this.sample(name, labels, value));
  }

  histogram(name: string, help: string, samples: ReadonlyArray<readonly [Labels, DurationHistogram]>): void {
    this.head(name, 'histogram', help);
    for (const [labels, { counts, sumSeconds, count }] of samples) {
      let below = 0;
      BUCKET_SECONDS.forEach((bound, i) => this.sample(`${name}_bucket`, { ...labels, le: String(bound) }, (below += counts[i])));
      this.sample(`${name}_bucket`, { ...labels, le: '+Inf' }, count);
      this.sample(`${name}_sum`, labels, sumSeconds);
      this.sample(`${name}_count`, labels, count);
    }
  }

  finish(): string {
    return this.lines.join('');
  }

  private head(name: string, type: string, help: string): void {
    this.lines.push(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
  }

  private sample(name: string, labels: Labels, value: number): void {
    const text = Object.entries(labels).map(([key, label]) => `${key}="${escaped(label)}"`).join(',');
    this.lines.push(`${name}${text && `{${text}}`} ${value}\n`);
  }
}

/** Label values come from traces: Prometheus escapes the backslash, the quote and the line feed. */
function escaped(label: string): string {
  return label.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
}

export function metricsText(engine: Engine): string {
  const out = new MetricsText();
  addIngest(out, engine);
  addSampling(out, engine);
  addServiceGraph(out, engine);
  out.gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', process.memoryUsage.rss());
  out.family('veza_store_event_loop_stall_max_seconds', 'gauge', 'Longest time that a thread of the store could not answer, since its start.', []);
  return out.finish() + stallSample('engine', engine.stall);
}

function addIngest(out: MetricsText, { ingester }: Engine): void {
  const { counters, waitingSpans, waitingBytes } = ingester;
  out.counter('veza_store_spans_received_total', 'Spans in requests that could be read.', counters.receivedSpans);
  out.counter('veza_store_spans_rejected_total', 'Received spans that were left out as invalid.', counters.rejectedSpans);
  out.counter('veza_store_spans_written_total', 'Spans that reached the database.', counters.writtenSpans);
  out.counter('veza_store_requests_refused_total', 'Requests refused because the store was behind.', counters.refusedRequests);
  out.counter('veza_store_failed_writes_total', 'Writes to the database that failed and were tried again.', counters.failedWrites);
  out.counter('veza_store_spans_quarantined_total', 'Spans that could not be written and were put into a file.', counters.quarantinedSpans);
  out.gauge('veza_store_spans_waiting', 'Spans to be written that the database does not have yet.', waitingSpans);
  out.gauge('veza_store_bytes_waiting', 'Bytes of requests that the database does not have yet.', waitingBytes);
}

/** Nothing where the store keeps every trace. */
function addSampling(out: MetricsText, { ingester: { sampler } }: Engine): void {
  if (!sampler) {
    return;
  }
  const { counters } = sampler;
  out.family('veza_store_sampling_traces_total', 'counter', 'Traces decided about, by decision and the policy that made it.', [
    ...Object.entries(counters.keptTraces).map(([policy, traces]) => [{ decision: 'kept', policy }, traces] as const),
    [{ decision: 'dropped', policy: 'none' }, counters.droppedTraces],
  ]);
  out.family('veza_store_sampling_spans_total', 'counter', 'Spans of traces decided about, by decision.', [
    [{ decision: 'kept' }, counters.keptSpans],
    [{ decision: 'dropped' }, counters.droppedSpans],
  ]);
  out.counter('veza_store_sampling_late_spans_total', 'Spans that came after the decision about their trace and followed it.', counters.lateSpans);
  out.counter('veza_store_sampling_early_decisions_total', 'Traces decided before their time because too much waited.', counters.earlyDecisions);
  out.gauge('veza_store_sampling_queued_traces', 'Traces that wait for the decision.', sampler.waitingTraces);
  out.gauge('veza_store_sampling_queued_spans', 'Spans that wait for the decision.', sampler.waitingSpans);
  out.gauge('veza_store_sampling_queued_bytes', 'Bytes of requests that waiting spans hold in memory.', sampler.waitingBytes);
}

function addServiceGraph(out: MetricsText, { ingester, options }: Engine): void {
  const { calls, tenants } = ingester;
  const all = [...calls.series.all];
  const labelled = <T>(value: (series: CallSeries) => T): Array<readonly [Labels, T]> =>
    all.map((series) => {
      const { tenant, client, server, connectionType } = series.labels;
      return [{ client, server, connection_type: connectionType, ...(options.multitenant && { tenant: tenants.nameOf(tenant) ?? '' }) }, value(series)];
    });
  out.family('traces_service_graph_request_total', 'counter', 'Calls between two services.', labelled(({ requests }) => requests));
  out.family('traces_service_graph_request_failed_total', 'counter', 'Calls between two services that failed on either side.', labelled(({ failed }) => failed));
  out.histogram('traces_service_graph_request_server_seconds', 'Duration of calls as the server saw it.', labelled(({ server }) => server));
  out.histogram('traces_service_graph_request_client_seconds', 'Duration of calls as the client saw it.', labelled(({ client }) => client));
  out.counter('traces_service_graph_unpaired_spans_total', 'Sides of calls concluded without the other.', calls.unpaired);
  out.counter('traces_service_graph_expired_early_total', 'Those of them concluded before their time because too many waited.', calls.early);
  out.counter('traces_service_graph_dropped_calls_total', 'Calls left out because there are too many series.', calls.series.droppedCalls);
  out.gauge('traces_service_graph_waiting_calls', 'Sides of calls that wait for the other.', calls.waitingCalls);
}
