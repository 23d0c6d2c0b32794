import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Input, useStyles2 } from '@grafana/ui';
import type { Dispatch, Ref } from 'react';
import type { Found } from './span-marks';
import type { TraceViewAction, TraceViewState } from './trace-view-state';

interface Props {
  readonly state: TraceViewState;
  readonly dispatch: Dispatch<TraceViewAction>;
  readonly found: Found;
  /** Of the selection among the matches, from 1; undefined where it is none of them. */
  readonly foundNumber: number | undefined;
  readonly findRef: Ref<HTMLInputElement>;
  readonly onStep: (step: 1 | -1) => void;
  readonly onCollapseAll: () => void;
  readonly onLeave: () => void;
}

const CRITICAL_PATH_LABELS = { hidden: 'Critical path', shown: 'Critical path: shown', only: 'Critical path: only' } as const;

/** Finding, hiding and marking spans. */
export function TraceToolbar({ state, dispatch, found, foundNumber, findRef, onStep, onCollapseAll, onLeave }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Trace view">
      <Input
        ref={findRef}
        className={styles.find}
        placeholder='Find: text, or duration > 100ms and span.http.route =~ "^/users"'
        aria-label="Find spans"
        value={state.filterText}
        invalid={found.kind === 'invalid'}
        onChange={(event) => dispatch({ kind: 'filter', text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            onStep(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') {
            onLeave();
          }
        }}
      />
      <span className={styles.count} role="status" title={found.kind === 'invalid' ? found.message : undefined}>
        {countText(found, foundNumber)}
      </span>
      <IconButton name="angle-up" tooltip="Previous match (N)" onClick={() => onStep(-1)} disabled={found.kind !== 'found'} />
      <IconButton name="angle-down" tooltip="Next match (n)" onClick={() => onStep(1)} disabled={found.kind !== 'found'} />
      <Button size="sm" variant={state.onlyMatches ? 'primary' : 'secondary'} aria-pressed={state.onlyMatches} onClick={() => dispatch({ kind: 'onlyMatches' })}>
        Only matches
      </Button>
      <Button
        size="sm"
        variant={state.criticalPath === 'hidden' ? 'secondary' : 'primary'}
        aria-pressed={state.criticalPath !== 'hidden'}
        onClick={() => dispatch({ kind: 'criticalPath' })}
      >
        {CRITICAL_PATH_LABELS[state.criticalPath]}
      </Button>
      <Button size="sm" variant="secondary" onClick={onCollapseAll}>
        Collapse all
      </Button>
      <Button size="sm" variant="secondary" onClick={() => dispatch({ kind: 'collapse', rows: new Set() })}>
        Expand all
      </Button>
      <IconButton name="question-circle" tooltip="Keys (?)" onClick={() => dispatch({ kind: 'help' })} />
    </div>
  );
}

function countText(found: Found, foundNumber: number | undefined): string {
  switch (found.kind) {
    case 'empty':
      return '';
    case 'invalid':
      return found.message;
    case 'found': {
      const count = found.found.rows.length;
      const matches = `${count.toLocaleString()} ${count === 1 ? 'match' : 'matches'}`;
      return foundNumber === undefined ? matches : `${foundNumber.toLocaleString()} of ${matches}`;
    }
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  find: css({ flex: '1 1 260px', width: 'auto', maxWidth: 520 }),
  count: css({
    minWidth: 90,
    maxWidth: 320,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  }),
});
