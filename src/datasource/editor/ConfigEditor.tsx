import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { Combobox, Field, TextArea } from '@grafana/ui';
import { getDataSourceSrv } from '@grafana/runtime';
import { useMemo } from 'react';
import { isBackendKind } from '../../backends/backend';
import { frameQueriesOf, type FrameQueries } from '../../backends/frames/frame-queries';
import { VEZA_DATASOURCE_TYPE, type VezaDataSourceOptions } from '../../backends/veza-data-source';

type Props = DataSourcePluginOptionsEditorProps<VezaDataSourceOptions>;

/** The settings: which data source holds the traces, and how it is asked where that is not known. */
export function ConfigEditor({ options, onOptionsChange }: Props) {
  const sources = useMemo(() => listSources(), []);
  const { datasourceUid } = options.jsonData;
  const target = sources.find(({ value }) => value === datasourceUid);
  const change = (patch: Partial<VezaDataSourceOptions>) => onOptionsChange({ ...options, jsonData: { ...options.jsonData, ...patch } });
  return (
    <>
      <Field label="Traces are in" description="Tempo, Jaeger and Zipkin are asked through Grafana's proxy; any other data source gives what its frames hold. Its address, credentials and tenant are used.">
        <Combobox
          options={sources}
          value={datasourceUid ?? null}
          placeholder="Choose a data source"
          width={40}
          onChange={({ value }) => change({ datasourceUid: value })}
        />
      </Field>
      {target && !isBackendKind(target.description) && <FrameQueryFields type={target.description} options={options.jsonData} onChange={change} />}
    </>
  );
}

function FrameQueryFields({ type, options, onChange }: { readonly type: string; readonly options: VezaDataSourceOptions; readonly onChange: (patch: Partial<VezaDataSourceOptions>) => void }) {
  const known = frameQueriesOf(type);
  const field = (name: keyof FrameQueries, label: string, description: string) => (
    <Field label={label} description={description}>
      <TextArea
        rows={3}
        cols={80}
        value={options.frameQueries?.[name] ?? ''}
        placeholder={known[name] ? JSON.stringify(known[name]) : '{ }'}
        onChange={({ currentTarget }) => onChange({ frameQueries: { ...options.frameQueries, [name]: currentTarget.value } })}
      />
    </Field>
  );
  return (
    <>
      {field('trace', 'Query for one trace', 'In JSON, as the query inspector of Grafana shows a query of this data source, with ${traceId} where the id stands.')}
      {field('search', 'Query for recent traces', 'In JSON; it gives trace frames, or a table with a column traceID. ${limit} stands for how many.')}
    </>
  );
}

/** Those that are made for traces first. */
function listSources() {
  const isTracing = ({ type, tracing }: { type: string; tracing: boolean }) => isBackendKind(type) || tracing;
  return getDataSourceSrv()
    .getList({ filter: ({ type }) => type !== VEZA_DATASOURCE_TYPE })
    .map(({ uid, name, type, meta }) => ({ uid, name, type, tracing: meta.tracing === true }))
    .sort((a, b) => Number(isTracing(b)) - Number(isTracing(a)) || a.name.localeCompare(b.name))
    .map(({ uid, name, type }) => ({ value: uid, label: name, description: type }));
}
