/** What spans can be grouped and coloured by: service, span name, or an attribute that the trace has. */
import type { GroupBy } from '../../analysis/group-column';
import type { TraceSet } from '../../trace';
import { shownText } from '../shown-text';
import { fieldOf } from './span-actions';
import { attributeKeys } from './statistics/attribute-keys';

export interface GroupByChoice {
  readonly value: string;
  readonly label: string;
  readonly by: GroupBy;
}

const LABELS = { service: 'Service', operation: 'Service and span name' } as const;

export function choiceOf(by: GroupBy): GroupByChoice {
  const value = by.kind === 'attribute' ? fieldOf(by) : by.kind;
  return { value, label: by.kind === 'attribute' ? shownText(value) : LABELS[by.kind], by };
}

export const groupByChoices = (set: TraceSet, trace: number): readonly GroupByChoice[] => [
  choiceOf({ kind: 'service' }),
  choiceOf({ kind: 'operation' }),
  ...attributeKeys(set, trace).map((attribute) => choiceOf({ kind: 'attribute', ...attribute })),
];
