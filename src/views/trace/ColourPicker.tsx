import { Combobox, type ComboboxOption } from '@grafana/ui';
import { useCallback, useMemo, useRef } from 'react';
import type { GroupBy } from '../../analysis/group-column';
import type { TraceSet } from '../../trace';
import { choiceOf, groupByChoices, type GroupByChoice } from './group-by-choices';

interface Props {
  readonly set: TraceSet;
  readonly trace: number;
  readonly by: GroupBy;
  readonly onChange: (by: GroupBy) => void;
}

/** Chooses what the colours stand for: service, span name, or an attribute that the trace has. */
export function ColourPicker({ set, trace, by, onChange }: Props) {
  // Looked for when somebody opens the list: the first bars do not wait for it.
  const choices = useRef<readonly GroupByChoice[]>([]);
  const load = useCallback(
    async (typed: string): Promise<Array<ComboboxOption<string>>> => {
      choices.current = groupByChoices(set, trace);
      return choices.current.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase())).map(({ value, label }) => ({ value, label }));
    },
    [set, trace]
  );
  const value = useMemo(() => choiceOf(by), [by]);
  return (
    <Combobox
      width={20}
      aria-label="Colour by"
      prefixIcon="palette"
      placeholder="Colour by"
      options={load}
      value={value}
      onChange={(option) => {
        const choice = choices.current.find((each) => each.value === option.value);
        if (choice) {
          onChange(choice.by);
        }
      }}
    />
  );
}
