import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { Button, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { OpenedTraces } from '../../formats';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { useTask } from '../../views/task/use-task';
import { decodeTraces } from '../../views/trace/decode/decode-traces';
import { TraceChoice } from '../../views/trace-list/TraceChoice';
import { TraceView } from '../../views/trace/TraceView';

interface Props {
  readonly file: File;
  readonly onClose: () => void;
}

/** The traces in a file of any known format; nothing leaves the browser. */
export function TraceFile({ file, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const load = useMemo(() => async (signal: AbortSignal, showPart: (part: OpenedTraces) => void) => decodeTraces(new Uint8Array(await file.arrayBuffer()), signal, showPart), [file]);
  const { value: opened, error, isRunning } = useTask(load);
  const [trace, setTrace] = useState(0);
  return (
    <PluginPage actions={<Button variant="secondary" onClick={onClose}>Close {file.name}</Button>} subTitle={opened && `${file.name}, ${isRunning ? 'reading the rest' : 'read'} as ${opened.format}`}>
      <div className={styles.page}>
        {error ? (
          <FailedState title={`${file.name} could not be opened`} error={error} />
        ) : !opened ? (
          <LoadingState what={`Reading ${file.name}`} onCancel={onClose} />
        ) : opened.set.traceCount === 0 ? (
          <EmptyStatePanel title={`${file.name} holds no traces`} />
        ) : (
          <>
            {opened.set.traceCount > 1 && <TraceChoice set={opened.set} trace={trace} onChange={setTrace} />}
            <div className={styles.view}>
              <TraceView key={`${trace} ${isRunning}`} set={opened.set} trace={trace} />
            </div>
          </>
        )}
      </div>
    </PluginPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), height: 'calc(100vh - 160px)', minHeight: 420 }),
  view: css({ flex: 1, minHeight: 0 }),
});
