import { css } from '@emotion/css';
import type { GrafanaTheme2, QueryEditorProps } from '@grafana/data';
import { Combobox, InlineField, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { ComparedBy } from '../../backends/compare-cohorts';
import type { VezaDataSourceOptions } from '../../backends/veza-data-source';
import type { VezaDataSource } from '../datasource';
import { DEFAULT_LIMIT, type VezaQuery, type VezaQueryType } from '../query';
import { FilterFields } from './FilterFields';
import { MapFields } from './MapFields';

type Props = QueryEditorProps<VezaDataSource, VezaQuery, VezaDataSourceOptions>;

const KINDS: Array<{ label: string; value: VezaQueryType; description: string }> = [
  { label: 'Search', value: 'search', description: 'Traces as a table' },
  { label: 'Service map', value: 'serviceMap', description: 'Nodes and edges of a node graph' },
  { label: 'Trace', value: 'trace', description: 'One trace' },
  { label: 'Operations', value: 'operations', description: 'Rate, errors and p95 of each operation over time' },
  { label: 'Latency', value: 'latency', description: 'One point a span' },
  { label: 'Compare', value: 'compare', description: 'Where two groups of traces differ' },
  { label: 'Hot path', value: 'hotPath', description: 'Newest, slowest and failed traces of an operation' },
  { label: 'Objective', value: 'objective', description: 'Rate, errors and p95 of an operation against its objective' },
];

const COMPARED_BY: Array<{ label: string; value: ComparedBy; description: string }> = [
  { label: 'Errors', value: 'errors', description: 'Fine traces with failed ones' },
  { label: 'Duration', value: 'duration', description: 'Usual traces with the slowest tenth' },
  { label: 'Time before', value: 'before', description: 'The time range with the one before it' },
];

export function QueryEditor({ datasource, query, onChange, onRunQuery }: Props) {
  const styles = useStyles2(getStyles);
  const kind = query.queryType ?? 'search';
  const change = (patch: Partial<VezaQuery>) => onChange({ ...query, ...patch });
  const changeAndRun = (patch: Partial<VezaQuery>) => {
    change(patch);
    onRunQuery();
  };
  return (
    <div className={styles.rows}>
      <InlineField label="Show" labelWidth={16}>
        <Combobox aria-label="Show" width={24} options={KINDS} value={kind} onChange={({ value: queryType }) => changeAndRun({ queryType })} />
      </InlineField>
      {kind === 'compare' && (
        <InlineField label="By" labelWidth={16}>
          <RadioButtonGroup options={COMPARED_BY} value={query.comparedBy ?? 'errors'} onChange={(comparedBy) => changeAndRun({ comparedBy })} />
        </InlineField>
      )}
      {kind === 'serviceMap' && <MapFields query={query} onChange={change} onRunQuery={onRunQuery} />}
      {(kind === 'hotPath' || kind === 'objective') && (
        <InlineField label="Objective" labelWidth={16} tooltip="How long a call of the span name below may take">
          <Input width={24} value={query.objective ?? ''} placeholder="500ms" onChange={({ currentTarget }) => change({ objective: currentTarget.value })} onBlur={onRunQuery} />
        </InlineField>
      )}
      {kind === 'trace' ? (
        <InlineField label="Trace id" labelWidth={16} grow>
          <Input value={query.traceId ?? ''} placeholder="${traceId}" onChange={({ currentTarget }) => change({ traceId: currentTarget.value })} onBlur={onRunQuery} />
        </InlineField>
      ) : (
        <>
          <FilterFields datasource={datasource} filter={query.filter ?? {}} onChange={(filter) => change({ filter })} onRun={onRunQuery} />
          <InlineField label="Limit" labelWidth={16} tooltip="Most traces to look at">
            <Input
              type="number"
              min={1}
              width={12}
              value={query.limit ?? ''}
              placeholder={String(DEFAULT_LIMIT[kind])}
              onChange={({ currentTarget }) => change({ limit: Number(currentTarget.value) || undefined })}
              onBlur={onRunQuery}
            />
          </InlineField>
        </>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  rows: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
});
