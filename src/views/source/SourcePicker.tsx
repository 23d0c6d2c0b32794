import { Combobox } from '@grafana/ui';
import { useMemo } from 'react';
import { traceSources } from './sources';

interface Props {
  readonly uid: string | undefined;
  readonly onChange: (uid: string) => void;
}

/** Chooses among the trace data sources of this Grafana. */
export function SourcePicker({ uid, onChange }: Props) {
  const options = useMemo(() => traceSources().map(({ uid: value, name, type }) => ({ value, label: name, description: type })), []);
  return (
    <Combobox
      aria-label="Source"
      placeholder="Choose a data source"
      options={options}
      value={uid ?? null}
      onChange={({ value }) => onChange(value)}
      width={24}
    />
  );
}
