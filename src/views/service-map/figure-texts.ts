import { formatCount, formatDuration, formatPercent } from '../../drawing/format-figures';
import { errorRatio, isCounted, isErrorCounted, rateFormatter, type Interval, type MapFigures, type MapModel, type MapProvenance } from '../../drawing/graph/map-model';
import type { MapStyle } from '../../drawing/graph/map-style';

/** A map's figures as texts, all rates in one unit. */
export interface FigureTexts {
  readonly count: (figures: MapFigures) => string;
  readonly rate: (figures: MapFigures) => string;
  readonly errors: (figures: MapFigures) => string;
  readonly duration: (durationNs: number | undefined) => string;
}

const UNKNOWN = '–';

export function figureTexts(model: MapModel, windowS: number, style: Pick<MapStyle, 'formatDuration' | 'formatRate'> = {}): FigureTexts {
  const rateOf = style.formatRate;
  const rate = rateOf ? (count: number) => rateOf(count / windowS) : rateFormatter(model, windowS);
  const duration = style.formatDuration ?? formatDuration;
  return {
    count: (figures) => (isCounted(figures) ? formatCount(figures.count) : UNKNOWN),
    rate: (figures) => (isCounted(figures) ? rate(figures.count) : UNKNOWN),
    errors: (figures) => (isErrorCounted(figures) ? formatPercent(errorRatio(figures)) : UNKNOWN),
    duration: (durationNs) => (durationNs === undefined ? UNKNOWN : duration(durationNs)),
  };
}

/** An interval's ends as `write` writes values; an end that is not known is none. */
export function intervalText({ low, high }: Interval, write: (value: number) => string): string {
  if (high === Infinity) {
    return low > 0 ? `from ${write(low)}; too few calls` : 'none: too few calls';
  }
  return low > 0 ? `${write(low)} … ${write(high)}` : `up to ${write(high)}`;
}

/** What a connection rests on, in words. */
export const PROVENANCE_TEXTS: Readonly<Record<MapProvenance, string>> = {
  both: 'spans of both sides',
  client: 'spans of the calling side only',
  server: 'spans of the called side only',
  internal: 'a change of service inside a trace',
  metrics: 'service-graph metrics',
  dependencies: 'the backend’s dependencies',
  frames: 'node graph frames',
};
