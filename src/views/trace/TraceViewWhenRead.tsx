import { css } from '@emotion/css';
import { useState } from 'react';
import { TraceSetBuilder, type TraceSet } from '../../trace';
import { LoadingState } from '../state/StatePanel';
import { TraceView, type TraceViewProps } from './TraceView';

interface Props extends Omit<TraceViewProps, 'set'> {
  /** Undefined until it is read; a beginning stays until the whole is there. */
  readonly set: TraceSet | undefined;
  /** What is said meanwhile. */
  readonly what: string;
  readonly onCancel?: () => void;
}

/**
 * The view of a trace that is still being read: built with no spans while the page has nothing else to do, so that the bars
 * are painted as soon as there are some.
 */
export function TraceViewWhenRead({ set, what, onCancel, ...view }: Props) {
  const [noSpans] = useState(traceWithoutSpans);
  const [last, setLast] = useState(set);
  if (set && set !== last) {
    setLast(set);
  }
  const shown = set ?? last;
  return (
    <div className={styles.frame}>
      <div className={shown ? styles.view : styles.hidden}>
        <TraceView {...view} set={shown ?? noSpans} trace={shown ? view.trace : 0} />
      </div>
      {!shown && (
        <div className={styles.reading}>
          <LoadingState what={what} onCancel={onCancel} />
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

const styles = {
  frame: css({ position: 'relative', height: '100%' }),
  view: css({ height: '100%' }),
  hidden: css({ height: '100%', visibility: 'hidden' }),
  reading: css({ position: 'absolute', inset: 0 }),
};
