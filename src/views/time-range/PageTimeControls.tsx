import { dateTime, type TimeRange } from '@grafana/data';
import { RefreshPicker, TimeRangePicker } from '@grafana/ui';
import { useState } from 'react';
import { useRefreshInterval } from './use-refresh-interval';
import type { UrlTimeRange } from './use-url-time-range';

interface Props {
  readonly control: UrlTimeRange;
  readonly isLoading: boolean;
  readonly onRefresh: () => void;
}

const INTERVAL_MS: Readonly<Record<string, number>> = { '5s': 5_000, '10s': 10_000, '30s': 30_000, '1m': 60_000, '5m': 300_000 };

/** Grafana's time range and refresh pickers for a page of ours. */
export function PageTimeControls({ control: { timeRange, setTimeRange }, isLoading, onRefresh }: Props) {
  const [interval, setRefreshInterval] = useState('10s');
  useRefreshInterval(INTERVAL_MS[interval], isLoading, onRefresh);

  return (
    <>
      <TimeRangePicker
        value={timeRange}
        onChange={(range) => setTimeRange(range.raw)}
        onChangeTimeZone={() => undefined}
        onMoveBackward={() => setTimeRange(movedBy(timeRange, -0.5))}
        onMoveForward={() => setTimeRange(movedBy(timeRange, 0.5))}
        onZoom={() => setTimeRange(scaledBy(timeRange, 2))}
      />
      <RefreshPicker value={interval} intervals={Object.keys(INTERVAL_MS)} isLoading={isLoading} onRefresh={onRefresh} onIntervalChanged={setRefreshInterval} />
    </>
  );
}

function movedBy({ from, to }: TimeRange, share: number) {
  const byMs = (to.valueOf() - from.valueOf()) * share;
  return { from: dateTime(from.valueOf() + byMs), to: dateTime(to.valueOf() + byMs) };
}

function scaledBy({ from, to }: TimeRange, factor: number) {
  const middleMs = (from.valueOf() + to.valueOf()) / 2;
  const halfMs = ((to.valueOf() - from.valueOf()) * factor) / 2;
  return { from: dateTime(middleMs - halfMs), to: dateTime(middleMs + halfMs) };
}
