import { InlineField, InlineFieldRow, Input, RadioButtonGroup } from '@grafana/ui';
import { EARLIER_WINDOWS, type EarlierWindow } from '../../backends/compared-map';
import type { VezaQuery } from '../query';

interface Props {
  readonly query: VezaQuery;
  readonly onChange: (patch: Partial<VezaQuery>) => void;
  readonly onRunQuery: () => void;
}

const LEVELS: Array<{ label: string; value: NonNullable<VezaQuery['level']> }> = [{ label: 'Services', value: 'service' }, { label: 'Operations', value: 'operation' }];

const EARLIER: Array<{ label: string; value: EarlierWindow | 'never' }> = [
  { label: 'Nothing', value: 'never' },
  { label: 'Window before', value: 'previous' },
  { label: 'Yesterday', value: 'day' },
  { label: 'Last week', value: 'week' },
];

/** What only a service map is asked: nodes, groups, comparison. */
export function MapFields({ query, onChange, onRunQuery }: Props) {
  const changeNow = (patch: Partial<VezaQuery>) => {
    onChange(patch);
    onRunQuery();
  };
  return (
    <InlineFieldRow>
      <InlineField label="Nodes" labelWidth={16}>
        <RadioButtonGroup options={LEVELS} value={query.level ?? 'service'} onChange={(level) => changeNow({ level })} />
      </InlineField>
      <InlineField label="Group by" labelWidth={16} tooltip="A resource attribute">
        <Input width={24} value={query.groupBy ?? ''} placeholder="service.namespace" onChange={(event) => onChange({ groupBy: event.currentTarget.value })} onBlur={onRunQuery} />
      </InlineField>
      <InlineField label="Compare with" labelWidth={16}>
        <RadioButtonGroup options={EARLIER} value={query.against ?? 'never'} onChange={(against) => changeNow({ against: EARLIER_WINDOWS.find((window) => window === against) })} />
      </InlineField>
    </InlineFieldRow>
  );
}
