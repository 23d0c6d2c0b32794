/** The store's own metrics in Prometheus' text format. */
import type { Engine } from '../engine/engine';

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly value: number;
}

export function metricsText(engine: Engine): string {
  const { counters, waitingSpans, waitingBytes } = engine.ingester;
  const metrics: readonly Metric[] = [
    { name: 'veza_store_spans_received_total', type: 'counter', help: 'Spans in requests that could be read.', value: counters.receivedSpans },
    { name: 'veza_store_spans_rejected_total', type: 'counter', help: 'Received spans that were left out as invalid.', value: counters.rejectedSpans },
    { name: 'veza_store_spans_written_total', type: 'counter', help: 'Spans that reached the database.', value: counters.writtenSpans },
    { name: 'veza_store_requests_refused_total', type: 'counter', help: 'Requests refused because the store was behind.', value: counters.refusedRequests },
    { name: 'veza_store_failed_writes_total', type: 'counter', help: 'Writes to the database that failed and were tried again.', value: counters.failedWrites },
    { name: 'veza_store_spans_waiting', type: 'gauge', help: 'Spans in the write-ahead log that the database does not have yet.', value: waitingSpans },
    { name: 'veza_store_bytes_waiting', type: 'gauge', help: 'Bytes of requests that the database does not have yet.', value: waitingBytes },
    { name: 'process_resident_memory_bytes', type: 'gauge', help: 'Resident memory size in bytes.', value: process.memoryUsage.rss() },
  ];
  return metrics.map(({ name, type, help, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`).join('');
}
