import { decodeOtlpProtobuf, decodeOtlpProtobufForGraph, encodeOtlpProtobuf } from '../../formats';
import { TraceSet, type TraceId } from '../../trace';

/**
 * One set of several. A trace that is in more than one is taken from the last: later answers replace earlier ones.
 *
 * @param keep which traces of a set to take; all where undefined
 */
export function mergeSets(sets: readonly TraceSet[], keep: (set: TraceSet, trace: number) => boolean = () => true): TraceSet {
  const lastSet = new Map<TraceId, TraceSet>();
  const kept = sets.map((set) => Array.from({ length: set.traceCount }, (_, trace) => trace).filter((trace) => keep(set, trace)));
  sets.forEach((set, at) => kept[at].forEach((trace) => lastSet.set(set.traceId(trace), set)));
  if (sets.length === 1 && kept[0].length === sets[0].traceCount) {
    return sets[0];
  }
  return decodeOtlpProtobufForGraph(sets.map((set, at) => encodeOtlpProtobuf(set, kept[at].filter((trace) => lastSet.get(set.traceId(trace)) === set))));
}

/** The set with only these traces. */
export function selectTraces(set: TraceSet, traces: readonly number[]): TraceSet {
  return traces.length === set.traceCount ? set : decodeOtlpProtobuf(encodeOtlpProtobuf(set, [...traces]));
}

export const emptySet = (): TraceSet => decodeOtlpProtobuf(new Uint8Array());

/** One set of all spans: where parts of a trace are in several sets, they become one trace. Notices of all stay. */
export function uniteSets(sets: readonly TraceSet[]): TraceSet {
  if (sets.length === 1) {
    return sets[0];
  }
  const united = decodeOtlpProtobuf(sets.map((set) => encodeOtlpProtobuf(set)));
  return new TraceSet({ ...united.columns, notices: [...united.columns.notices, ...sets.flatMap((set) => set.notices)] });
}
