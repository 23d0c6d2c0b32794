import { Combobox, InlineField, InlineFieldRow, InlineSwitch, Input, RadioButtonGroup } from '@grafana/ui';
import { useEffect, useState } from 'react';
import type { Support } from '../../backends/backend';
import { TraceqlEditor } from '../../views/traceql-editor/TraceqlEditor';
import type { VezaDataSource } from '../datasource';
import type { VezaQuery } from '../query';
import { traceqlOfBuilder } from '../trace-query';
import { ConditionRows, offered } from './ConditionRows';

type Filter = NonNullable<VezaQuery['filter']>;

interface Props {
  readonly datasource: VezaDataSource;
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  readonly onRun: () => void;
}

/** Which traces: built from fields, or typed in TraceQL where the data source below understands it. */
export function FilterFields({ datasource, filter, onChange, onRun }: Props) {
  const traceql = useTraceqlSupport(datasource);
  const isTyped = filter.traceql !== undefined;
  const modes = [
    { label: 'Builder', value: 'builder' as const },
    { label: 'TraceQL', value: 'traceql' as const, description: traceql.isAvailable ? undefined : traceql.reason },
  ];
  return (
    <>
      <InlineField label="Find by" labelWidth={16}>
        <RadioButtonGroup
          options={modes}
          value={isTyped ? 'traceql' : 'builder'}
          disabledOptions={traceql.isAvailable || isTyped ? [] : ['traceql']}
          onChange={(mode) => {
            onChange({ ...filter, traceql: mode === 'traceql' ? traceqlOfBuilder(filter) : undefined });
            onRun();
          }}
        />
      </InlineField>
      {isTyped ? (
        <InlineField label="TraceQL" labelWidth={16} grow error={traceql.isAvailable ? undefined : traceql.reason} invalid={!traceql.isAvailable}>
          <TraceqlEditor value={filter.traceql ?? ''} vocabulary={datasource} onChange={(traceql) => onChange({ ...filter, traceql })} onSubmit={onRun} onBlur={onRun} />
        </InlineField>
      ) : (
        <Builder datasource={datasource} filter={filter} onChange={onChange} onRun={onRun} />
      )}
    </>
  );
}

function Builder({ datasource, filter, onChange, onRun }: Props) {
  const set = (patch: Partial<Filter>) => {
    onChange({ ...filter, ...patch });
    onRun();
  };
  const operations = filter.service ? `operations(${filter.service})` : 'operations()';
  const duration = (key: 'minDuration' | 'maxDuration', label: string, placeholder: string) => (
    <InlineField label={label} labelWidth={16}>
      <Input width={24} value={filter[key] ?? ''} placeholder={placeholder} onChange={({ currentTarget }) => onChange({ ...filter, [key]: currentTarget.value })} onBlur={onRun} />
    </InlineField>
  );
  return (
    <>
      <InlineFieldRow>
        <InlineField label="Service" labelWidth={16}>
          <Combobox
            aria-label="Service"
            width={24}
            placeholder="any"
            createCustomValue
            isClearable
            value={filter.service || null}
            options={(typed) => offered(datasource.metricFindQuery('services()'), typed)}
            onChange={(option) => set({ service: option?.value })}
          />
        </InlineField>
        <InlineField label="Span name" labelWidth={16}>
          <Combobox
            aria-label="Span name"
            width={24}
            placeholder="any"
            createCustomValue
            isClearable
            value={filter.operation || null}
            options={(typed) => offered(datasource.metricFindQuery(operations), typed)}
            onChange={(option) => set({ operation: option?.value })}
          />
        </InlineField>
        {duration('minDuration', 'Min duration', '200ms')}
        {duration('maxDuration', 'Max duration', '10s')}
        <InlineField label="Errors only" labelWidth={16}>
          <InlineSwitch aria-label="Errors only" value={filter.errorsOnly ?? false} onChange={({ currentTarget }) => set({ errorsOnly: currentTarget.checked })} />
        </InlineField>
      </InlineFieldRow>
      <ConditionRows datasource={datasource} conditions={filter.conditions ?? []} onChange={(conditions) => set({ conditions })} />
    </>
  );
}

/** Available until the data source says otherwise: one that does not answer must not take the choice away. */
function useTraceqlSupport(datasource: VezaDataSource): Support {
  const [support, setSupport] = useState<Support>({ isAvailable: true });
  useEffect(() => {
    let isCurrent = true;
    datasource.capabilities().then(
      ({ traceql }) => isCurrent && setSupport(traceql),
      () => undefined
    );
    return () => {
      isCurrent = false;
    };
  }, [datasource]);
  return support;
}
