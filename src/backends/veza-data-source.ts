import type { DataSourceJsonData } from '@grafana/data';

/** Plugin id of our nested data source. */
export const VEZA_DATASOURCE_TYPE = 'veza-traces-datasource';

/** What is stored with a Veza Traces data source. */
export interface VezaDataSourceOptions extends DataSourceJsonData {
  /** The Tempo, Jaeger or Zipkin data source that holds the traces. */
  datasourceUid?: string;
}
