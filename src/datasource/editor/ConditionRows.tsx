import { Button, Combobox, IconButton, InlineField, InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import { conditionOf, TAG_OPERATORS, type TagCondition } from '../../backends/filter/trace-filter';
import type { VezaDataSource } from '../datasource';
import { tagText } from '../variable-values';

interface Props {
  readonly datasource: VezaDataSource;
  readonly conditions: readonly TagCondition[];
  readonly onChange: (conditions: TagCondition[]) => void;
}

const OPERATORS = TAG_OPERATORS.map((value) => ({ value }));

/** Conditions on attributes, one a row: a span must meet them all. Names and values are offered, and may be typed. */
export function ConditionRows({ datasource, conditions, onChange }: Props) {
  const replace = (at: number, patch: Partial<TagCondition>) => onChange(conditions.map((condition, index) => (index === at ? { ...condition, ...patch } : condition)));
  return (
    <>
      {conditions.map((condition, at) => (
        // A row is its place in the list: nothing else tells two equal conditions apart.
        <InlineFieldRow key={at}>
          <InlineField label={at === 0 ? 'Attribute' : 'and'} labelWidth={16}>
            <Combobox
              aria-label="Attribute"
              width={32}
              placeholder="span.http.route"
              createCustomValue
              value={condition.key === '' ? null : tagText(condition)}
              options={(typed) => offered(datasource.getTagKeys(), typed)}
              onChange={({ value }) => replace(at, conditionOf(value))}
            />
          </InlineField>
          <Combobox placeholder="Operator" width={10} options={OPERATORS} value={condition.operator} onChange={({ value }) => replace(at, { operator: value })} />
          <Combobox
            aria-label="Value"
            width={32}
            placeholder="value"
            createCustomValue
            value={condition.value === '' ? null : condition.value}
            options={(typed) => offered(condition.key === '' ? Promise.resolve([]) : datasource.getTagValues({ key: tagText(condition), filters: [] }), typed)}
            onChange={({ value }) => replace(at, { value })}
          />
          <IconButton name="times" aria-label="Remove this condition" tooltip="Remove" onClick={() => onChange(conditions.filter((_, index) => index !== at))} />
        </InlineFieldRow>
      ))}
      <div>
        <Button size="sm" variant="secondary" icon="plus" onClick={() => onChange([...conditions, { scope: 'any', key: '', operator: '=', value: '' }])}>
          Attribute condition
        </Button>
      </div>
    </>
  );
}

const MOST_OFFERED = 200;

/** Those that hold what was typed. What cannot be asked is not offered, and typed instead. */
export async function offered(found: Promise<ReadonlyArray<{ readonly text: string }>>, typed: string): Promise<ComboboxOption[]> {
  const texts = await found.catch(() => []);
  return texts
    .filter(({ text }) => text.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, MOST_OFFERED)
    .map(({ text }) => ({ value: text }));
}
