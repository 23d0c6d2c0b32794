import type { Backend, RequestOptions, TimeRangeMs } from '../../backends/backend';
import { comparedMap } from '../../backends/compared-map';
import { BackendError } from '../../backends/http/http-client';
import { grafanaProxy } from '../../backends/http/grafana-proxy';
import { serviceMapOfMetrics } from '../../backends/service-graph-metrics/service-graph-metrics';
import { serviceMapOf, type ServiceMap } from '../../backends/service-map';
import { serviceMapOfDependencies } from '../../backends/service-map-of-dependencies';
import type { MapRequest } from './map-request';

/**
 * @param metricsUid of the Prometheus that has the service-graph metrics
 * @throws BackendError of kind `unsupported` where what the map is to be drawn from is not there
 */
export function loadMap(backend: Backend, metricsUid: string | undefined, request: MapRequest, range: TimeRangeMs, options: RequestOptions): Promise<ServiceMap> {
  const load = (window: TimeRangeMs) => loadWindow(backend, metricsUid, request, window, options);
  return request.against ? comparedMap(load, range, request.against) : load(range);
}

async function loadWindow(backend: Backend, metricsUid: string | undefined, request: MapRequest, range: TimeRangeMs, options: RequestOptions): Promise<ServiceMap> {
  const filter = { service: request.service || undefined };
  if (request.drawnFrom === 'metrics') {
    if (metricsUid === undefined) {
      throw new BackendError('unsupported', 'The data source names no Prometheus with service-graph metrics: draw the map from traces, or set one in its settings.');
    }
    return serviceMapOfMetrics(grafanaProxy(metricsUid), { filter, range }, options);
  }
  if (request.drawnFrom === 'dependencies') {
    return serviceMapOfDependencies(backend, range, options);
  }
  return serviceMapOf(backend, { filter, range, limit: request.limit }, options, request);
}
