import { css } from '@emotion/css';
import { textUtil, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

/** A link in a cell; a press on it does not open the row too. */
export function GridLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <a className={styles.link} href={textUtil.sanitizeUrl(href)} onClick={(event) => event.stopPropagation()}>
      {children}
    </a>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
