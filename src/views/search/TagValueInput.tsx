import { Combobox } from '@grafana/ui';
import { useCallback } from 'react';
import type { Backend, Tag, TimeRangeMs } from '../../backends/backend';

interface Props {
  readonly label: string;
  /** In Grafana's units of 8 px. */
  readonly widthUnits: number;
  readonly backend: Backend;
  readonly range: TimeRangeMs;
  readonly tag: Tag;
  readonly service?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const MOST_OFFERED = 200;

/** A text with the values of a tag on offer; any other can be typed. A source that cannot name values offers none. */
export function TagValueInput({ label, widthUnits, backend, range, tag, service, value, onChange }: Props) {
  const options = useCallback(
    async (typed: string) => {
      const values = await backend.tagValues({ tag, range, service }).catch(() => []);
      const text = typed.toLowerCase();
      return values.filter((each) => each.toLowerCase().includes(text)).slice(0, MOST_OFFERED).map((each) => ({ value: each }));
    },
    [backend, range, tag, service]
  );
  return (
    <Combobox
      placeholder={label}
      width={widthUnits}
      options={options}
      createCustomValue
      isClearable
      value={value || null}
      onChange={(chosen: { value: string } | null) => onChange(chosen?.value.trim() ?? '')}
    />
  );
}
