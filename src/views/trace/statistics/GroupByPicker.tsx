import { Combobox } from '@grafana/ui';
import { useId, useMemo } from 'react';
import type { GroupBy } from '../../../analysis/group-column';
import type { TraceSet } from '../../../trace';
import { fieldOf } from '../span-actions';
import { attributeKeys } from './attribute-keys';
import { shownText } from '../../shown-text';

interface Props {
  readonly set: TraceSet;
  readonly trace: number;
  readonly by: GroupBy;
  readonly onChange: (by: GroupBy) => void;
}

/** Chooses what spans are grouped by: service, operation, or an attribute that the trace has. */
export function GroupByPicker({ set, trace, by, onChange }: Props) {
  const choices = useMemo((): Array<{ readonly value: string; readonly label: string; readonly by: GroupBy }> => {
    const attributes = attributeKeys(set, trace).map((attribute) => ({ value: fieldOf(attribute), label: shownText(fieldOf(attribute)), by: { kind: 'attribute' as const, ...attribute } }));
    return [{ value: 'service', label: 'Service', by: { kind: 'service' } }, { value: 'operation', label: 'Service and span name', by: { kind: 'operation' } }, ...attributes];
  }, [set, trace]);
  const id = useId();
  const value = by.kind === 'attribute' ? fieldOf(by) : by.kind;
  return (
    <>
      <label htmlFor={id}>Group by</label>
      <Combobox
        id={id}
        width={36}
        options={choices}
        value={value}
        onChange={({ value: chosen }) => {
          const choice = choices.find((each) => each.value === chosen);
          if (choice) {
            onChange(choice.by);
          }
        }}
      />
    </>
  );
}
