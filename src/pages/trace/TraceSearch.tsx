import { css } from '@emotion/css';
import { locationUtil, type GrafanaTheme2 } from '@grafana/data';
import { locationService, PluginPage } from '@grafana/runtime';
import { Button, Input, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo, useRef, useState } from 'react';
import { parseTraceId } from '../../trace';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { SourcePicker } from '../../views/source/SourcePicker';
import { useSource } from '../../views/source/use-source';
import { useTask } from '../../views/task/use-task';
import { PageTimeControls } from '../../views/time-range/PageTimeControls';
import { rangeOf, useUrlTimeRange } from '../../views/time-range/use-url-time-range';
import { TraceList } from '../../views/trace-list/TraceList';
import { useUrlText } from '../../views/url/use-url-text';
import { tracePath } from '../../views/paths';

const LIMIT = 100;

/** Finds traces by service and span name, goes to one by its id, or opens a file, which may be dropped anywhere on the page. */
export function TraceSearch({ onOpenFile }: { readonly onOpenFile: (file: File) => void }) {
  const styles = useStyles2(getStyles);
  const fileRef = useRef<HTMLInputElement>(null);
  const [refreshCount, setRefreshCount] = useState(0);
  const refresh = useCallback(() => setRefreshCount((count) => count + 1), []);
  const { source, backend, setSourceUid } = useSource();
  const time = useUrlTimeRange();
  const [service, setService] = useUrlText('service');
  const [operation, setOperation] = useUrlText('operation');

  const load = useMemo(
    () =>
      backend &&
      ((signal: AbortSignal) => {
        const { from, to } = rangeOf(time.raw);
        const range = { fromMs: from.valueOf(), toMs: to.valueOf() };
        const filter = { service: service || undefined, operation: operation || undefined };
        return backend.search({ filter, range, limit: LIMIT }, { signal });
      }),
    [backend, time.raw, service, operation]
  );
  const { value, error, isRunning } = useTask(load, refreshCount);
  const traceHref = useCallback((traceId: string) => tracePath(traceId, source?.uid), [source?.uid]);
  const openById = (text: string) => {
    const traceId = parseTraceId(text.trim());
    if (traceId) {
      locationService.push(locationUtil.stripBaseFromUrl(traceHref(traceId)));
    }
  };

  return (
    <PluginPage actions={<PageTimeControls control={time} isLoading={isRunning} onRefresh={refresh} />} subTitle="Find a trace, open one by its id, or drop a file here">
      <div
        className={styles.page}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          openFirst(event.dataTransfer.files, onOpenFile);
        }}
      >
        <div className={styles.bar}>
          <SourcePicker uid={source?.uid} onChange={setSourceUid} />
          <TextFilter label="Service" value={service} onChange={setService} />
          <TextFilter label="Span name" value={operation} onChange={setOperation} />
          <Input width={38} placeholder="Open by trace id" aria-label="Open by trace id" onKeyDown={(event) => event.key === 'Enter' && openById(event.currentTarget.value)} />
          <Button variant="secondary" icon="upload" onClick={() => fileRef.current?.click()}>
            Open file
          </Button>
          <input ref={fileRef} type="file" hidden aria-label="Trace file" onChange={(event) => openFirst(event.currentTarget.files, onOpenFile)} />
        </div>
        {error && <FailedState title="The search failed" error={error} onRetry={refresh} />}
        {!backend && <EmptyStatePanel title="No trace data source">Add a Tempo, Jaeger or Zipkin data source, then come back.</EmptyStatePanel>}
        {!value && isRunning && <LoadingState what="Searching" />}
        {value && value.traces.length === 0 && <EmptyStatePanel title="No traces found">Widen the time range or take a filter away.</EmptyStatePanel>}
        {value && value.traces.length > 0 && (
          <>
            <p className={styles.faint}>
              {value.isLimited ? `The newest traces found, up to the limit of ${LIMIT}; there may be more.` : `${value.traces.length} traces, newest first.`}
            </p>
            <TraceList traces={value.traces} traceHref={traceHref} />
          </>
        )}
      </div>
    </PluginPage>
  );
}

function openFirst(files: FileList | null, open: (file: File) => void): void {
  const file = files?.item(0);
  if (file) {
    open(file);
  }
}

function TextFilter({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <Input
      key={value}
      width={24}
      defaultValue={value}
      placeholder={label}
      aria-label={label}
      onKeyDown={(event) => event.key === 'Enter' && onChange(event.currentTarget.value.trim())}
      onBlur={(event) => onChange(event.currentTarget.value.trim())}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ minHeight: '70vh' }),
  bar: css({ display: 'flex', gap: theme.spacing(1), flexWrap: 'wrap', marginBottom: theme.spacing(2) }),
  faint: css({ color: theme.colors.text.secondary }),
});
