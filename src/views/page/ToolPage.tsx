import { css, cx } from '@emotion/css';
import { PageLayoutType, type GrafanaTheme2 } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import { useRef, type ReactNode } from 'react';
import { useRoomBelow } from '../canvas/use-room-below';

interface Props {
  /** Read out only: the breadcrumb already shows it. */
  readonly title: string;
  /** What the page shows: source, filters. */
  readonly bar?: ReactNode;
  /** At the end of the bar: time range, refresh. */
  readonly actions?: ReactNode;
  /** Whether the content is a frame that ends where the window does; otherwise the page is as long as it. */
  readonly fills?: boolean;
  readonly children: ReactNode;
}

/** A page of tools: one bar, and all the rest of the window for what is looked at. Grafana's own head of a page would take a fifth of a laptop's. */
export function ToolPage({ title, bar, actions, fills = false, children }: Props) {
  const styles = useStyles2(getStyles);
  const contentRef = useRef<HTMLDivElement>(null);
  const height = useRoomBelow(contentRef);
  return (
    <PluginPage layout={PageLayoutType.Canvas}>
      <h1 className={styles.title}>{title}</h1>
      {(bar || actions) && (
        <div className={styles.bar}>
          {bar}
          {actions && <div className={styles.actions}>{actions}</div>}
        </div>
      )}
      <div ref={contentRef} className={cx(styles.content, fills && styles.frame)} style={fills ? { height } : undefined}>
        {children}
      </div>
    </PluginPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' }),
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1), marginBottom: theme.spacing(1) }),
  actions: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), marginLeft: 'auto' }),
  content: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  frame: css({
    minHeight: 420,
    padding: theme.spacing(1),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
});
