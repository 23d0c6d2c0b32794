import type { DataSourceJsonData } from '@grafana/data';
import type { StoredFrameQueries } from './frames/frame-queries';

/** Plugin id of our nested data source. */
export const VEZA_DATASOURCE_TYPE = 'veza-traces-datasource';

/** What is stored with a Veza Traces data source. */
export interface VezaDataSourceOptions extends DataSourceJsonData {
  /** The data source that holds the traces. */
  datasourceUid?: string;
  /** How it is asked, where it is none whose HTTP API we speak and the plugin's own queries are not known. */
  frameQueries?: StoredFrameQueries;
}
