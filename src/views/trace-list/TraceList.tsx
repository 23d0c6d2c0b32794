import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { TraceSummary } from '../../backends/backend';
import { formatDuration } from '../../drawing/format-figures';

interface Props {
  readonly traces: readonly TraceSummary[];
  readonly traceHref: (traceId: string) => string;
}

/** Found traces, newest first, each a link to its page. */
export function TraceList({ traces, traceHref }: Props) {
  const styles = useStyles2(getStyles);
  const longestNs = traces.reduce((most, { durationNs }) => Math.max(most, durationNs), 1);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Start</th>
          <th scope="col">Trace</th>
          <th scope="col" className={styles.right}>
            Duration
          </th>
          <td className={styles.barColumn} />
        </tr>
      </thead>
      <tbody>
        {traces.map(({ traceId, rootService, rootOperation, startUnixNs, durationNs }) => (
          <tr key={traceId}>
            <td className={styles.faint}>{dateTimeFormat(Number(startUnixNs / 1_000_000n), { format: 'YYYY-MM-DD HH:mm:ss.SSS' })}</td>
            <td className={styles.name}>
              <a className={styles.link} href={traceHref(traceId)}>
                {rootService === undefined ? 'Root not received yet' : `${rootService}: ${rootOperation ?? ''}`}
              </a>{' '}
              <code className={styles.id}>{traceId.slice(0, 8)}</code>
            </td>
            <td className={styles.right}>{formatDuration(durationNs)}</td>
            <td>
              <div className={styles.bar} style={{ width: `${Math.max(1, (durationNs / longestNs) * 100)}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    'th, td': { padding: theme.spacing(0.75, 1), borderBottom: `1px solid ${theme.colors.border.weak}` },
    th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium, textAlign: 'left' },
    'tbody tr:hover': { background: theme.colors.action.hover },
  }),
  right: css({ textAlign: 'right !important' as 'right', whiteSpace: 'nowrap' }),
  barColumn: css({ width: '20%' }),
  bar: css({ height: 6, borderRadius: 3, background: theme.colors.primary.main }),
  faint: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  name: css({ overflowWrap: 'anywhere' }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  id: css({ color: theme.colors.text.secondary }),
});
