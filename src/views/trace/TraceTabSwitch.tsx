import { RadioButtonGroup } from '@grafana/ui';
import { TRACE_TABS } from './trace-tabs';
import type { TraceViewState } from './trace-view-state';

interface Props {
  readonly tab: TraceViewState['tab'];
  readonly onChange: (tab: TraceViewState['tab']) => void;
}

const OPTIONS = [{ value: 'timeline' as const, label: 'Timeline' }, ...TRACE_TABS.map(({ kind, label }) => ({ value: kind, label }))];

/** Chooses the way of looking at the trace. */
export function TraceTabSwitch({ tab, onChange }: Props) {
  return OPTIONS.length > 1 ? <RadioButtonGroup size="sm" aria-label="View" options={OPTIONS} value={tab} onChange={onChange} /> : null;
}
