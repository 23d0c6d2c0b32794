import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import type { GroupBy } from '../../../analysis/group-column';
import { spanStatistics, type GroupStatistics } from '../../../analysis/statistics';
import { formatDuration, formatPercent } from '../../../drawing/format-figures';
import { DataGrid, type GridColumn, type GridSort } from '../../data-grid/DataGrid';
import { sortedBy } from '../../data-grid/sorted-by';
import { LoadingState } from '../../state/StatePanel';
import { useComputed } from '../../task/use-computed';
import { groupCondition } from '../span-actions';
import { nameOfGroup } from '../span-colours';
import type { TraceTabProps } from '../trace-tabs';
import { GroupByPicker } from './GroupByPicker';
import { shownText } from '../../shown-text';

/** The trace's spans by service, operation or any attribute; a press on a group narrows the filter to it. */
export function StatisticsView({ set, trace, filterMarks, onFilter }: TraceTabProps) {
  const styles = useStyles2(getStyles);
  const [by, setBy] = useState<GroupBy>({ kind: 'operation' });
  const [sort, setSort] = useState<GridSort>({ key: 'self', isDescending: true });
  const marks = filterMarks?.marks;
  const compute = useCallback(
    () => ({ by, groups: spanStatistics(set, by, { from: set.firstRow(trace), to: set.endRow(trace), marks }) }),
    [set, trace, by, marks]
  );
  const { value, isRunning } = useComputed(compute, set.spanCount);
  const shown = useMemo(() => value && sortedBy(value.groups, VALUES[sort.key] ?? VALUES.self, sort.isDescending), [value, sort]);
  const columns = useMemo(() => shown && columnsOf(shown, set.traceDurationNs(trace)), [shown, set, trace]);
  return (
    <div className={styles.frame}>
      <div className={styles.bar}>
        <GroupByPicker set={set} trace={trace} by={by} onChange={setBy} />
        <span className={styles.faint} role="status">
          {isRunning ? COMPUTING : `${(value?.groups.length ?? 0).toLocaleString('en')} groups${marks ? ', of the spans that the filter finds' : ''}`}
        </span>
      </div>
      <div className={styles.grid}>
        {value && shown && columns ? (
          <DataGrid label="Statistics" columns={columns} rowCount={shown.length} sort={sort} onSort={setSort} onOpen={(at) => onFilter(groupCondition(value.by, shown[at]))} />
        ) : (
          <LoadingState what={COMPUTING} />
        )}
      </div>
    </div>
  );
}

const COMPUTING = 'Computing the statistics…';

const VALUES: Readonly<Record<string, (group: GroupStatistics) => number | string>> = {
  name: nameOfGroup,
  count: ({ count }) => count,
  errors: ({ errorCount }) => errorCount,
  total: ({ totalNs }) => totalNs,
  traceShare: ({ totalNs }) => totalNs,
  self: ({ selfNs }) => selfNs,
  selfShare: ({ selfShare }) => selfShare,
  mean: ({ meanNs }) => meanNs,
  p50: ({ p50Ns }) => p50Ns,
  p95: ({ p95Ns }) => p95Ns,
  p99: ({ p99Ns }) => p99Ns,
  max: ({ maxNs }) => maxNs,
};

function columnsOf(groups: readonly GroupStatistics[], traceNs: number): GridColumn[] {
  const figure = (key: string, label: string, text: (group: GroupStatistics) => string, title?: string): GridColumn => ({
    key, label, title, widthPx: 75, isNumeric: true, cell: (at) => text(groups[at]),
  });
  return [
    { key: 'name', label: 'Group', widthPx: 160, grow: 1, cell: (at) => <span title={shownText(nameOfGroup(groups[at]))}>{shownText(nameOfGroup(groups[at]))}</span> },
    figure('count', 'Spans', ({ count }) => count.toLocaleString('en')),
    figure('errors', 'Errors', ({ errorCount }) => (errorCount > 0 ? errorCount.toLocaleString('en') : '')),
    figure('total', 'Total', ({ totalNs }) => formatDuration(totalNs), 'Sum of durations; spans inside another of their group are not counted twice'),
    { ...figure('traceShare', '% of trace', ({ totalNs }) => (traceNs > 0 ? formatPercent(totalNs / traceNs) : ''), 'Total against the duration of the trace; more than 100 % where spans ran at the same time'), isLesser: true },
    figure('self', 'Self', ({ selfNs }) => formatDuration(selfNs), 'Time that no child covers'),
    { ...figure('selfShare', '% of self', ({ selfShare }) => formatPercent(selfShare), 'Share of the self time of all groups'), isLesser: true },
    { ...figure('mean', 'Mean', ({ meanNs }) => formatDuration(meanNs)), isLesser: true },
    { ...figure('p50', 'p50', ({ p50Ns }) => formatDuration(p50Ns)), isLesser: true },
    { ...figure('p95', 'p95', ({ p95Ns }) => formatDuration(p95Ns)), isLesser: true },
    { ...figure('p99', 'p99', ({ p99Ns }) => formatDuration(p99Ns)), isLesser: true },
    { ...figure('max', 'Max', ({ maxNs }) => formatDuration(maxNs)), isLesser: true },
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', gap: theme.spacing(1) }),
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  grid: css({ flex: 1, minHeight: 0 }),
  faint: css({ color: theme.colors.text.secondary }),
});
