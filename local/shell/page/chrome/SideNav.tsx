import { css, cx } from '@emotion/css';
import { type GrafanaTheme2, type NavModelItem, toIconName } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Icon, ScrollContainer, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom-v5-compat';

/** Sections of the navigation: the app's pages, from its manifest, and the dashboards. */
export function SideNav() {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const tree: NavModelItem[] = config.bootData.navTree;
  return (
    <nav className={styles.nav} aria-label="Navigation">
      <ScrollContainer>
        <ul className={styles.list}>
          {tree.map((section) => (
            <li key={section.id}>
              <NavLink link={section} isCurrent={section.url === pathname && !section.children?.length} isSection />
              <ul className={styles.children}>
                {section.children?.map((link) => (
                  <li key={link.id}>
                    <NavLink link={link} isCurrent={isBelow(pathname, link.url)} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </ScrollContainer>
    </nav>
  );
}

interface NavLinkProps {
  readonly link: NavModelItem;
  readonly isCurrent: boolean;
  readonly isSection?: boolean;
}

function NavLink({ link, isCurrent, isSection = false }: NavLinkProps) {
  const styles = useStyles2(getStyles);
  const icon = link.icon ? toIconName(link.icon) : undefined;
  // A plain link: link-clicks.ts turns it into a navigation within the page.
  return (
    <a
      href={link.url}
      className={cx(styles.link, isSection ? styles.section : styles.child, isCurrent && styles.current)}
      aria-current={isCurrent ? 'page' : undefined}
    >
      {link.img && <img src={link.img} alt="" className={styles.logo} />}
      {icon && <Icon name={icon} size="lg" />}
      <span className={styles.text}>{link.text}</span>
    </a>
  );
}

function isBelow(pathname: string, url: string | undefined): boolean {
  return url !== undefined && (pathname === url || pathname.startsWith(`${url}/`));
}

const getStyles = (theme: GrafanaTheme2) => ({
  nav: css({ width: 220, flexShrink: 0, background: theme.colors.background.primary, borderRight: `1px solid ${theme.colors.border.weak}` }),
  list: css({ listStyle: 'none', padding: theme.spacing(1, 1, 2, 1) }),
  children: css({ listStyle: 'none', marginBottom: theme.spacing(1.5) }),
  link: css({
    position: 'relative', display: 'flex', alignItems: 'center', gap: theme.spacing(1), height: theme.spacing(4),
    borderRadius: theme.shape.radius.default, color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.primary, background: theme.colors.action.hover, textDecoration: 'none' },
  }),
  section: css({ padding: theme.spacing(0, 1), color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium }),
  child: css({ padding: theme.spacing(0, 1, 0, 4.5) }),
  current: css({
    color: theme.colors.text.primary, background: theme.colors.action.selected,
    '&::before': {
      content: '""', position: 'absolute', left: 0, top: 4, bottom: 4, width: 4,
      borderRadius: theme.shape.radius.default, backgroundImage: theme.colors.gradients.brandVertical,
    },
  }),
  logo: css({ width: 18, height: 18 }),
  text: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
});
