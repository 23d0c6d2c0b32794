import { css } from '@emotion/css';
import type { GrafanaTheme2, QueryEditorProps } from '@grafana/data';
import { InlineField, InlineSwitch, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { ComparedBy } from '../../backends/compare-cohorts';
import type { VezaDataSourceOptions } from '../../backends/veza-data-source';
import type { VezaDataSource } from '../datasource';
import { DEFAULT_LIMIT, type VezaQuery, type VezaQueryType } from '../query';
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

const TEXTS = [
  { key: 'service', label: 'Service', placeholder: 'any' },
  { key: 'operation', label: 'Span name', placeholder: 'any' },
  { key: 'minDuration', label: 'Min duration', placeholder: '200ms' },
  { key: 'maxDuration', label: 'Max duration', placeholder: '10s' },
  { key: 'traceql', label: 'TraceQL', placeholder: 'instead of all others; Tempo only' },
] as const;

export function QueryEditor({ query, onChange, onRunQuery }: Props) {
  const styles = useStyles2(getStyles);
  const kind = query.queryType ?? 'search';
  const change = (patch: Partial<VezaQuery>) => onChange({ ...query, ...patch });
  return (
    <div className={styles.rows}>
      <InlineField label="Show" labelWidth={16}>
        <RadioButtonGroup
          options={KINDS}
          value={kind}
          onChange={(queryType) => {
            change({ queryType });
            onRunQuery();
          }}
        />
      </InlineField>
      {kind === 'compare' && (
        <InlineField label="By" labelWidth={16}>
          <RadioButtonGroup
            options={COMPARED_BY}
            value={query.comparedBy ?? 'errors'}
            onChange={(comparedBy) => {
              change({ comparedBy });
              onRunQuery();
            }}
          />
        </InlineField>
      )}
      {kind === 'serviceMap' && <MapFields query={query} onChange={change} onRunQuery={onRunQuery} />}
      {(kind === 'hotPath' || kind === 'objective') && (
        <InlineField label="Objective" labelWidth={16} tooltip="How long a call of the span name below may take">
          <Input width={24} value={query.objective ?? ''} placeholder="500ms" onChange={(event) => change({ objective: event.currentTarget.value })} onBlur={onRunQuery} />
        </InlineField>
      )}
      {kind === 'trace' ? (
        <InlineField label="Trace id" labelWidth={16} grow>
          <Input value={query.traceId ?? ''} placeholder="${traceId}" onChange={(event) => change({ traceId: event.currentTarget.value })} onBlur={onRunQuery} />
        </InlineField>
      ) : (
        <div className={styles.fields}>
          {TEXTS.map(({ key, label, placeholder }) => (
            <InlineField key={key} label={label} labelWidth={16}>
              <Input
                width={24}
                value={query.filter?.[key] ?? ''}
                placeholder={placeholder}
                onChange={(event) => change({ filter: { ...query.filter, [key]: event.currentTarget.value } })}
                onBlur={onRunQuery}
              />
            </InlineField>
          ))}
          <InlineField label="Errors only" labelWidth={16}>
            <InlineSwitch
              value={query.filter?.errorsOnly ?? false}
              onChange={(event) => {
                change({ filter: { ...query.filter, errorsOnly: event.currentTarget.checked } });
                onRunQuery();
              }}
            />
          </InlineField>
          <InlineField label="Limit" labelWidth={16}>
            <Input
              type="number"
              min={1}
              width={12}
              value={query.limit ?? ''}
              placeholder={String(DEFAULT_LIMIT[kind])}
              onChange={(event) => change({ limit: Number(event.currentTarget.value) || undefined })}
              onBlur={onRunQuery}
            />
          </InlineField>
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  rows: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  fields: css({ display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(1) }),
});
