import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** The colour that somebody chose for a service or connection, beside its name; nothing where nobody did. */
export function ColourDot({ colour }: { readonly colour: string | undefined }) {
  const dot = useStyles2(getDot);
  return colour ? <span className={dot} style={{ backgroundColor: colour }} aria-hidden /> : null;
}

const getDot = (theme: GrafanaTheme2) =>
  css({ display: 'inline-block', width: '0.7em', height: '0.7em', marginRight: theme.spacing(0.75), borderRadius: theme.shape.radius.circle });
