import { css } from '@emotion/css';
import { dateTimeFormat, textUtil, type GrafanaTheme2 } from '@grafana/data';
import { Checkbox, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { TraceSummary } from '../../backends/backend';
import { formatDuration } from '../../drawing/format-figures';
import { sortedBy } from '../data-grid/sorted-by';
import { shortTraceId } from '../short-trace-id';
import { shownText } from '../shown-text';

interface Props {
  /** Newest first. */
  readonly traces: readonly TraceSummary[];
  readonly traceHref: (traceId: string) => string;
  /** Traces chosen, to be compared. */
  readonly chosen: readonly string[];
  readonly onChoose: (traceId: string) => void;
}

type SortKey = 'start' | 'name' | 'duration' | 'spans' | 'errors';

const VALUES: Readonly<Record<SortKey, (trace: TraceSummary) => number | string>> = {
  start: ({ startUnixNs }) => Number(startUnixNs),
  name: nameOf,
  duration: ({ durationNs }) => durationNs,
  spans: ({ spanCount }) => spanCount ?? -1,
  errors: ({ errorCount }) => errorCount ?? -1,
};

/** Found traces, each a link to its page. Two may be chosen to be compared. */
export function TraceList({ traces, traceHref, chosen, onChoose }: Props) {
  const styles = useStyles2(getStyles);
  const [sort, setSort] = useState<{ readonly key: SortKey; readonly isDescending: boolean }>({ key: 'start', isDescending: true });
  const shown = useMemo(() => (sort.key === 'start' && sort.isDescending ? traces : sortedBy(traces, VALUES[sort.key], sort.isDescending)), [traces, sort]);
  const longestNs = traces.reduce((most, { durationNs }) => Math.max(most, durationNs), 1);
  // Not every source counts them.
  const hasSpans = traces.some(({ spanCount }) => spanCount !== undefined);
  const hasErrors = traces.some(({ errorCount }) => errorCount !== undefined);
  const heading = (key: SortKey, label: string, isNumeric = false) => (
    <th scope="col" className={isNumeric ? styles.right : undefined} aria-sort={sort.key === key ? (sort.isDescending ? 'descending' : 'ascending') : undefined}>
      <button type="button" className={styles.sort} onClick={() => setSort({ key, isDescending: sort.key === key ? !sort.isDescending : key !== 'name' })}>
        {label}
        {sort.key === key && (sort.isDescending ? ' ↓' : ' ↑')}
      </button>
    </th>
  );
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td className={styles.check} />
          {heading('start', 'Start')}
          {heading('name', 'Trace')}
          {hasSpans && heading('spans', 'Spans', true)}
          {hasErrors && heading('errors', 'Errors', true)}
          {heading('duration', 'Duration', true)}
          <td className={styles.barColumn} />
        </tr>
      </thead>
      <tbody>
        {shown.map((trace) => {
          const { traceId, startUnixNs, durationNs, spanCount, errorCount } = trace;
          const isChosen = chosen.includes(traceId);
          return (
            <tr key={traceId}>
              <td className={styles.check}>
                <Checkbox aria-label={`Compare trace ${shortTraceId(traceId)}`} value={isChosen} disabled={!isChosen && chosen.length >= 2} onChange={() => onChoose(traceId)} />
              </td>
              <td className={styles.faint}>{dateTimeFormat(Number(startUnixNs / 1_000_000n), { format: 'YYYY-MM-DD HH:mm:ss.SSS' })}</td>
              <td className={styles.name}>
                <a className={styles.link} href={textUtil.sanitizeUrl(traceHref(traceId))}>
                  {shownText(nameOf(trace))}
                </a>{' '}
                <code className={styles.id}>{shortTraceId(traceId)}</code>
              </td>
              {hasSpans && <td className={styles.right}>{spanCount?.toLocaleString('en')}</td>}
              {hasErrors && <td className={styles.error}>{errorCount ? errorCount.toLocaleString('en') : ''}</td>}
              <td className={styles.right}>{formatDuration(durationNs)}</td>
              <td>
                <div className={styles.bar} style={{ width: `${Math.max(1, (durationNs / longestNs) * 100)}%` }} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function nameOf({ rootService, rootOperation }: TraceSummary): string {
  return rootService === undefined ? 'Root not received yet' : `${rootService}: ${rootOperation ?? ''}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    'th, td': { padding: theme.spacing(0.5, 1), borderBottom: `1px solid ${theme.colors.border.weak}` },
    th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium, textAlign: 'left' },
    'tbody tr:hover': { background: theme.colors.action.hover },
  }),
  check: css({ width: 32 }),
  sort: css({ all: 'unset', cursor: 'pointer', '&:hover': { color: theme.colors.text.primary }, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` } }),
  right: css({ textAlign: 'right !important' as 'right', whiteSpace: 'nowrap' }),
  error: css({ textAlign: 'right', color: theme.colors.error.text }),
  barColumn: css({ width: '16%' }),
  bar: css({ height: 6, borderRadius: 3, background: theme.colors.primary.main }),
  faint: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  name: css({ overflowWrap: 'anywhere' }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  id: css({ color: theme.colors.text.secondary }),
});
