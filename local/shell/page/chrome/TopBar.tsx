import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Icon, IconButton, ToolbarButton, useStyles2, useTheme2 } from '@grafana/ui';
import { Fragment } from 'react';
import { useBreadcrumbs } from './page-title';
import { setTheme } from './theme';

/** Height of Grafana's single top bar; plugins learn it from useChromeHeaderHeight. */
export const TOP_BAR_HEIGHT_PX = 40;

export function TopBar({ isNavOpen, onToggleNav }: { readonly isNavOpen: boolean; readonly onToggleNav: () => void }) {
  const styles = useStyles2(getStyles);
  const breadcrumbs = useBreadcrumbs();
  const { isDark } = useTheme2();
  return (
    <header className={styles.bar}>
      <IconButton name="bars" size="lg" tooltip={isNavOpen ? 'Close menu' : 'Open menu'} onClick={onToggleNav} aria-expanded={isNavOpen} />
      <a href="/" className={styles.home} aria-label="Home">
        <img src="/public/favicon.svg" alt="" width={20} height={20} />
      </a>
      <ol className={styles.crumbs} aria-label="Breadcrumbs">
        {breadcrumbs.map(({ text, url }, index) => {
          const isLast = index === breadcrumbs.length - 1;
          return (
            <Fragment key={`${text} ${url}`}>
              <li className={styles.crumb}>{url && !isLast ? <a href={url}>{text}</a> : <span aria-current="page">{text}</span>}</li>
              {!isLast && <Icon name="angle-right" aria-hidden />}
            </Fragment>
          );
        })}
      </ol>
      <span className={styles.version}>{`local shell · @grafana ${config.buildInfo.version}`}</span>
      <ToolbarButton icon="palette" iconOnly tooltip={isDark ? 'Light theme' : 'Dark theme'} onClick={() => setTheme(isDark ? 'light' : 'dark')} />
    </header>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex', alignItems: 'center', gap: theme.spacing(1), flexShrink: 0, height: TOP_BAR_HEIGHT_PX, padding: theme.spacing(0, 1, 0, 2),
    background: theme.colors.background.primary, borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  home: css({ display: 'flex', margin: theme.spacing(0, 1) }),
  crumbs: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), flexGrow: 1, minWidth: 0, listStyle: 'none' }),
  crumb: css({
    overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: theme.colors.text.secondary,
    '&:last-of-type': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  }),
  version: css({ fontSize: theme.typography.bodySmall.fontSize, color: theme.colors.text.disabled, whiteSpace: 'nowrap' }),
});
