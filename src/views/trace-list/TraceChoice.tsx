import { Combobox } from '@grafana/ui';
import { useMemo } from 'react';
import { formatDuration } from '../../drawing/format-figures';
import type { TraceSet } from '../../trace';
import { shownText } from '../shown-text';

interface Props {
  readonly set: TraceSet;
  /** Index in the set. */
  readonly trace: number;
  readonly onChange: (trace: number) => void;
}

/** More traces than anybody scrolls through are not offered here. */
const MOST_OFFERED = 2_000;

/** Chooses one of the traces of a set. */
export function TraceChoice({ set, trace, onChange }: Props) {
  const options = useMemo(
    () =>
      Array.from({ length: Math.min(set.traceCount, MOST_OFFERED) }, (_, value) => {
        const root = set.firstRow(value);
        return { value, label: `${shownText(set.service(root))}: ${shownText(set.operation(root))}, ${formatDuration(set.traceDurationNs(value))}`, description: set.traceId(value) };
      }),
    [set]
  );
  return <Combobox placeholder="Trace" options={options} value={trace} onChange={({ value }) => onChange(value)} width={60} />;
}
