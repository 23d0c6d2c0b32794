import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Spinner, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { TraceProgress } from '../../backends/backend';
import { TraceSetBuilder, type TraceSet } from '../../trace';
import { LoadingState } from '../state/StatePanel';
import { progressText } from './progress-text';
import { TraceView, type TraceViewProps } from './TraceView';

interface Props extends Omit<TraceViewProps, 'set'> {
  /** Undefined until there is something to show: the first spans of a large trace, then the whole. */
  readonly set: TraceSet | undefined;
  readonly isReading: boolean;
  /** What is said meanwhile. */
  readonly what: string;
  readonly progress: TraceProgress | undefined;
  readonly onCancel: () => void;
}

/**
 * The view of a trace that is still being read: built with no spans while the page has nothing else to do, so that the bars
 * are painted as soon as there are some.
 */
export function TraceViewWhenRead({ set, isReading, what, progress, onCancel, ...view }: Props) {
  const styles = useStyles2(getStyles);
  const [noSpans] = useState(traceWithoutSpans);
  const [last, setLast] = useState(set);
  if (set && set !== last) {
    setLast(set);
  }
  const shown = set ?? last;
  const text = progress && progressText(progress);
  return (
    <div className={styles.frame}>
      {shown && isReading && (
        <div className={styles.stillReading}>
          <Spinner inline />
          <span role="progressbar" aria-label={what} aria-valuetext={text}>
            {what}
            {text && `: ${text}`}
          </span>
          <Button variant="secondary" size="sm" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      )}
      <div className={shown ? styles.view : styles.hidden}>
        <TraceView {...view} set={shown ?? noSpans} trace={shown ? view.trace : 0} />
      </div>
      {!shown && (
        <div className={styles.reading}>
          <LoadingState what={what} progress={text} onCancel={onCancel} />
        </div>
      )}
    </div>
  );
}

function traceWithoutSpans(): TraceSet {
  const builder = new TraceSetBuilder();
  builder.traceOf(0, 0, 0, 0);
  return builder.finish();
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative', display: 'flex', flexDirection: 'column', height: '100%' }),
  view: css({ flex: 1, minHeight: 0 }),
  hidden: css({ flex: 1, minHeight: 0, visibility: 'hidden' }),
  reading: css({ position: 'absolute', inset: 0 }),
  stillReading: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), paddingBottom: theme.spacing(0.5), fontVariantNumeric: 'tabular-nums' }),
});
