import { FieldType, type DataFrame, type Field } from '@grafana/data';
import type { CallStatistics } from '../analysis/call-statistics';
import type { DurationSketchData } from '../analysis/duration-sketch';
import type { Interval } from '../backends/edge-intervals';
import type { ServiceMap } from '../backends/service-map';

/** What the figures rest on; our panel shows it, others ignore it. */
export interface ServiceMapFrameMeta {
  readonly windowS: number;
  readonly notes: readonly string[];
  /** All durations by the id of the node or edge, for percentiles of groups. */
  readonly durations: ReadonlyMap<string, DurationSketchData>;
}

/**
 * A service map as Grafana's node graph frames (`nodes` and `edges`), so that the core Node graph panel can draw it too, and
 * its operations as a third one. Durations are in ms, as the unit of the fields says.
 */
export function serviceMapFrames({ graph, windowS, notes, operations = [], nodeDetails, edgeDetails }: ServiceMap, refId: string | undefined): DataFrame[] {
  const { nodes, edges } = graph;
  const metaOf = (items: ReadonlyArray<{ readonly id: string; readonly calls: CallStatistics }>) => {
    const custom: ServiceMapFrameMeta = { windowS, notes, durations: new Map(items.flatMap(({ id, calls }) => (calls.durations ? [[id, calls.durations]] : []))) };
    return { preferredVisualisationType: 'nodeGraph' as const, custom };
  };
  const nodeCalls = nodes.map(({ calls }) => calls);
  const edgeCalls = edges.map(({ calls }) => calls);
  const nodeDetail = nodes.map(({ id }) => nodeDetails?.get(id) ?? {});
  const edgeDetail = edges.map(({ id }) => edgeDetails?.get(id) ?? {});
  return [
    {
      name: 'nodes',
      refId,
      meta: metaOf(nodes),
      length: nodes.length,
      fields: [
        strings('id', nodes.map(({ id }) => id)),
        strings('title', nodes.map(({ name, operation }) => operation ?? name)),
        strings('subtitle', nodes.map(({ kind }) => kind)),
        ...figureFields(nodeCalls, windowS),
        numbers('arc__ok', nodeCalls.map((calls) => 1 - errorRatio(calls)), { color: { mode: 'fixed', fixedColor: 'green' } }),
        numbers('arc__errors', nodeCalls.map(errorRatio), { color: { mode: 'fixed', fixedColor: 'red' } }),
        strings('detail__service', nodes.map(({ name, operation }) => (operation === undefined ? '' : name)), { displayName: 'Service' }),
        strings('detail__group', nodeDetail.map(({ group = '' }) => group), { displayName: 'Group' }),
        strings('detail__change', nodeDetail.map(({ change = '' }) => change), { displayName: 'Change' }),
      ],
    },
    {
      name: 'edges',
      refId,
      meta: metaOf(edges),
      length: edges.length,
      fields: [
        strings('id', edges.map(({ id }) => id)),
        strings('source', edges.map(({ source }) => source)),
        strings('target', edges.map(({ target }) => target)),
        ...figureFields(edgeCalls, windowS),
        numbers('thickness', thicknesses(edgeCalls)),
        strings('detail__provenance', edges.map(({ provenance }) => provenance), { displayName: 'Rests on' }),
        numbers('detail__gap', edges.map(({ gapMeanNs }) => msOf(gapMeanNs)), { displayName: 'Client − server', unit: 'ms' }),
        numbers('detail__share', edgeDetail.map(({ share = null }) => share), { displayName: 'Of latency', unit: 'percentunit' }),
        strings('detail__change', edgeDetail.map(({ change = '' }) => change), { displayName: 'Change' }),
        numbers('detail__p95_before', edgeDetail.map(({ baselineP95Ns }) => msOf(baselineP95Ns)), { displayName: 'p95 before', unit: 'ms' }),
        ...intervalFields('calls', 'Calls', edgeDetail.map(({ countInterval }) => countInterval)),
        ...intervalFields('error_ratio', 'Share of errors', edgeDetail.map(({ errorRatioInterval }) => errorRatioInterval), 'percentunit'),
        ...PERCENTILES.flatMap((name) => intervalFields(name, name, edgeDetail.map((detail) => inMs(detail[`${name}IntervalNs`])), 'ms')),
      ],
    },
    {
      name: 'operations',
      refId,
      // Without this the Node graph panel would take it for nodes.
      meta: { preferredVisualisationType: 'table' },
      length: operations.length,
      fields: [
        strings('service', operations.map(({ service }) => service)),
        strings('operation', operations.map(({ operation }) => operation)),
        ...figureFields(operations.map(({ calls }) => calls), windowS),
      ],
    },
  ];
}

