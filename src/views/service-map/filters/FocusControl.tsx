import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import type { ChangeMapState, MapFocus } from '../map-state';

interface Props {
  /** Undefined where the focused service is not on the map now; the focus waits for it. */
  readonly name: string | undefined;
  readonly focus: MapFocus;
  readonly onChange: ChangeMapState;
}

const HOPS = [0, 1, 2, 3, Infinity];

/** How far around one service the map goes, up and down on their own. */
export function FocusControl({ name, focus, onChange }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.chip} role="group" aria-label={`Focus on ${name ?? 'a service'}`}>
      <span>
        Around <strong>{name ?? 'a service that is not here now'}</strong>
      </span>
      <Hops label="callers" value={focus.upHops} onChange={(upHops) => onChange({ focus: { ...focus, upHops } })} />
      <Hops label="calls" value={focus.downHops} onChange={(downHops) => onChange({ focus: { ...focus, downHops } })} />
      <IconButton name="times" size="sm" tooltip="Show the whole map" onClick={() => onChange({ focus: undefined })} />
    </div>
  );
}

function Hops({ label, value, onChange }: { readonly label: string; readonly value: number; readonly onChange: (hops: number) => void }) {
  const id = useId();
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.hops}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select id={id} className={styles.select} value={String(value)} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {HOPS.map((hops) => (
          <option key={hops} value={String(hops)}>
            {Number.isFinite(hops) ? hops : 'all'}
          </option>
        ))}
      </select>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chip: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: theme.spacing(theme.components.height.md),
    padding: theme.spacing(0, 1),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  hops: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  label: css({ margin: 0, color: theme.colors.text.secondary }),
  // Everything that Grafana's own sheet says of bare selects, which makes them as wide as their row and hides their value.
  select: css({
    width: 'auto',
    height: theme.spacing(3),
    padding: theme.spacing(0, 0.5),
    background: theme.colors.background.primary,
    color: theme.colors.text.primary,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
  }),
});
