import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { Combobox, Field } from '@grafana/ui';
import { getDataSourceSrv } from '@grafana/runtime';
import { useMemo } from 'react';
import { isBackendKind } from '../../backends/backend';
import type { VezaDataSourceOptions } from '../../backends/veza-data-source';

/** The settings: which data source holds the traces. */
export function ConfigEditor({ options, onOptionsChange }: DataSourcePluginOptionsEditorProps<VezaDataSourceOptions>) {
  const sources = useMemo(
    () =>
      getDataSourceSrv()
        .getList({ filter: ({ type }) => isBackendKind(type) })
        .map(({ uid, name, type }) => ({ value: uid, label: name, description: type })),
    []
  );
  return (
    <Field label="Traces are in" description="A Tempo, Jaeger or Zipkin data source. Its address, credentials and tenant are used.">
      <Combobox
        options={sources}
        value={options.jsonData.datasourceUid ?? null}
        placeholder="Choose a data source"
        width={40}
        onChange={({ value }) => onOptionsChange({ ...options, jsonData: { ...options.jsonData, datasourceUid: value } })}
      />
    </Field>
  );
}
