import type { DurationSketchData } from '../../analysis/duration-sketch';
import { formatRate, rateUnitFor } from '../format-figures';

/** What a service map shows: a picture's content, whatever it was computed from (traces, metrics, frames). */
export interface MapModel {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

export type MapNodeKind = 'service' | 'database' | 'messaging' | 'external' | 'user';

export interface MapFigures {
  /** Calls in the window as far as they were seen; not extrapolated. */
  readonly count: number;
  readonly errorCount: number;
  /** False where the source counts no failed calls: `errorCount` is 0 then and tells nothing. */
  readonly countsErrors?: false;
  /** Undefined where no duration is known. */
  readonly p50Ns?: number;
  readonly p95Ns?: number;
  readonly p99Ns?: number;
  /** All durations, so that percentiles of several services can be told; undefined where only percentiles are known. */
  readonly durations?: DurationSketchData;
  /** A few traces that show it: failed ones first, then the slowest. */
  readonly exemplars?: readonly MapExemplar[];
  /** What the source writes on it where it counts no calls, empty for nothing: the figures above are not known then. */
  readonly label?: string;
  /** What else the source tells, in its own words and units. */
  readonly facts?: readonly MapFact[];
}

export interface MapFact {
  readonly name: string;
  readonly text: string;
  /** To sort by, where it is a number. */
  readonly value?: number;
}

/** A part of a node's ring, as the source colours it. */
export interface MapArc {
  readonly name: string;
  /** Of the ring, in [0, 1]. */
  readonly share: number;
  /** A CSS colour. */
  readonly colour: string;
}

/** A trace that shows what the figures say. */
export interface MapExemplar {
  readonly traceId: string;
  /** Of the call, not of the whole trace; undefined where the source does not say. */
  readonly durationNs?: number;
  readonly isFailed?: boolean;
}

/** What became of a service or connection since an earlier window. */
export type MapChange = 'new' | 'gone' | 'slower' | 'faster' | 'more-errors' | 'fewer-errors';

/** What an edge rests on: spans of both sides, of one side, a change of service inside a span's children, or not traces at all. */
export type MapProvenance = 'both' | 'client' | 'server' | 'internal' | 'metrics' | 'dependencies' | 'frames';

/** Between which values the true one is expected in 95 of 100 samples. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface MapNode extends MapFigures {
  /** Unique and stable between refreshes. */
  readonly id: string;
  readonly name: string;
  readonly kind: MapNodeKind;
  /** Of an operation, the service it belongs to. */
  readonly service?: string;
  /** Nodes of one group are drawn in one box that bears this name. */
  readonly group?: string;
  /** Where this node stands for a collapsed group: how many services are in it. */
  readonly memberCount?: number;
  readonly change?: MapChange;
  /** A CSS colour that somebody chose for it; errors are drawn over it. */
  readonly colour?: string;
  /** Its ring, from twelve o'clock, where the source divides it. */
  readonly arcs?: readonly MapArc[];
}

export interface MapEdge extends MapFigures {
  readonly id: string;
  /** Node ids; both must be in `nodes`. */
  readonly source: string;
  readonly target: string;
  /** Of the end-to-end latency, what its calls are to blame for; in [0, 1]. */
  readonly share?: number;
  readonly change?: MapChange;
  /** Its p95 in an earlier window, to colour it by how it compares with itself. */
  readonly baselineP95Ns?: number;
  /** Mean of client − server duration: network and queueing. */
  readonly gapMeanNs?: number;
  /** Measured where undefined. */
  readonly provenance?: MapProvenance;
  /** What sets its width where no calls are counted. */
  readonly weight?: number;
  // Where the figures are estimates from a sample.
  /** Of the calls in the window. */
  readonly countInterval?: Interval;
  /** Of the share of calls that failed. */
  readonly errorRatioInterval?: Interval;
  /** In ns; an end that the sample is too small for is 0 or Infinity. */
  readonly p50IntervalNs?: Interval;
  readonly p95IntervalNs?: Interval;
  readonly p99IntervalNs?: Interval;
  /** A CSS colour that somebody chose for it, instead of what its figures ask for. */
  readonly colour?: string;
}

/** Whether the source says how many calls there were, be it none. */
export const isCounted = ({ label }: MapFigures): boolean => label === undefined;

/** Whether the source says how many calls failed, be it none. */
export const isErrorCounted = (figures: MapFigures): boolean => isCounted(figures) && figures.countsErrors !== false;

/** In [0, 1]; 0 where nothing was counted. */
export const errorRatio = ({ count, errorCount }: MapFigures): number => (count > 0 ? errorCount / count : 0);

/** Writes counts of the window as rates, all of them in the unit that suits the busiest node or edge. */
export function rateFormatter({ nodes, edges }: MapModel, windowS: number): (count: number) => string {
  const most = [...nodes, ...edges].reduce((highest, { count }) => Math.max(highest, count), 0);
  const unit = rateUnitFor(most / windowS);
  return (count) => formatRate(count / windowS, unit);
}
