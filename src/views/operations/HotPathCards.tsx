import { css } from '@emotion/css';
import { textUtil, type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import type { HotPathStatus } from '../../analysis/hot-paths';
import { formatDuration, formatPercent } from '../../drawing/format-figures';
import type { OperationLinks } from './operation-links';

const VERDICTS: Readonly<Record<HotPathStatus['verdict'], { readonly text: string; readonly icon: IconName }>> = {
  met: { text: 'Objective met', icon: 'check-circle' },
  missed: { text: 'Objective missed', icon: 'exclamation-circle' },
  close: { text: 'Too close to tell', icon: 'question-circle' },
  unseen: { text: 'No calls seen', icon: 'minus-circle' },
};

/** The operations that the team watches, each against its objective. */
export function HotPathCards({ statuses, links }: { readonly statuses: readonly HotPathStatus[]; readonly links: OperationLinks }) {
  const styles = useStyles2(getStyles);
  if (statuses.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list} aria-label="Hot paths">
      {statuses.map(({ path, calls, fastShare, errorShare, verdict }) => (
        <li key={`${path.service ?? ''} ${path.operation}`} className={styles.card}>
          <a className={styles.name} href={textUtil.sanitizeUrl(links.search(path.service, path.operation))}>
            {path.operation}
          </a>
          <div className={styles[verdict]}>
            <Icon name={VERDICTS[verdict].icon} size="sm" /> {VERDICTS[verdict].text}
          </div>
          <dl className={styles.figures}>
            <dt>p95</dt>
            <dd>{calls.p95Ns === undefined ? '–' : formatDuration(calls.p95Ns)}</dd>
            <dt>Within {formatDuration(path.objectiveNs)}</dt>
            <dd>{calls.count > 0 ? formatPercent(fastShare.value) : '–'}</dd>
            <dt>Errors</dt>
            <dd>{calls.count > 0 ? formatPercent(errorShare.value) : '–'}</dd>
            <dt>Good calls wanted</dt>
            <dd>{formatPercent(path.target)}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', gap: theme.spacing(1), margin: 0, padding: 0, listStyle: 'none' }),
  card: css({ padding: theme.spacing(1), border: `1px solid ${theme.colors.border.weak}`, borderRadius: theme.shape.radius.default, minWidth: 0 }),
  name: css({ fontWeight: theme.typography.fontWeightMedium, color: theme.colors.text.link, overflowWrap: 'anywhere', '&:hover': { textDecoration: 'underline' } }),
  met: css({ color: theme.colors.success.text }),
  missed: css({ color: theme.colors.error.text }),
  close: css({ color: theme.colors.warning.text }),
  unseen: css({ color: theme.colors.text.secondary }),
  figures: css({
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    margin: 0,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: 0, textAlign: 'right' },
  }),
});
