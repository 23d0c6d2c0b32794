/** Time range, refresh and time zone of a dashboard, kept in the address as Grafana does: from, to, refresh, timezone. */
import { dateMath, dateTime, ISO_8601, rangeUtil, type RawTimeRange, type TimeRange } from '@grafana/data';
import type { DashboardModel } from './model';

export interface TimeSettings {
  readonly raw: RawTimeRange;
  /** `browser`, `utc` or a zone's name. */
  readonly timeZone: string;
  /** Such as `10s`; empty when nothing refreshes by itself. */
  readonly refresh: string;
}

const DEFAULT_RANGE = { from: 'now-1h', to: 'now' };

/** @param search query of the address; what it does not say the dashboard does */
export function timeSettings(search: URLSearchParams, dashboard: Pick<DashboardModel, 'time' | 'refresh' | 'timezone'>): TimeSettings {
  const saved = dashboard.time ?? DEFAULT_RANGE;
  return {
    raw: {
      from: parseBound(search.get('from') ?? saved.from, DEFAULT_RANGE.from),
      to: parseBound(search.get('to') ?? saved.to, DEFAULT_RANGE.to),
    },
    timeZone: search.get('timezone') || dashboard.timezone || 'browser',
    refresh: search.get('refresh') ?? (dashboard.refresh || ''),
  };
}

/** Evaluates `now` at this moment. */
export function evaluateRange({ raw, timeZone }: TimeSettings): TimeRange {
  return rangeUtil.convertRawToRange(raw, timeZone);
}

/** How a range is written into an address: `now-1h` as it is, an absolute time in ms. */
export function rangeQuery({ from, to }: RawTimeRange): { from: string; to: string } {
  const write = (bound: RawTimeRange['from']) => (typeof bound === 'string' ? bound : String(bound.valueOf()));
  return { from: write(from), to: write(to) };
}

/** The range twice as long around the same middle, as the zoom-out button does. */
export function zoomedOut({ from, to }: TimeRange): { from: string; to: string } {
  const spanMs = to.valueOf() - from.valueOf();
  const middleMs = from.valueOf() + spanMs / 2;
  return { from: String(Math.round(middleMs - spanMs)), to: String(Math.round(middleMs + spanMs)) };
}

/** The range half its length earlier (-1) or later (+1). */
export function shifted({ from, to }: TimeRange, direction: -1 | 1): { from: string; to: string } {
  const stepMs = ((to.valueOf() - from.valueOf()) / 2) * direction;
  return { from: String(Math.round(from.valueOf() + stepMs)), to: String(Math.round(to.valueOf() + stepMs)) };
}

/** Relative text stays text; ms since the epoch and ISO times become times; what cannot be read is the fallback. */
function parseBound(text: string, fallback: string): RawTimeRange['from'] {
  if (text.startsWith('now')) {
    return dateMath.isValid(text) ? text : fallback;
  }
  const time = /^-?\d+$/.test(text) ? dateTime(Number(text)) : dateTime(text, ISO_8601);
  return time.isValid() ? time : fallback;
}
