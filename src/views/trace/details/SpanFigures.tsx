import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatDuration, formatPercent } from '../../../drawing/format-figures';
import type { TraceSet } from '../../../trace';

/** When, how long, and how it ended. */
export function SpanFigures({ set, row }: { readonly set: TraceSet; readonly row: number }) {
  const styles = useStyles2(getStyles);
  const { startNs, durationNs, selfNs, subtreeSize } = set.columns;
  const traceNs = set.traceDurationNs(set.traceOf(row));
  const status = set.status(row);
  return (
    <dl className={styles.figures}>
      <Figure name="Duration" value={`${formatDuration(durationNs[row])}${traceNs > 0 ? ` (${formatPercent(durationNs[row] / traceNs)})` : ''}`} />
      <Figure name="Self time" value={formatDuration(selfNs[row])} />
      <Figure name="Starts" value={`+${formatDuration(startNs[row])}`} />
      <Figure name="Descendants" value={(subtreeSize[row] - 1).toLocaleString('en')} />
      <Figure name="Kind" value={set.kind(row)} />
      <Figure name="Status" value={status} isError={status === 'error'} />
      <Figure name="At" value={timeText(set.startUnixNs(row))} isWide />
    </dl>
  );
}

/** Local time to the nanosecond. */
function timeText(unixNs: bigint): string {
  const belowSecondNs = ((unixNs % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return `${dateTimeFormat(Number(unixNs / 1_000_000n), { format: 'YYYY-MM-DD HH:mm:ss' })}.${String(belowSecondNs).padStart(9, '0')}`;
}

function Figure({ name, value, isError = false, isWide = false }: { readonly name: string; readonly value: string; readonly isError?: boolean; readonly isWide?: boolean }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={isWide ? styles.wide : styles.figure}>
      <dt>{name}</dt>
      <dd className={isError ? styles.error : undefined}>{value}</dd>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const figure = {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: 0, fontVariantNumeric: 'tabular-nums' },
  };
  return {
    figures: css({ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: theme.spacing(0.25, 2), margin: theme.spacing(0, 0, 1), fontSize: theme.typography.bodySmall.fontSize }),
    figure: css(figure),
    wide: css({ ...figure, gridColumn: '1 / -1' }),
    error: css({ color: theme.colors.error.text }),
  };
};
