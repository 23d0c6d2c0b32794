import { serviceGraph, type ServiceGraph } from '../analysis/service-graph';
import type { Backend, RequestOptions, TraceQuery } from './backend';

/** A service graph with what its figures rest on. */
export interface ServiceMap {
  readonly graph: ServiceGraph;
  /** Length of the window that the counts come from; rates are counts over it. */
  readonly windowS: number;
  /** Sentences for the reader: how many traces, whether there are more, what is missing. */
  readonly notes: readonly string[];
}

/** The service map of the traces that a query finds, from their structure alone. */
export async function serviceMapOf(backend: Backend, query: TraceQuery, options: RequestOptions = {}): Promise<ServiceMap> {
  const { traces, isLimited, incompleteTraceCount } = await backend.sample(query, options);
  const notes = [`${traces.traceCount.toLocaleString('en')} traces, ${traces.spanCount.toLocaleString('en')} spans`];
  if (isLimited) {
    notes.push(`a sample: there are more than ${query.limit.toLocaleString('en')} traces in this range, so rates are lower bounds`);
  }
  if (incompleteTraceCount > 0) {
    notes.push(`${incompleteTraceCount.toLocaleString('en')} traces only in part`);
  }
  return { graph: serviceGraph(traces), windowS: Math.max(1, (query.range.toMs - query.range.fromMs) / 1000), notes };
}
