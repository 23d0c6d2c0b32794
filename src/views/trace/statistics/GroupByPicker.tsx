import { Combobox } from '@grafana/ui';
import { useId, useMemo } from 'react';
import type { GroupBy } from '../../../analysis/group-column';
import type { TraceSet } from '../../../trace';
import { choiceOf, groupByChoices } from '../group-by-choices';

interface Props {
  readonly set: TraceSet;
  readonly trace: number;
  readonly by: GroupBy;
  readonly onChange: (by: GroupBy) => void;
}

/** Chooses what spans are grouped by: service, operation, or an attribute that the trace has. */
export function GroupByPicker({ set, trace, by, onChange }: Props) {
  const choices = useMemo(() => groupByChoices(set, trace), [set, trace]);
  const options = useMemo(() => choices.map(({ value, label }) => ({ value, label })), [choices]);
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Group by</label>
      <Combobox
        id={id}
        width={36}
        options={options}
        value={choiceOf(by).value}
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
