import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, IconButton, useStyles2 } from '@grafana/ui';
import { useMemo, useRef } from 'react';
import { FileDrop } from './FileDrop';
import { FILES_UID } from './open-files';
import { traceSources } from './sources';
import { useOpenFiles, type OneTraceHandlers } from './use-open-files';

interface Props {
  readonly uid: string | undefined;
  readonly onChange: (uid: string) => void;
  /** For pages that show a trace; memoise it. */
  readonly oneTrace?: OneTraceHandlers;
}

/** Chooses among the trace data sources of this Grafana; files of traces, chosen or dropped on the page, are a source too. */
export function SourcePicker({ uid, onChange, oneTrace }: Props) {
  const styles = useStyles2(getStyles);
  const fileInput = useRef<HTMLInputElement>(null);
  const { state, isReading, failures, dismissFailures, open } = useOpenFiles(oneTrace);
  const options = useMemo(() => {
    const files = state.backend ? [{ value: FILES_UID, label: state.name, description: 'opened here, kept in this browser' }] : [];
    return [...files, ...traceSources().map(({ uid: value, name, type }) => ({ value, label: name, description: type }))];
  }, [state]);
  return (
    <div>
      <div className={styles.row}>
        <Combobox
          aria-label="Source"
          placeholder="Choose a data source"
          options={options}
          value={uid ?? null}
          onChange={({ value }) => onChange(value)}
          width={24}
        />
        <IconButton
          name={isReading ? 'spinner' : 'upload'}
          size="lg"
          variant="secondary"
          tooltip="Open files of traces (or drop them here): OTLP, Tempo, Jaeger, Zipkin or Grafana. They stay in this browser."
          aria-label="Open trace files"
          onClick={() => fileInput.current?.click()}
        />
        <input
          ref={fileInput}
          type="file"
          multiple
          hidden
          aria-label="Trace files"
          onChange={({ currentTarget }) => {
            open([...(currentTarget.files ?? [])]);
            // The same file can be chosen again.
            currentTarget.value = '';
          }}
        />
      </div>
      <FileDrop open={open} failures={failures} dismissFailures={dismissFailures} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
});