function figureFields(calls: readonly CallStatistics[], windowS: number): Field[] {
  // Who is never called (the user, say) has no durations.
  const durations = (pick: (calls: CallStatistics) => number | undefined) =>
    calls.map((figures) => {
      const durationNs = figures.count > 0 ? pick(figures) : undefined;
      return durationNs === undefined ? null : durationNs / 1e6;
    });
  return [
    numbers('mainstat', calls.map(({ count }) => count / windowS), { displayName: 'Rate', unit: 'reqps' }),
    numbers('secondarystat', durations(({ p95Ns }) => p95Ns), { displayName: 'p95', unit: 'ms' }),
    numbers('detail__calls', calls.map(({ count }) => count), { displayName: 'Calls' }),
    numbers('detail__errors', calls.map(({ errorCount }) => errorCount), { displayName: 'Errors' }),
    numbers('detail__p50', durations(({ p50Ns }) => p50Ns), { displayName: 'p50', unit: 'ms' }),
    numbers('detail__p95', durations(({ p95Ns }) => p95Ns), { displayName: 'p95', unit: 'ms' }),
    numbers('detail__p99', durations(({ p99Ns }) => p99Ns), { displayName: 'p99', unit: 'ms' }),
    { name: 'exemplars', type: FieldType.other, config: {}, values: calls.map(({ exemplars }) => exemplars.map(({ traceId, durationNs, error }) => ({ traceId, durationNs, isFailed: error }))) },
    strings('detail__traces', calls.map(({ exemplars }) => [...new Set(exemplars.map(({ traceId }) => traceId))].join(' ')), { displayName: 'Traces' }),
  ];
}

const PERCENTILES = ['p50', 'p95', 'p99'] as const;

/** Both ends, null where there is none. */
const intervalFields = (name: string, displayName: string, intervals: ReadonlyArray<Interval | undefined>, unit?: string): Field[] => [
  numbers(`detail__${name}_low`, intervals.map((interval) => interval?.low ?? null), { displayName: `${displayName}, low`, unit }),
  numbers(`detail__${name}_high`, intervals.map((interval) => (interval && interval.high < Infinity ? interval.high : null)), { displayName: `${displayName}, high`, unit }),
];

const inMs = (interval: Interval | undefined): Interval | undefined => interval && { low: interval.low / 1e6, high: interval.high / 1e6 };
const msOf = (durationNs: number | undefined): number | null => (durationNs === undefined ? null : durationNs / 1e6);
const errorRatio = ({ count, errorCount }: CallStatistics) => (count > 0 ? errorCount / count : 0);

function thicknesses(calls: readonly CallStatistics[]): number[] {
  const most = Math.max(1, ...calls.map(({ count }) => count));
  return calls.map(({ count }) => 1 + 5 * Math.sqrt(count / most));
}

const strings = (name: string, values: string[], config: Field['config'] = {}): Field => ({ name, type: FieldType.string, values, config });
const numbers = (name: string, values: Array<number | null>, config: Field['config'] = {}): Field => ({ name, type: FieldType.number, values, config });
