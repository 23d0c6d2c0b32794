import {
  DataSourceApi,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceInstanceSettings,
  type ScopedVars,
} from '@grafana/data';
import { getDataSourceSrv, getTemplateSrv } from '@grafana/runtime';
import { isBackendKind, type Backend, type TraceQuery } from '../backends/backend';
import { parseDuration, type TraceFilter } from '../backends/filter/trace-filter';
import { grafanaProxy } from '../backends/http/grafana-proxy';
import { BackendError } from '../backends/http/http-client';
import { openBackend } from '../backends/open-backend';
import { serviceMapOf } from '../backends/service-map';
import type { VezaDataSourceOptions } from '../backends/veza-data-source';
import { parseTraceId } from '../trace';
import { DEFAULT_LIMIT, type VezaQuery, type VezaQueryType } from './query';
import { searchFrame } from './search-frame';
import { serviceMapFrames } from './service-map-frames';
import { traceFrame } from './trace-frame';

/** Traces of a Tempo, Jaeger or Zipkin data source as data frames, read through Grafana's proxy. */
export class VezaDataSource extends DataSourceApi<VezaQuery, VezaDataSourceOptions> {
  constructor(private readonly settings: DataSourceInstanceSettings<VezaDataSourceOptions>) {
    super(settings);
  }

  override getDefaultQuery(): Partial<VezaQuery> {
    return { queryType: 'search' };
  }

  override filterQuery(query: VezaQuery): boolean {
    return query.queryType !== 'trace' || Boolean(query.traceId?.trim());
  }

  override getQueryDisplayText({ queryType, filter, traceId }: VezaQuery): string {
    return [queryType, traceId, ...Object.values(filter ?? {})].filter(Boolean).join(' ');
  }

  async query(request: DataQueryRequest<VezaQuery>): Promise<DataQueryResponse> {
    const backend = this.backend();
    const targets = request.targets.filter((target) => !target.hide && this.filterQuery(target));
    const frames = await Promise.all(targets.map((target) => this.framesOf(backend, target, request)));
    return { data: frames.flat() };
  }

  async testDatasource(): Promise<{ status: 'success' | 'error'; message: string }> {
    try {
      return { status: 'success', message: await this.backend().probe() };
    } catch (error) {
      return { status: 'error', message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** @throws BackendError where no data source is chosen, or one that holds no traces. */
  private backend(): Backend {
    const uid = this.settings.jsonData.datasourceUid;
    if (!uid) {
      throw new BackendError('unsupported', `${this.name}: choose the data source that holds the traces in its settings`);
    }
    const target = getDataSourceSrv().getInstanceSettings(uid);
    if (!target) {
      throw new BackendError('unsupported', `${this.name} stands on the data source with uid "${uid}", which does not exist or is not yours to use`);
    }
    if (!isBackendKind(target.type)) {
      throw new BackendError('unsupported', `${this.name} stands on "${target.name}", which is of type ${target.type}: expected Tempo, Jaeger or Zipkin`);
    }
    return openBackend(target.type, grafanaProxy(uid));
  }

  private async framesOf(backend: Backend, target: VezaQuery, request: DataQueryRequest<VezaQuery>): Promise<DataFrame[]> {
    const kind: VezaQueryType = target.queryType ?? 'search';
    switch (kind) {
      case 'search': {
        const query = this.traceQuery(target, kind, request);
        return [searchFrame(await backend.search(query), query.limit, target.refId)];
      }
      case 'serviceMap': {
        const { graph, windowS, notes } = await serviceMapOf(backend, this.traceQuery(target, kind, request));
        return serviceMapFrames(graph, { windowS, notes }, target.refId);
      }
      case 'trace':
        return [traceFrame(await backend.trace(this.traceIdOf(target, request.scopedVars)), target.refId)];
    }
  }

  private traceQuery(target: VezaQuery, kind: VezaQueryType, { range, scopedVars }: DataQueryRequest<VezaQuery>): TraceQuery {
    return {
      filter: this.filterOf(target, scopedVars),
      range: { fromMs: range.from.valueOf(), toMs: range.to.valueOf() },
      limit: target.limit ?? DEFAULT_LIMIT[kind],
    };
  }

  private filterOf({ filter = {} }: VezaQuery, scopedVars: ScopedVars): TraceFilter {
    const text = (value: string | undefined) => (value ? getTemplateSrv().replace(value, scopedVars).trim() || undefined : undefined);
    return {
      service: text(filter.service),
      operation: text(filter.operation),
      errorsOnly: filter.errorsOnly,
      minDurationNs: durationOf(text(filter.minDuration)),
      maxDurationNs: durationOf(text(filter.maxDuration)),
      traceql: text(filter.traceql),
    };
  }

  private traceIdOf({ traceId = '' }: VezaQuery, scopedVars: ScopedVars) {
    const text = getTemplateSrv().replace(traceId, scopedVars).trim();
    const id = parseTraceId(text);
    if (!id) {
      throw new BackendError('unsupported', `"${text}" is no trace id: expected up to 32 hexadecimal digits`);
    }
    return id;
  }
}

/** @throws BackendError where the text is no duration. */
function durationOf(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const durationNs = parseDuration(text);
  if (durationNs === undefined) {
    throw new BackendError('unsupported', `"${text}" is no duration: expected a number with a unit, such as 200ms or 1.5s`);
  }
  return durationNs;
}
