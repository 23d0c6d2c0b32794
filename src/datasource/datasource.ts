import {
  dateTime, DataSourceApi, LoadingState,
  type DataFrame, type DataQueryError, type DataQueryRequest, type DataQueryResponse, type DataSourceGetTagKeysOptions,
  type DataSourceGetTagValuesOptions, type DataSourceInstanceSettings, type LegacyMetricFindQueryOptions, type MetricFindValue, type TimeRange,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import { Observable } from 'rxjs';
import type { Backend, Capabilities, Tag } from '../backends/backend';
import { conditionOf } from '../backends/filter/trace-filter';
import { isAborted } from '../backends/http/http-client';
import type { VezaDataSourceOptions } from '../backends/veza-data-source';
import { ERROR_ANNOTATIONS } from './error-annotations';
import { framesOf } from './frames-of-query';
import { openSource } from './open-source';
import type { VezaQuery } from './query';
import { rangeMs } from './trace-query';
import { withTraceLinks } from './trace-links';
import { tagText, variableValues } from './variable-values';

/** Traces of another data source as data frames: of a Tempo, Jaeger or Zipkin through Grafana's proxy, of any other by its frames. */
export class VezaDataSource extends DataSourceApi<VezaQuery, VezaDataSourceOptions> {
  override annotations = ERROR_ANNOTATIONS;
  private opened: Backend | undefined;

  constructor(private readonly settings: DataSourceInstanceSettings<VezaDataSourceOptions>) {
    super(settings);
  }

  override getDefaultQuery(): Partial<VezaQuery> {
    return { queryType: 'search' };
  }

  override filterQuery(query: VezaQuery): boolean {
    return query.queryType !== 'trace' || Boolean(query.traceId?.trim());
  }

  override getQueryDisplayText({ queryType, filter = {}, traceId }: VezaQuery): string {
    const { conditions = [], ...texts } = filter;
    return [queryType, traceId, ...Object.values(texts), ...conditions.map(({ key, operator, value }) => `${key} ${operator} ${value}`)].filter(Boolean).join(' ');
  }

  /** Cancelled when nobody listens any more. A query that fails leaves the others their frames. */
  override query(request: DataQueryRequest<VezaQuery>): Observable<DataQueryResponse> {
    return new Observable((subscriber) => {
      const abort = new AbortController();
      this.answer(request, abort.signal).then(
        (response) => {
          subscriber.next(response);
          subscriber.complete();
        },
        (error: unknown) => (isAborted(error) ? subscriber.complete() : subscriber.error(error))
      );
      return () => abort.abort();
    });
  }

  async testDatasource(): Promise<{ status: 'success' | 'error'; message: string }> {
    try {
      return { status: 'success', message: await this.backend().probe() };
    } catch (error) {
      return { status: 'error', message: messageOf(error) };
    }
  }

  /** Values of a template variable, see variable-values.ts for what can be asked. */
  override async metricFindQuery(query: string, options?: LegacyMetricFindQueryOptions): Promise<MetricFindValue[]> {
    const text = getTemplateSrv().replace(query, options?.scopedVars);
    return found(await variableValues(this.backend(), text, rangeMs(options?.range ?? lastHour())));
  }

  /** For ad-hoc filters. */
  override async getTagKeys(options?: DataSourceGetTagKeysOptions<VezaQuery>): Promise<MetricFindValue[]> {
    const tags = await this.backend().tags(rangeMs(options?.timeRange ?? lastHour()));
    return found(tags.filter(({ scope }) => scope !== 'intrinsic').map(tagText));
  }

  override async getTagValues({ key, timeRange }: DataSourceGetTagValuesOptions<VezaQuery>): Promise<MetricFindValue[]> {
    return found(await this.backend().tagValues({ tag: conditionOf(key), range: rangeMs(timeRange ?? lastHour()) }));
  }

  /** Attributes of the last hour's spans, for the editor. */
  tags(): Promise<readonly Tag[]> {
    return this.backend().tags(rangeMs(lastHour()));
  }

  tagValues(tag: Tag): Promise<readonly string[]> {
    return this.backend().tagValues({ tag, range: rangeMs(lastHour()) });
  }

  /** What the data source below can do, for the editor. */
  capabilities(): Promise<Capabilities> {
    return this.backend().capabilities();
  }

  /** Opened once, so that what panels ask at the same time is asked once. */
  private backend(): Backend {
    return (this.opened ??= openSource(this.name, this.settings.jsonData));
  }

  private async answer(request: DataQueryRequest<VezaQuery>, signal: AbortSignal): Promise<DataQueryResponse> {
    const backend = this.backend();
    const { range, scopedVars, intervalMs, filters: adHocFilters = [] } = request;
    const targets = request.targets.filter((target) => !target.hide && this.filterQuery(target));
    const outcomes = await Promise.allSettled(targets.map((target) => framesOf(backend, target, { range, scopedVars, adHocFilters, intervalMs }, signal)));
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    if (failed.length > 0 && failed.length === outcomes.length) {
      throw failed[0].reason;
    }
    const errors = outcomes.flatMap((outcome, at): DataQueryError[] =>
      outcome.status === 'rejected' ? [{ refId: targets[at].refId, message: messageOf(outcome.reason) }] : []
    );
    const data = outcomes.flatMap((outcome): DataFrame[] => (outcome.status === 'fulfilled' ? withTraceLinks(outcome.value, this.uid) : []));
    return errors.length > 0 ? { data, errors, state: LoadingState.Error } : { data };
  }
}

const found = (texts: readonly string[]): MetricFindValue[] => texts.map((text) => ({ text, value: text }));
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where Grafana names no range. */
function lastHour(): Pick<TimeRange, 'from' | 'to'> {
  const to = dateTime();
  return { from: dateTime(to).subtract(1, 'hour'), to };
}
