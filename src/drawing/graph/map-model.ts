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
  /** Undefined where no duration is known. */
  readonly p50Ns?: number;
  readonly p95Ns?: number;
  readonly p99Ns?: number;
  /** A few traces that show it, failed ones first. */
  readonly exemplarTraceIds?: readonly string[];
}

export interface MapNode extends MapFigures {
  /** Unique and stable between refreshes. */
  readonly id: string;
  readonly name: string;
  readonly kind: MapNodeKind;
}

export interface MapEdge extends MapFigures {
  readonly id: string;
  /** Node ids; both must be in `nodes`. */
  readonly source: string;
  readonly target: string;
}

/** In [0, 1]; 0 where nothing was counted. */
export const errorRatio = ({ count, errorCount }: MapFigures): number => (count > 0 ? errorCount / count : 0);

/** Writes counts of the window as rates, all of them in the unit that suits the busiest node or edge. */
export function rateFormatter({ nodes, edges }: MapModel, windowS: number): (count: number) => string {
  const most = [...nodes, ...edges].reduce((highest, { count }) => Math.max(highest, count), 0);
  const unit = rateUnitFor(most / windowS);
  return (count) => formatRate(count / windowS, unit);
}
