import { operations, type OperationStatistics } from '../analysis/operations';
import { serviceGraph, type GraphNodes, type ServiceGraph } from '../analysis/service-graph';
import { Repair, type TraceSet } from '../trace';
import type { Backend, Sample, SampleOptions, TraceQuery } from './backend';
import { edgeIntervals } from './edge-intervals';
import { tracedDetails, type EdgeDetail, type NodeDetail } from './map-details';

/** A service graph with what its figures rest on. */
export interface ServiceMap {
  readonly graph: ServiceGraph;
  /** Length of the time that the counts come from; rates are counts over it. */
  readonly windowS: number;
  /** Sentences for the reader: how many traces, how they were chosen, what is missing. */
  readonly notes: readonly string[];
  /** Of all spans, entries or not; empty where the source knows no operations. */
  readonly operations?: readonly OperationStatistics[];
  /** What is known of nodes and edges beside their figures, by id; absent where nothing is. */
  readonly nodeDetails?: ReadonlyMap<string, NodeDetail>;
  readonly edgeDetails?: ReadonlyMap<string, EdgeDetail>;
}

/** What a map shows, beyond which traces it is drawn from. */
export interface MapDetail {
  readonly level: 'service' | 'operation';
  /** Resource attribute by which services are grouped, such as `service.namespace`; empty for none. */
  readonly groupBy: string;
}

const SERVICE_LEVEL: MapDetail = { level: 'service', groupBy: '' };

/**
 * Exporters send batches every few seconds (OpenTelemetry's default is 5 s), collectors wait again: what ended so long ago
 * is taken to be complete.
 */
const ARRIVAL_MS = 15_000;

/** The service map of the traces that a query finds, from their structure alone. */
export async function serviceMapOf(backend: Backend, query: TraceQuery, options: SampleOptions = {}, detail = SERVICE_LEVEL): Promise<ServiceMap> {
  const resourceAttributes = detail.groupBy ? [detail.groupBy] : undefined;
  return serviceMapOfSample(await backend.sample({ ...query, resourceAttributes }, options), Date.now(), detail);
}

/** @param nowMs Unix time at which the sample was taken */
export function serviceMapOfSample({ traces, coverage, incompleteTraceCount, notes }: Sample, nowMs: number, { level, groupBy }: MapDetail): ServiceMap {
  const isArriving = arriving(traces, nowMs);
  const nodes: GraphNodes = { kind: level };
  const graph = serviceGraph(traces, { isArriving, nodes });
  return {
    graph,
    windowS: Math.max(1, coverage.coveredMs / 1000),
    notes: [`${counted(traces.traceCount, 'trace')}, ${counted(traces.spanCount, 'span')}`, ...notes, ...lossNotes(traces, incompleteTraceCount, isArriving)],
    operations: operations(traces),
    ...tracedDetails(graph, traces, edgeIntervals(graph, traces, coverage, nodes), groupBy),
  };
}

/** What is missing from the traces, counted: it is missing from the figures too. */
function lossNotes(traces: TraceSet, incompleteTraceCount: number, isArriving: (trace: number) => boolean): string[] {
  const orphanCount = traces.columns.repair.reduce((count, repair) => count + (repair & Repair.missingParent ? 1 : 0), 0);
  const arrivingCount = Array.from({ length: traces.traceCount }, (_, trace) => trace).filter(isArriving).length;
  return [
    ...(incompleteTraceCount > 0 ? [`${counted(incompleteTraceCount, 'trace')} only in part`] : []),
    ...(orphanCount > 0 ? [`${counted(orphanCount, 'span')} without their parent`] : []),
    ...(arrivingCount > 0 ? [`${counted(arrivingCount, 'trace')} still arriving`] : []),
  ];
}

const counted = (count: number, what: string) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** Whether the latest span of a trace ended only now, so that others may follow. */
function arriving(set: TraceSet, nowMs: number): (trace: number) => boolean {
  return (trace) => Number(set.baseUnixNs(trace)) / 1e6 + set.traceDurationNs(trace) / 1e6 > nowMs - ARRIVAL_MS;
}
