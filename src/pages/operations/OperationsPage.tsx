import { css } from '@emotion/css';
import { usePluginContext, type GrafanaTheme2 } from '@grafana/data';
import { Alert, Input, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import { hotPathStatus } from '../../analysis/hot-paths';
import { OperationsBuilder } from '../../analysis/operations';
import { ToolPage } from '../../views/page/ToolPage';
import { searchPath, tracePath } from '../../views/paths';
import { HotPathCards } from '../../views/operations/HotPathCards';
import { OperationsTable } from '../../views/operations/OperationsTable';
import { appSettings } from '../../views/settings/app-settings';
import { NoSource } from '../../views/source/NoSource';
import { SourcePicker } from '../../views/source/SourcePicker';
import { useSource } from '../../views/source/use-source';
import { sentences } from '../../views/state/sentences';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { useTask } from '../../views/task/use-task';
import { PageTimeControls } from '../../views/time-range/PageTimeControls';
import { rangeMsOf, useUrlTimeRange } from '../../views/time-range/use-url-time-range';
import { useUrlText } from '../../views/url/use-url-text';

/** Traces that the figures are counted from. */
const SAMPLE_LIMIT = 500;

/** Rate, errors and durations of every span name of every service, and whether the hot paths keep their objectives. */
export function OperationsPage() {
  const styles = useStyles2(getStyles);
  const [refreshCount, setRefreshCount] = useState(0);
  const refresh = useCallback(() => setRefreshCount((count) => count + 1), []);
  const { source, backend, setSourceUid } = useSource();
  const time = useUrlTimeRange();
  const [service, setService] = useUrlText('service');
  const jsonData = usePluginContext()?.meta.jsonData;
  const { hotPaths, problems } = useMemo(() => appSettings(jsonData), [jsonData]);

  const load = useMemo(
    () =>
      backend &&
      (async (signal: AbortSignal) => {
        const sample = await backend.sample({ filter: {}, range: rangeMsOf(time.raw), limit: SAMPLE_LIMIT }, { signal });
        const builder = new OperationsBuilder().add(sample.traces);
        return { sample, builder, operations: builder.finish() };
      }),
    [backend, time.raw]
  );
  const { value, error, isRunning } = useTask(load, refreshCount);
  const links = useMemo(
    () => ({
      trace: (traceId: string, spanId: string) => tracePath(traceId, source?.uid, spanId),
      search: (ofService: string | undefined, operation: string) => searchPath({ source: source?.uid, service: ofService, operation, from: time.raw.from, to: time.raw.to }),
    }),
    [source?.uid, time.raw]
  );
  const shown = useMemo(() => value?.operations.filter((each) => service === '' || each.service === service), [value, service]);

  return (
    <ToolPage
      title="Operations"
      fills
      bar={
        <>
          <SourcePicker uid={source?.uid} onChange={setSourceUid} />
          <Input
            key={service}
            width={30}
            defaultValue={service}
            placeholder="Service"
            aria-label="Service"
            onKeyDown={(event) => event.key === 'Enter' && setService(event.currentTarget.value.trim())}
            onBlur={(event) => setService(event.currentTarget.value.trim())}
          />
        </>
      }
      actions={<PageTimeControls control={time} isLoading={isRunning} onRefresh={refresh} />}
    >
      {problems.map((problem) => (
        <Alert key={problem} severity="warning" title={problem} />
      ))}
      {error && <FailedState title="The operations could not be counted" error={error} onRetry={refresh} />}
      {!backend && <NoSource />}
      {!value && isRunning && <LoadingState what="Reading traces" />}
      {value && (
        <>
          <HotPathCards statuses={hotPaths.map((path) => hotPathStatus(value.builder, path))} links={links} />
          <p className={styles.faint}>{sentences([`From ${value.sample.traces.traceCount.toLocaleString('en')} traces`, ...value.sample.notes])}</p>
          {shown && shown.length > 0 ? (
            <div className={styles.table}>
              <OperationsTable operations={shown} windowS={Math.max(1, value.sample.coverage.coveredMs / 1000)} links={links} />
            </div>
          ) : (
            <EmptyStatePanel title="No traces in this range">Widen the time range, or take the service away.</EmptyStatePanel>
          )}
        </>
      )}
    </ToolPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({ flex: 1, minHeight: 240 }),
  faint: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
