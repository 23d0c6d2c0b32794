import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Input, useStyles2 } from '@grafana/ui';
import type { Dispatch, Ref } from 'react';
import { CollapseMenu } from './CollapseMenu';
import { TraceTabSwitch } from './TraceTabSwitch';
import type { TraceViewAction, TraceViewState } from './trace-view-state';
import type { ShownTraceControl } from './use-shown-trace';
import type { Found } from './use-found';
import { ViewMenu } from './ViewMenu';

interface Props {
  readonly state: TraceViewState;
  readonly dispatch: Dispatch<TraceViewAction>;
  readonly shownTrace: ShownTraceControl;
  readonly found: Found;
  /** Of the selection among the matches, from 1; undefined where it is none of them. */
  readonly foundNumber: number | undefined;
  readonly findRef: Ref<HTMLInputElement>;
  readonly isNarrow: boolean;
  readonly onStep: (step: 1 | -1) => void;
  readonly onLeave: () => void;
}

const CRITICAL_PATH_LABELS = { hidden: 'Critical path', shown: 'Critical path: shown', only: 'Critical path: only' } as const;

/** Ways of looking, finding, hiding and marking spans. */
export function TraceToolbar({ state, dispatch, shownTrace, found, foundNumber, findRef, isNarrow, onStep, onLeave }: Props) {
  const styles = useStyles2(getStyles);
  const { set, trace } = shownTrace;
  const { tab, filterText, criticalPath, collapsed, switches } = state;
  return (
    <div className={styles.bar} role="toolbar" aria-label="Trace view">
      {!isNarrow && <TraceTabSwitch tab={tab} onChange={(chosen) => dispatch({ kind: 'tab', tab: chosen })} />}
      <Input
        ref={findRef}
        className={styles.find}
        placeholder='Find: text, or duration > 100ms and span.http.route =~ "^/users"'
        aria-label="Find spans"
        value={filterText}
        invalid={found.kind === 'invalid'}
        suffix={
          <>
            <span className={styles.count} role="status" title={found.kind === 'invalid' ? found.message : undefined}>
              {countText(found, foundNumber)}
            </span>
            {found.kind === 'found' && (
              <>
                <IconButton name="angle-up" tooltip="Previous match (N)" onClick={() => onStep(-1)} />
                <IconButton name="angle-down" tooltip="Next match (n)" onClick={() => onStep(1)} />
              </>
            )}
          </>
        }
        onChange={(event) => dispatch({ kind: 'filter', text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            onStep(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') {
            onLeave();
          }
        }}
      />
      {!isNarrow && (
        <>
          <Button size="sm" variant={switches.onlyMatches ? 'primary' : 'secondary'} aria-pressed={switches.onlyMatches} onClick={() => dispatch({ kind: 'switch', name: 'onlyMatches' })}>
            Only matches
          </Button>
          <Button
            size="sm"
            variant={criticalPath === 'hidden' ? 'secondary' : 'primary'}
            aria-pressed={criticalPath !== 'hidden'}
            onClick={() => dispatch({ kind: 'criticalPath' })}
          >
            {CRITICAL_PATH_LABELS[criticalPath]}
          </Button>
          <CollapseMenu set={set} trace={trace} collapsed={collapsed} dispatch={dispatch} />
          <ViewMenu switches={switches} dispatch={dispatch} shownTrace={shownTrace} />
          <IconButton name="question-circle" tooltip="Keys (?)" onClick={() => dispatch({ kind: 'switch', name: 'help' })} />
        </>
      )}
    </div>
  );
}

function countText(found: Found, foundNumber: number | undefined): string {
  switch (found.kind) {
    case 'empty':
      return '';
    case 'finding':
      return 'Finding…';
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
  find: css({ flex: '1 1 160px', width: 'auto' }),
  count: css({
    maxWidth: 320,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  }),
});
