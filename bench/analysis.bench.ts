/** The analyses of one large trace, and of many traces. */
import { split } from '../src/analysis/compare/cohort';
import { compareCohorts, type Comparison } from '../src/analysis/compare/compare';
import { CriticalPathWalk } from '../src/analysis/critical-path';
import { compileSpanFilter } from '../src/analysis/filter/span-filter';
import { selfTimes } from '../src/analysis/self-time';
import { ServiceGraphBuilder, type ServiceGraph } from '../src/analysis/service-graph';
import { spanStatistics } from '../src/analysis/statistics';
import { mergedStructure } from '../src/analysis/structure';
import { decodeOtlpProtobuf, decodeOtlpProtobufForGraph } from '../src/formats';
import { parseJson } from './json-parse';
import { lazily, ratio, time, type Benchmark } from './measure';
import { scanSpans } from './wire-scan';
import { makeTrace, toOtlpJson, toOtlpProtobuf } from './workload';

const SPANS = 100_000;
const json = lazily(() => toOtlpJson(makeTrace(SPANS)));
const trace = lazily(() => decodeOtlpProtobuf(toOtlpProtobuf(makeTrace(SPANS))));
/** 20,000 traces of 50 spans in pages of 500, spans grouped by resource as a collector's batches are. */
const pages = lazily(() => Array.from({ length: 40 }, (_, page) => toOtlpProtobuf(Array.from({ length: 500 }, (_, at) => makeTrace(50, 1 + 500 * page + at)).flat())));

export const benchmarks: readonly Benchmark[] = [
  { name: 'criticalPath.100k', what: 'all segments of one trace', limit: { atMost: 0.01 }, run: () => toJson(criticalPathNs) },
  { name: 'selfTime.100k', what: 'self time of each service', limit: { atMost: 0.01 }, run: () => toJson(() => selfTimes(trace(), { kind: 'service' })) },
  { name: 'statistics.100k', what: 'percentiles, errors, self time of each operation', limit: { atMost: 0.01 }, run: () => toJson(() => spanStatistics(trace(), { kind: 'operation' })) },
  { name: 'structure.100k', what: 'merged call paths', limit: { atMost: 0.03 }, run: () => toJson(() => mergedStructure(trace())) },
  { name: 'filter.100k', what: 'an attribute regular expression and a duration, compiled and run', limit: { atMost: 0.15 }, run: () => toJson(filtered, 0) },
  { name: 'map.1m', what: '20,000 traces of 50 spans: protobuf → service graph, spans a second ÷ those of a bare scan', limit: { atLeast: 0.35 }, run: () => 1 / ratio(serviceGraphOfAll, scanAll, 5, 2) },
  { name: 'compare.20k', what: 'two cohorts of 10,000 traces of 50 spans ÷ decoding all their attributes', limit: { atMost: 1 }, run: () => ratio(compareHalves, decodeAll, 3, 1) },
];

/** Time of the work ÷ time of parsing the trace's JSON. */
function toJson(work: () => unknown, warmUps?: number): number {
  return ratio(work, () => parseJson(json()), 9, warmUps);
}

function criticalPathNs(): number {
  let totalNs = 0;
  new CriticalPathWalk(trace()).walk(0, (_, fromNs, toNs) => (totalNs += toNs - fromNs));
  return totalNs;
}

function filtered(): Uint8Array {
  const compiled = compileSpanFilter('span.http.route =~ "^/api/v[12]/(list|get)" and duration > 1ms');
  if (compiled.kind !== 'filter') {
    throw new Error(`expected a filter, actual: ${compiled.kind}`);
  }
  return compiled.filter.run(trace());
}

/** As traces arrive: each page decoded and added on its own. */
function serviceGraphOfAll(): ServiceGraph {
  const builder = new ServiceGraphBuilder();
  for (const page of pages()) {
    builder.add(decodeOtlpProtobufForGraph(page));
  }
  return builder.finish();
}

function scanAll(): number {
  return pages().reduce((spans, page) => spans + scanSpans(page).spans, 0);
}

const allTraces = lazily(() => decodeOtlpProtobuf(pages()));

/** Every other trace against the rest. */
function compareHalves(): Comparison | undefined {
  const set = allTraces();
  const { left, right } = split(set, (trace) => trace % 2 === 1);
  return compareCohorts(left, right);
}

function decodeAll(): number {
  const set = allTraces();
  let attributes = 0;
  for (let row = 0; row < set.spanCount; row++) {
    attributes += set.detail(row).attributes.length;
  }
  return attributes;
}

/** Where the time of map.1m goes, ms: for looking at, not part of the table. */
export function mapPhases(): Readonly<Record<string, number>> {
  const sets = pages().map((page) => decodeOtlpProtobufForGraph(page));
  const builder = new ServiceGraphBuilder();
  return {
    scanMs: time(scanAll),
    decodeMs: time(() => pages().map((page) => decodeOtlpProtobufForGraph(page).spanCount)),
    graphMs: time(() => sets.forEach((set) => builder.add(set))),
    finishMs: time(() => builder.finish()),
  };
}
