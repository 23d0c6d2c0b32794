import { css } from '@emotion/css';
import { textUtil, type GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { SpanLinkOut } from './correlations/span-link-out';

export type SpanLinkSource = (row: number) => readonly SpanLinkOut[];

/** Logs, metrics, profiles and data links of a span; what cannot be followed says why. */
export function SpanLinksOut({ row, linksOf }: { readonly row: number; readonly linksOf: SpanLinkSource }) {
  const styles = useStyles2(getStyles);
  const links = useMemo(() => linksOf(row), [linksOf, row]);
  if (links.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list} aria-label="Links of this span">
      {links.map(({ title, href, target, onClick, reason, query, dataSourceName }, at) => (
        <li key={at}>
          {href ? (
            <a className={styles.link} href={textUtil.sanitizeUrl(href)} target={target} rel={target === '_blank' ? 'noopener noreferrer' : undefined} onClick={onClick}>
              {title}
            </a>
          ) : (
            title
          )}
          <span className={styles.faint}>
            {dataSourceName && ` in ${dataSourceName}`}
            {reason && `: ${reason}`}
          </span>
          {query && (
            <ClipboardButton size="sm" fill="text" variant="secondary" icon="copy" getText={() => query}>
              Copy the query
            </ClipboardButton>
          )}
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: theme.spacing(0.5, 0), padding: 0, fontSize: theme.typography.bodySmall.fontSize }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  faint: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
});
