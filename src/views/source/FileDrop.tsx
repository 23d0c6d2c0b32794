import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Icon, Portal, useStyles2 } from '@grafana/ui';
import { useFileDrop } from './use-file-drop';
import type { FilesControl } from './use-open-files';

/** Takes files of traces that are dropped anywhere on the page, and says which of them could not be read. */
export function FileDrop({ open, failures, dismissFailures }: Pick<FilesControl, 'open' | 'failures' | 'dismissFailures'>) {
  const styles = useStyles2(getStyles);
  const isOver = useFileDrop(open);
  return (
    <>
      {isOver && (
        <Portal>
          <div className={styles.over}>
            <Icon name="upload" size="xxl" />
            Drop files of traces to open them: OTLP, Tempo, Jaeger, Zipkin or Grafana
          </div>
        </Portal>
      )}
      {failures.length > 0 && (
        <Alert severity="error" title={failures.length === 1 ? 'A file could not be opened' : `${failures.length} files could not be opened`} onRemove={dismissFailures} className={styles.failures}>
          {failures.map((failure) => (
            <div key={failure}>{failure}</div>
          ))}
        </Alert>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  over: css({
    position: 'fixed',
    inset: theme.spacing(1),
    zIndex: theme.zIndex.modal,
    // What is dropped is dropped on the page.
    pointerEvents: 'none',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1),
    fontSize: theme.typography.h4.fontSize,
    color: theme.colors.text.maxContrast,
    background: theme.components.overlay.background,
    border: `2px dashed ${theme.colors.primary.border}`,
    borderRadius: theme.shape.radius.default,
  }),
  // Among the controls of a bar, a line of its own.
  failures: css({ width: '100%', marginTop: theme.spacing(1), marginBottom: 0 }),
});
