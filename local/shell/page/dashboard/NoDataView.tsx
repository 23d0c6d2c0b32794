import { css } from '@emotion/css';
import { type GrafanaTheme2, LoadingState } from '@grafana/data';
import type { PanelDataErrorViewProps } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';

/** What a panel shows in place of data it cannot draw. */
export function NoDataView({ data, fieldConfig, message, needsTimeField, needsNumberField, needsStringField }: PanelDataErrorViewProps) {
  const styles = useStyles2(getStyles);
  const missing = [needsTimeField && 'time', needsNumberField && 'number', needsStringField && 'string'].filter(Boolean);
  const isEmpty = data.series.every((frame) => frame.length === 0);
  const reason = missing.length > 0 ? `Data is missing a ${missing.join(' or ')} field` : 'Unable to render data';
  const text = message ?? (isEmpty ? (fieldConfig?.defaults.noValue ?? 'No data') : reason);
  return <div className={styles.view}>{data.state === LoadingState.Loading && isEmpty ? '' : text}</div>;
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', alignItems: 'center', justifyContent: 'center', height: '100%', color: theme.colors.text.secondary, fontSize: theme.typography.h4.fontSize }),
});
