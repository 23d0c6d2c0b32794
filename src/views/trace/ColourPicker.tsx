import { Combobox, type ComboboxOption } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { GroupBy } from '../../analysis/group-column';
import type { TraceSet } from '../../trace';
import { fieldOf } from './span-actions';
import { shownText } from '../shown-text';

interface Props {
  readonly set: TraceSet;
  readonly trace: number;
  readonly by: GroupBy;
  readonly onChange: (by: GroupBy) => void;
}

/** Spans whose keys are offered: enough to meet every kind of span of a usual trace. */
const SAMPLED_SPANS = 200;

/** Chooses what the colours stand for: service, span name, or any attribute; one not offered can be typed. */
export function ColourPicker({ set, trace, by, onChange }: Props) {
  const load = useCallback(
    async (typed: string): Promise<Array<ComboboxOption<string>>> => optionsOf(set, trace).filter(({ value }) => value.toLowerCase().includes(typed.toLowerCase())),
    [set, trace]
  );
  const value = useMemo(() => optionOf(by), [by]);
  return (
    <Combobox
      width={20}
      aria-label="Colour by"
      prefixIcon="palette"
      placeholder="Colour by"
      options={load}
      value={value}
      createCustomValue
      onChange={(option) => onChange(groupByOf(option.value))}
    />
  );
}

function optionOf(by: GroupBy): ComboboxOption<string> {
  return by.kind === 'attribute' ? { value: `${by.scope}.${by.key}`, label: shownText(fieldOf(by)) } : { value: by.kind, label: by.kind === 'service' ? 'Service' : 'Span name' };
}

/** A text without a scope is a span attribute's key. */
function groupByOf(text: string): GroupBy {
  if (text === 'service' || text === 'operation') {
    return { kind: text };
  }
  const [, scope, key] = /^(?:(span|resource)\.)?(.*)$/s.exec(text) ?? [];
  return { kind: 'attribute', scope: scope === 'resource' ? 'resource' : 'span', key: key ?? text };
}

function optionsOf(set: TraceSet, trace: number): Array<ComboboxOption<string>> {
  const keys = new Set<string>();
  const [first, end] = [set.firstRow(trace), set.endRow(trace)];
  const step = Math.max(1, Math.floor((end - first) / SAMPLED_SPANS));
  for (let row = first; row < end; row += step) {
    set.detail(row).attributes.forEach(({ key }) => keys.add(`span.${key}`));
    set.resource(row).attributes.forEach(({ key }) => keys.add(`resource.${key}`));
  }
  return [optionOf({ kind: 'service' }), optionOf({ kind: 'operation' }), ...[...keys].sort().map((value) => ({ value, label: shownText(value) }))];
}
