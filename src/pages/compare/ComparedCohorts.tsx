import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import { sampledComparison, type ComparedBy } from '../../backends/compare-cohorts';
import { CohortComparison } from '../../views/cohorts/CohortComparison';
import { ToolPage } from '../../views/page/ToolPage';
import { searchPath } from '../../views/paths';
import { completeFilter } from '../../views/search/search-address';
import { SearchBar } from '../../views/search/SearchBar';
import { useSearchFilter } from '../../views/search/use-search-filter';
import { NoSource } from '../../views/source/NoSource';
import { SourcePicker } from '../../views/source/SourcePicker';
import { useSource } from '../../views/source/use-source';
import { sentences } from '../../views/state/sentences';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { useTask } from '../../views/task/use-task';
import { PageTimeControls } from '../../views/time-range/PageTimeControls';
import { rangeMsOf, useUrlTimeRange } from '../../views/time-range/use-url-time-range';
import { useUrlText } from '../../views/url/use-url-text';

const SAMPLE_LIMIT = 500;

const CHOICES: Array<{ readonly value: ComparedBy; readonly label: string }> = [
  { value: 'duration', label: 'Slow against usual' },
  { value: 'errors', label: 'Failed against fine' },
  { value: 'before', label: 'Now against before' },
];

/** Two groups of the traces that a search finds: which call paths and which attributes tell them apart. */
export function ComparedCohorts() {
  const styles = useStyles2(getStyles);
  const [refreshCount, setRefreshCount] = useState(0);
  const refresh = useCallback(() => setRefreshCount((count) => count + 1), []);
  const { source, backend, setSourceUid } = useSource();
  const time = useUrlTimeRange();
  const [editedFilter, setFilter] = useSearchFilter();
  const filter = useMemo(() => completeFilter(editedFilter), [editedFilter]);
  const [byText, setBy] = useUrlText('by');
  const by = CHOICES.find(({ value }) => value === byText)?.value ?? 'duration';
  const range = useMemo(() => rangeMsOf(time.raw), [time.raw]);
  const load = useMemo(() => backend && ((signal: AbortSignal) => sampledComparison(backend, { filter, range, limit: SAMPLE_LIMIT }, by, { signal })), [backend, filter, range, by]);
  const { value, error, isRunning } = useTask(load, refreshCount);
  const searchHref = useCallback(
    (service: string, operation: string) => searchPath({ source: source?.uid, service, operation, from: time.raw.from, to: time.raw.to }),
    [source?.uid, time.raw]
  );
  return (
    <ToolPage
      title="Compare groups of traces"
      bar={
        <>
          <SourcePicker uid={source?.uid} onChange={setSourceUid} />
          <RadioButtonGroup aria-label="Compare" options={CHOICES} value={by} onChange={setBy} />
        </>
      }
      actions={<PageTimeControls control={time} isLoading={isRunning} onRefresh={refresh} />}
    >
      {backend ? <SearchBar backend={backend} range={range} filter={editedFilter} onChange={setFilter} /> : <NoSource />}
      {error && <FailedState title="The traces could not be compared" error={error} onRetry={refresh} />}
      {!value && isRunning && <LoadingState what="Reading traces" />}
      {value && <p className={styles.faint}>{sentences(value.notes)}</p>}
      {value &&
        (value.comparison ? (
          <CohortComparison comparison={value.comparison} sides={value.sides} searchHref={searchHref} />
        ) : (
          <EmptyStatePanel title="Nothing to compare">One of the two groups has no traces: widen the time range or take a condition away.</EmptyStatePanel>
        ))}
    </ToolPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  faint: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
