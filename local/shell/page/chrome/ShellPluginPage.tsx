import { css, cx } from '@emotion/css';
import { type GrafanaTheme2, type NavModelItem, PageLayoutType, toIconName } from '@grafana/data';
import type { PluginPageProps } from '@grafana/runtime';
import { Box, Stack, Tab, TabsBar, Text, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom-v5-compat';
import { useCurrentSection, usePageTitle } from './page-title';

/** What plugins get as PluginPage: Grafana's page with title, tabs, actions and the navigation's place. */
export function ShellPluginPage({ pageNav, children, actions, info, subTitle, renderTitle, layout, background }: PluginPageProps) {
  const { pathname } = useLocation();
  const section = useCurrentSection();
  const styles = useStyles2(getStyles);
  const page = pageNav ?? pageOf(section, pathname) ?? section;
  usePageTitle(trail(section, page));

  if (layout === PageLayoutType.Custom || layout === PageLayoutType.Canvas) {
    return <div className={layout === PageLayoutType.Canvas ? styles.padded : styles.content}>{children}</div>;
  }
  const title = page?.text ?? '';
  return (
    <div className={cx(styles.page, background === 'canvas' && styles.canvas)}>
      <Box marginBottom={2}>
        <Stack direction="row" justifyContent="space-between" alignItems="center" gap={2} wrap="wrap">
          <Stack direction="row" alignItems="center" gap={1}>
            {page?.img && <img src={page.img} alt="" className={styles.logo} />}
            {renderTitle ? renderTitle(title) : <Text element="h1">{title}</Text>}
          </Stack>
          <Stack direction="row" gap={2} alignItems="center">
            {info?.map(({ label, value }) => (
              <div key={label}>
                <div className={styles.infoLabel}>{label}</div>
                {value}
              </div>
            ))}
            {actions}
          </Stack>
        </Stack>
        {(subTitle ?? page?.subTitle) && <div className={styles.subTitle}>{subTitle ?? page?.subTitle}</div>}
      </Box>
      {pageNav?.children && (
        <TabsBar className={styles.tabs}>
          {pageNav.children.filter((tab) => !tab.hideFromTabs).map((tab) => (
            <Tab key={tab.url ?? tab.text} label={tab.text} active={tab.active} href={tab.url} counter={tab.tabCounter} icon={tab.icon ? toIconName(tab.icon) : undefined} />
          ))}
        </TabsBar>
      )}
      <div className={styles.content}>{children}</div>
    </div>
  );
}

/** The section's page that an address belongs to: /trace/abc is below /trace. */
function pageOf(section: NavModelItem | undefined, pathname: string): NavModelItem | undefined {
  const pages = section?.children ?? [];
  const matching = pages.filter(({ url }) => url !== undefined && `${pathname}/`.startsWith(`${url}/`));
  return matching.sort((a, b) => (b.url?.length ?? 0) - (a.url?.length ?? 0))[0];
}

function trail(section: NavModelItem | undefined, page: NavModelItem | undefined) {
  const parents: NavModelItem[] = [];
  for (let item = page?.parentItem; item; item = item.parentItem) {
    parents.unshift(item);
  }
  const all = [section, ...parents, page].filter((item, index, items) => item !== undefined && items.indexOf(item) === index);
  return all.map((item) => ({ text: item?.text ?? '', url: item?.url }));
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', flex: '1 0 auto', padding: theme.spacing(3), background: theme.colors.background.primary }),
  canvas: css({ background: theme.colors.background.canvas }),
  content: css({ display: 'flex', flexDirection: 'column', flexGrow: 1 }),
  padded: css({ display: 'flex', flexDirection: 'column', flexGrow: 1, padding: theme.spacing(2) }),
  infoLabel: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  subTitle: css({ color: theme.colors.text.secondary }),
  logo: css({ width: 32, height: 32 }),
  tabs: css({ marginBottom: theme.spacing(2) }),
});
