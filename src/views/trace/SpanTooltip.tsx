import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatDuration, formatPercent } from '../../drawing/format-figures';
import type { EventMark } from '../../drawing/waterfall/waterfall-scene';
import type { RepeatedCalls } from '../../analysis/n-plus-one';
import type { TraceSet } from '../../trace';
import { shownText } from '../shown-text';

interface Props {
  readonly set: TraceSet;
  readonly row: number;
  readonly run: RepeatedCalls | undefined;
  /** Those under the pointer. */
  readonly events: readonly EventMark[];
  readonly traceDurationNs: number;
  readonly xPx: number;
  readonly yPx: number;
  readonly viewWidthPx: number;
  readonly viewHeightPx: number;
}

const WIDTH_PX = 280;
const SHOWN_EVENTS = 5;
/** Longer names are read in the details. */
const NAME_LENGTH = 160;

/** What is under the pointer, beside it. */
export function SpanTooltip({ set, row, run, events, traceDurationNs, xPx, yPx, viewWidthPx, viewHeightPx }: Props) {
  const styles = useStyles2(getStyles);
  const { startNs, durationNs, selfNs } = set.columns;
  const isLow = yPx > viewHeightPx / 2;
  return (
    <div
      className={styles.tip}
      style={{ left: Math.max(0, Math.min(viewWidthPx - WIDTH_PX, xPx + 14)), ...(isLow ? { bottom: viewHeightPx - yPx + 12 } : { top: yPx + 16 }) }}
      role="presentation"
    >
      <div className={styles.name}>{run ? `${run.rows.length.toLocaleString()} × ${shownText(run.operation, NAME_LENGTH)}` : shownText(set.operation(row), NAME_LENGTH)}</div>
      <div className={styles.faint}>{shownText(set.service(row), NAME_LENGTH)}</div>
      {run ? (
        <div>
          {formatDuration(run.coveredNs)} in all, {run.sequentialShare > 0.5 ? 'one after the other' : 'at the same time'}
        </div>
      ) : (
        <>
          <div>
            {formatDuration(durationNs[row])} ({formatPercent(durationNs[row] / Math.max(1, traceDurationNs))}), self {formatDuration(selfNs[row])}
          </div>
          <div className={styles.faint}>
            from +{formatDuration(startNs[row])} to +{formatDuration(startNs[row] + durationNs[row])}
          </div>
        </>
      )}
      {set.status(row) === 'error' && <div className={styles.error}>Error</div>}
      {events.slice(0, SHOWN_EVENTS).map((event, at) => (
        <div key={at} className={event.isException ? styles.error : undefined}>
          {shownText(event.name, NAME_LENGTH) || 'event'} at +{formatDuration(event.timeNs)}
        </div>
      ))}
      {events.length > SHOWN_EVENTS && <div className={styles.faint}>and {(events.length - SHOWN_EVENTS).toLocaleString()} more events</div>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tip: css({
    position: 'absolute',
    zIndex: 2,
    maxWidth: WIDTH_PX,
    padding: theme.spacing(0.75, 1),
    pointerEvents: 'none',
    overflowWrap: 'anywhere',
    fontSize: theme.typography.bodySmall.fontSize,
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
  }),
  name: css({ fontWeight: theme.typography.fontWeightMedium }),
  faint: css({ color: theme.colors.text.secondary }),
  error: css({ color: theme.colors.error.text }),
});
