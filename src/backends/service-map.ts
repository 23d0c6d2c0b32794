import { serviceGraph, type ServiceGraph } from '../analysis/service-graph';
import type { TraceSet } from '../trace';
import type { Backend, Sample, SampleOptions, TraceQuery } from './backend';

/** A service graph with what its figures rest on. */
export interface ServiceMap {
  readonly graph: ServiceGraph;
  /** Length of the time that the counts come from; rates are counts over it. */
  readonly windowS: number;
  /** Sentences for the reader: how many traces, how they were chosen, what is missing. */
  readonly notes: readonly string[];
}

/**
 * Exporters send batches every few seconds (OpenTelemetry's default is 5 s), collectors wait again: what ended so long ago
 * is taken to be complete.
 */
const ARRIVAL_MS = 15_000;

/** The service map of the traces that a query finds, from their structure alone. */
export async function serviceMapOf(backend: Backend, query: TraceQuery, options: SampleOptions = {}): Promise<ServiceMap> {
  return serviceMapOfSample(await backend.sample(query, options), Date.now());
}

/** @param nowMs Unix time at which the sample was taken */
export function serviceMapOfSample({ traces, coverage, incompleteTraceCount, notes }: Sample, nowMs: number): ServiceMap {
  const isArriving = arriving(traces, nowMs);
  const said = [`${traces.traceCount.toLocaleString('en')} traces, ${traces.spanCount.toLocaleString('en')} spans`, ...notes];
  if (incompleteTraceCount > 0) {
    said.push(`${incompleteTraceCount.toLocaleString('en')} traces only in part`);
  }
  return { graph: serviceGraph(traces, { isArriving }), windowS: Math.max(1, coverage.coveredMs / 1000), notes: said };
}

/** Whether the latest span of a trace ended only now, so that others may follow. */
function arriving(set: TraceSet, nowMs: number): (trace: number) => boolean {
  return (trace) => Number(set.baseUnixNs(trace)) / 1e6 + set.traceDurationNs(trace) / 1e6 > nowMs - ARRIVAL_MS;
}
