import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { type ReactNode, useState } from 'react';
import { SideNav } from './SideNav';
import { Toasts } from './Toasts';
import { TopBar } from './TopBar';

const STORAGE_KEY = 'veza.shell.nav';

/** Below this the page needs the width more than the navigation does. */
const ROOMY_FROM_PX = 900;

function startsOpen(): boolean {
  return window.innerWidth >= ROOMY_FROM_PX && localStorage.getItem(STORAGE_KEY) !== 'closed';
}

/** Frame around every page: top bar, navigation, the page in its own scroll area. */
export function Chrome({ children }: { readonly children: ReactNode }) {
  const styles = useStyles2(getStyles);
  const [isNavOpen, setNavOpen] = useState(startsOpen);
  const toggle = () => {
    localStorage.setItem(STORAGE_KEY, isNavOpen ? 'closed' : 'open');
    setNavOpen(!isNavOpen);
  };
  return (
    <div className={styles.frame}>
      <TopBar isNavOpen={isNavOpen} onToggleNav={toggle} />
      <div className={styles.below}>
        {isNavOpen && <SideNav />}
        <main className={styles.page} id="pageContent">{children}</main>
      </div>
      <Toasts />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100vh', background: theme.colors.background.canvas }),
  below: css({ display: 'flex', flexGrow: 1, minHeight: 0 }),
  page: css({ display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, overflow: 'auto' }),
});
