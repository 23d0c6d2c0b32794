import { DataSourceApi, type DataQuery, type DataQueryResponse } from '@grafana/data';

export class VezaDataSource extends DataSourceApi<DataQuery> {
  async query(): Promise<DataQueryResponse> {
    return { data: [] };
  }

  async testDatasource() {
    return { status: 'success', message: 'ok' };
  }
}
