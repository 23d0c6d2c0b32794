import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Switch, useStyles2 } from '@grafana/ui';
import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly value: boolean;
  readonly disabled?: boolean;
  readonly onChange: () => void;
}

/** A switch whose text switches it too. Grafana's InlineSwitch names itself in a way that screen readers must ignore. */
export function LabelledSwitch({ label, value, disabled, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <span className={styles.frame}>
      <label htmlFor={id}>{label}</label>
      <Switch id={id} value={value} disabled={disabled} onChange={onChange} />
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1), height: theme.spacing(theme.components.height.md), label: { cursor: 'pointer', fontSize: theme.typography.bodySmall.fontSize } }),
});
