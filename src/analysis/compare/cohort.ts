import type { TraceSet } from '../../trace';

/** Some traces of a set: the slow ones, those with errors, those before a deployment. No trace twice. */
export interface Cohort {
  readonly set: TraceSet;
  readonly traces: readonly number[];
}

/** All traces of a set. */
export function wholeSet(set: TraceSet): Cohort {
  return { set, traces: Array.from({ length: set.traceCount }, (_, trace) => trace) };
}

/** Splits a set's traces in two by a question. */
export function split(set: TraceSet, isRight: (trace: number) => boolean): { readonly left: Cohort; readonly right: Cohort } {
  const { traces } = wholeSet(set);
  return { left: { set, traces: traces.filter((trace) => !isRight(trace)) }, right: { set, traces: traces.filter(isRight) } };
}
