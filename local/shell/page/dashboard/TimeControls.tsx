import type { TimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { defaultIntervals, RefreshPicker, TimeRangePicker, ToolbarButtonRow } from '@grafana/ui';
import type { DashboardModel } from './model';
import { rangeQuery, shifted, type TimeSettings, zoomedOut } from './time-settings';

interface Props {
  readonly settings: TimeSettings;
  readonly timeRange: TimeRange;
  readonly timepicker: DashboardModel['timepicker'];
  readonly onRefresh: () => void;
}

/** Time range and refresh picker; every choice goes into the address, which the dashboard follows. */
export function TimeControls({ settings, timeRange, timepicker, onRefresh }: Props) {
  const go = (query: Record<string, string>) => locationService.partial(query);
  return (
    <ToolbarButtonRow alignment="right">
      <TimeRangePicker
        value={timeRange}
        timeZone={settings.timeZone}
        onChange={({ raw }) => go(rangeQuery(raw))}
        onChangeTimeZone={(timezone) => go({ timezone })}
        onMoveBackward={() => go(shifted(timeRange, -1))}
        onMoveForward={() => go(shifted(timeRange, 1))}
        onZoom={() => go(zoomedOut(timeRange))}
        quickRanges={timepicker?.quick_ranges}
        isOnCanvas
      />
      <RefreshPicker
        value={settings.refresh}
        intervals={timepicker?.refresh_intervals ?? defaultIntervals}
        onIntervalChanged={(refresh) => go({ refresh })}
        onRefresh={onRefresh}
        tooltip="Refresh dashboard"
        isOnCanvas
      />
    </ToolbarButtonRow>
  );
}
