import { dateMath, dateTime, rangeUtil, type RawTimeRange, type TimeRange } from '@grafana/data';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { TimeRangeMs } from '../../backends/backend';

const DEFAULT_FROM = 'now-15m';
const DEFAULT_TO = 'now';

export interface UrlTimeRange {
  /** As in the address: relative times stay relative, so that each refresh takes "now" anew. */
  readonly raw: { readonly from: string; readonly to: string };
  readonly timeRange: TimeRange;
  readonly setTimeRange: (range: RawTimeRange) => void;
}

/** The page's time range, kept in the address as Grafana's dashboards keep it (`from`, `to`). */
export function useUrlTimeRange(): UrlTimeRange {
  const [params, setParams] = useSearchParams();
  const from = validTime(params.get('from')) ?? DEFAULT_FROM;
  const to = validTime(params.get('to')) ?? DEFAULT_TO;

  const raw = useMemo(() => ({ from, to }), [from, to]);
  const timeRange = useMemo(() => rangeOf(raw), [raw]);
  const setTimeRange = useCallback(
    (range: RawTimeRange) =>
      setParams((last) => {
        const next = new URLSearchParams(last);
        next.set('from', textOf(range.from));
        next.set('to', textOf(range.to));
        return next;
      }),
    [setParams]
  );
  return { raw, timeRange, setTimeRange };
}

/** Relative times as of now, to ask a backend with. */
export function rangeMsOf(raw: UrlTimeRange['raw']): TimeRangeMs {
  const { from, to } = rangeOf(raw);
  return { fromMs: from.valueOf(), toMs: to.valueOf() };
}

const rangeOf = ({ from, to }: UrlTimeRange['raw']): TimeRange =>
  rangeUtil.convertRawToRange({ from: timeOf(from), to: timeOf(to) });

const timeOf = (text: string) => (/^\d+$/.test(text) ? dateTime(Number(text)) : text);

/** Epoch milliseconds or a relative time; anything else in an address is ignored. */
function validTime(text: string | null): string | undefined {
  return text && (/^\d+$/.test(text) || dateMath.isValid(text)) ? text : undefined;
}

const textOf = (time: RawTimeRange['from']): string => (typeof time === 'string' ? time : String(time.valueOf()));
