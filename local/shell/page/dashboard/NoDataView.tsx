import type { PanelDataErrorViewProps } from '@grafana/runtime';
import { PanelMessage } from './PanelMessage';

/** What a panel shows in place of data it cannot draw. */
export function NoDataView({ data, fieldConfig, message, needsTimeField, needsNumberField, needsStringField }: PanelDataErrorViewProps) {
  const missing = [needsTimeField && 'time', needsNumberField && 'number', needsStringField && 'string'].filter(Boolean);
  const isEmpty = data.series.every((frame) => frame.length === 0);
  const reason = missing.length > 0 ? `Data is missing a ${missing.join(' or ')} field` : 'Unable to render data';
  return <PanelMessage>{message ?? (isEmpty ? (fieldConfig?.defaults.noValue ?? 'No data') : reason)}</PanelMessage>;
}
