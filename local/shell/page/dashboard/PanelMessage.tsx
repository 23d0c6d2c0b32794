import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

/** Words in the middle of a panel that has nothing to draw. */
export function PanelMessage({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles2(getStyles)}>{children}</div>;
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex', alignItems: 'center', justifyContent: 'center', height: '100%', textAlign: 'center',
    color: theme.colors.text.secondary, fontSize: theme.typography.h4.fontSize,
  });
