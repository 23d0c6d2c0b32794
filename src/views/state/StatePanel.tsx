import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Spinner, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

interface LoadingProps {
  readonly what: string;
  /** How far it is. */
  readonly progress?: string;
  readonly onCancel?: () => void;
}

/** What is shown in place of a view that has nothing to show yet. */
export function LoadingState({ what, progress, onCancel }: LoadingProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.centred} role="status">
      <Spinner size="xl" />
      <p className={styles.faint}>{what}</p>
      {progress && (
        <p className={styles.progress} aria-live="off">
          {progress}
        </p>
      )}
      {onCancel && (
        <Button variant="secondary" size="sm" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}

export function EmptyStatePanel({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.centred}>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.faint}>{children}</div>
    </div>
  );
}

export function FailedState({ title, error, onRetry }: { readonly title: string; readonly error: Error; readonly onRetry?: () => void }) {
  return (
    <Alert severity="error" title={title}>
      <p>{error.message}</p>
      {onRetry && (
        <Button size="sm" variant="secondary" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  centred: css({
    height: '100%',
    minHeight: 160,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'safe center',
    textAlign: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
  }),
  title: css({ ...theme.typography.h4, margin: 0 }),
  faint: css({ color: theme.colors.text.secondary, maxWidth: 'min(560px, 100%)', margin: 0, overflowWrap: 'anywhere' }),
  progress: css({ color: theme.colors.text.secondary, margin: 0, fontVariantNumeric: 'tabular-nums' }),
});
