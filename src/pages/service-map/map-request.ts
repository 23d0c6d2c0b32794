import { EARLIER_WINDOWS, type EarlierWindow } from '../../backends/compared-map';
import type { MapDetail } from '../../backends/service-map';

/** What a map is drawn from. */
export const MAP_SOURCES = ['traces', 'metrics', 'dependencies'] as const;
export type MapSource = (typeof MAP_SOURCES)[number];

/** Which map a reader asked for; in the page's address. */
export interface MapRequest extends MapDetail {
  readonly drawnFrom: MapSource;
  /** Only traces through this service, or calls to and from it; empty for all. */
  readonly service: string;
  readonly against: EarlierWindow | undefined;
  /** Most traces to read. */
  readonly limit: number;
}

/** The first is what one structural search answers in about half a second. */
export const LIMITS = [500, 2_000, 10_000] as const;

export function mapRequestOf(params: URLSearchParams): MapRequest {
  return {
    drawnFrom: MAP_SOURCES.find((source) => source === params.get('drawn')) ?? 'traces',
    service: params.get('service') ?? '',
    level: params.get('level') === 'operation' ? 'operation' : 'service',
    groupBy: params.get('group') ?? '',
    against: EARLIER_WINDOWS.find((window) => window === params.get('against')),
    limit: LIMITS.find((limit) => String(limit) === params.get('limit')) ?? LIMITS[0],
  };
}

/** A copy of the parameters with the request in them. */
export function withMapRequest(params: URLSearchParams, { drawnFrom, service, level, groupBy, against, limit }: MapRequest): URLSearchParams {
  const next = new URLSearchParams(params);
  const texts = { drawn: drawnFrom === 'traces' ? '' : drawnFrom, service, level: level === 'service' ? '' : level, group: groupBy, against: against ?? '', limit: limit === LIMITS[0] ? '' : String(limit) };
  Object.entries(texts).forEach(([name, text]) => (text ? next.set(name, text) : next.delete(name)));
  return next;
}
