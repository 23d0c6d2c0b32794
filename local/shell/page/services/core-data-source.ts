import { type DataQueryResponse, DataSourceApi, type TestDataSourceResponse } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';

/**
 * Tempo, Jaeger, Zipkin or Prometheus: in Grafana a plugin of its own, here an address behind the proxy.
 * Our plugin reaches it by uid; it has no queries of its own.
 */
export class CoreDataSource extends DataSourceApi {
  query(): Promise<DataQueryResponse> {
    return Promise.reject(
      new Error(`The shell does not bring Grafana's ${this.type} plugin: query ${this.name} through the Veza Traces data source`)
    );
  }

  testDatasource(): Promise<TestDataSourceResponse> {
    return getBackendSrv().get(`/api/datasources/uid/${this.uid}/health`);
  }
}
