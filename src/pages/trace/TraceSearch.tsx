import { css } from '@emotion/css';
import { locationUtil, type GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, Input, LinkButton, useStyles2 } from '@grafana/ui';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { isEmptyFilter } from '../../backends/filter/trace-filter';
import { rootlessNote } from '../../backends/rootless-note';
import { parseTraceId } from '../../trace';
import { LabelledSwitch } from '../../views/labelled-switch/LabelledSwitch';
import { ToolPage } from '../../views/page/ToolPage';
import { comparePath, tracePath } from '../../views/paths';
import { DurationScatter } from '../../views/search/DurationScatter';
import { RecentSearches } from '../../views/search/RecentSearches';
import { rememberSearch } from '../../views/search/recent-searches';
import { addressWithFilter, completeFilter } from '../../views/search/search-address';
import { SearchBar } from '../../views/search/SearchBar';
import { useLiveTail } from '../../views/search/use-live-tail';
import { useSearchFilter } from '../../views/search/use-search-filter';
import type { FileBeingRead } from '../../views/source/use-open-files';
import { TraceExport } from '../../views/trace/export/TraceExport';
import { TraceViewWhenRead } from '../../views/trace/TraceViewWhenRead';
import { FILES_UID, openFiles } from '../../views/source/open-files';
import { NoSource } from '../../views/source/NoSource';
import { SourcePicker } from '../../views/source/SourcePicker';
import { useSource } from '../../views/source/use-source';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { useTask } from '../../views/task/use-task';
import { PageTimeControls } from '../../views/time-range/PageTimeControls';
import { rangeMsOf, useUrlTimeRange, type UrlTimeRange } from '../../views/time-range/use-url-time-range';
import { TraceList } from '../../views/trace-list/TraceList';
import { openOneTrace } from './open-from-files';

/** Traces of one search: what a list shows and a plot tells apart. */
const LIMIT = 200;

/** Finds traces by what their spans are like, goes to one by its id, or opens files, which may be dropped anywhere on the page. */
export function TraceSearch() {
  const styles = useStyles2(getStyles);
  const [refreshCount, setRefreshCount] = useState(0);
  const refresh = useCallback(() => setRefreshCount((count) => count + 1), []);
  const [isLive, setLive] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { source, backend, setSourceUid } = useSource();
  const time = useUrlTimeRange();
  const [editedFilter, setFilter] = useSearchFilter();
  const filter = useMemo(() => completeFilter(editedFilter), [editedFilter]);

  const load = useMemo(
    () => (backend && !isLive ? (signal: AbortSignal) => backend.search({ filter, range: rangeMsOf(time.raw), limit: LIMIT }, { signal }) : undefined),
    [backend, isLive, time.raw, filter]
  );
  const { value, error, isRunning } = useTask(load, refreshCount);
  const tail = useLiveTail({ backend, filter, limit: LIMIT, isOn: isLive });
  useEffect(() => {
    if (!isEmptyFilter(filter)) {
      rememberSearch(addressWithFilter(new URLSearchParams(), filter).toString());
    }
  }, [filter]);

  const { set: ofFiles } = useSyncExternalStore(openFiles.subscribe, openFiles.state);
  const [reading, setReadingFile] = useState<FileBeingRead | undefined>(undefined);
  const oneTrace = useMemo(() => ({ onOneTrace: openOneTrace, onReading: setReadingFile }), []);
  const traceHref = useCallback((traceId: string) => tracePath(traceId, source?.uid), [source?.uid]);
  const open = useCallback((traceId: string) => locationService.push(locationUtil.stripBaseFromUrl(traceHref(traceId))), [traceHref]);
  const choose = (traceId: string) => setChosen((last) => (last.includes(traceId) ? last.filter((id) => id !== traceId) : [...last, traceId]));
  const traces = isLive ? tail.traces : value?.traces;
  const failure = isLive ? tail.error : error;

  return (
    <ToolPage
      title="Search traces"
      fills={reading !== undefined}
      bar={
        <>
          <SourcePicker uid={source?.uid} onChange={setSourceUid} oneTrace={oneTrace} />
          <TraceIdInput onOpen={open} />
          <RecentSearches onChoose={setFilter} />
          <LabelledSwitch label="Live" value={isLive} disabled={!backend} onChange={() => setLive(!isLive)} />
          {source?.uid === FILES_UID && ofFiles && <TraceExport set={ofFiles} />}
          {chosen.length > 0 && (
            <LinkButton icon="code-branch" href={comparePath(chosen[0], chosen[1], source?.uid)}>
              {chosen.length === 2 ? 'Compare both' : 'Compare with another'}
            </LinkButton>
          )}
        </>
      }
      actions={<PageTimeControls control={time} isLoading={isRunning} onRefresh={refresh} />}
    >
      {reading ? (
        <TraceViewWhenRead set={reading.set} isReading trace={0} what={`Reading ${reading.name}`} progress={reading.progress} onCancel={reading.cancel} />
      ) : (
        <>
          {backend ? <TimedSearchBar backend={backend} time={time} filter={editedFilter} onChange={setFilter} /> : <NoSource />}
          {failure && <FailedState title="The search failed" error={failure} onRetry={refresh} />}
          {!isLive && value?.notes.map((note) => <Alert key={note} severity="info" title={note} />)}
          {!traces && isRunning && <LoadingState what="Searching" />}
          {traces && traces.length === 0 && !failure && (
            <EmptyStatePanel title={isLive ? 'Waiting for traces' : 'No traces found'}>{isLive ? 'New ones appear as they arrive.' : 'Widen the time range or take a condition away.'}</EmptyStatePanel>
          )}
          {traces && traces.length > 0 && (
            <>
              <DurationScatter traces={traces} onOpen={open} />
              <p className={styles.faint}>{isLive ? `${traces.length} traces so far, newest first.` : countText(traces.length, value?.isLimited ?? false)} {rootlessNote(traces)}</p>
              <TraceList traces={traces} traceHref={traceHref} chosen={chosen} onChoose={choose} />
            </>
          )}
        </>
      )}
    </ToolPage>
  );
}

/** Asked for suggestions, a source is asked about the range that is shown. */
function TimedSearchBar({ time, ...props }: { readonly time: UrlTimeRange } & Omit<Parameters<typeof SearchBar>[0], 'range'>) {
  const range = useMemo(() => rangeMsOf(time.raw), [time.raw]);
  return <SearchBar {...props} range={range} />;
}

function TraceIdInput({ onOpen }: { readonly onOpen: (traceId: string) => void }) {
  const [isInvalid, setInvalid] = useState(false);
  return (
    <Input
      width={30}
      placeholder="Open by trace id"
      aria-label="Open by trace id"
      invalid={isInvalid}
      title={isInvalid ? 'Expected up to 32 hexadecimal digits' : undefined}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          const traceId = parseTraceId(event.currentTarget.value.trim());
          setInvalid(!traceId);
          if (traceId) {
            onOpen(traceId);
          }
        }
      }}
    />
  );
}

const countText = (count: number, isLimited: boolean): string =>
  isLimited ? `The newest ${count} traces found, up to the limit of ${LIMIT}; there may be more.` : `${count} traces, newest first.`;

const getStyles = (theme: GrafanaTheme2) => ({
  faint: css({ margin: 0, color: theme.colors.text.secondary }),
});
