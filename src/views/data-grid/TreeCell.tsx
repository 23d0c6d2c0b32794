import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { shownText } from '../shown-text';

interface Props {
  /** From 0. */
  readonly depth: number;
  /** Undefined where there is nothing to open. */
  readonly isOpen: boolean | undefined;
  readonly onToggle: () => void;
  readonly strong: string;
  readonly text: string;
}

const INDENT_PX = 14;
/** Deeper rows keep their texts in sight. */
const MAX_INDENT_LEVELS = 16;

/** The first cell of a tree grid's row: indented, with a handle for the mouse; keys are the grid's. */
export function TreeCell({ depth, isOpen, onToggle, strong, text }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <span style={{ paddingLeft: Math.min(depth, MAX_INDENT_LEVELS) * INDENT_PX }} title={`${shownText(strong)} · ${shownText(text)}`}>
      <span
        className={styles.toggle}
        aria-hidden
        onClick={(event) => {
          if (isOpen !== undefined) {
            event.stopPropagation();
            onToggle();
          }
        }}
      >
        {isOpen === undefined ? '' : isOpen ? '▾' : '▸'}
      </span>
      <span className={styles.strong}>{shownText(strong)}</span> <span className={styles.text}>{shownText(text)}</span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toggle: css({ display: 'inline-block', width: 16, textAlign: 'center', color: theme.colors.text.secondary }),
  strong: css({ fontWeight: theme.typography.fontWeightMedium }),
  text: css({ color: theme.colors.text.secondary }),
});
