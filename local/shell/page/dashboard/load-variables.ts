/** Finds the options of a dashboard's variables, one after the other, since a query may refer to the variables before it. */
import {
  CustomVariableSupport, type DataQueryRequest, type DataSourceApi, type MetricFindValue, StandardVariableSupport, type TimeRange,
  toDataFrame,
} from '@grafana/data';
import { frameToMetricFindValue, getDataSourceSrv } from '@grafana/runtime';
import { from, lastValueFrom } from 'rxjs';
import { errorText } from '../services/error-text';
import { templateSrv } from '../services/template-srv';
import type { VariableModel } from './model';
import { chosenValues, type DashboardVariable, filterOptions, parseCustomOptions, type VariableOption } from './variables';

/** Options that were asked for already, by what was asked. A dashboard keeps one as long as it is open. */
export type OptionCache = Map<string, Promise<readonly VariableOption[]>>;

export interface VariableContext {
  /** Query of the address, with `var-<name>` for what was chosen. */
  readonly search: URLSearchParams;
  readonly timeRange: TimeRange;
  readonly cache: OptionCache;
  /** Variables of the last time, if any. */
  readonly before: readonly DashboardVariable[];
  readonly signal: AbortSignal;
}

/**
 * A variable whose query fails carries the error and no options. Meanwhile the template service has the variables
 * found so far and, for the others, those from before: a text on screen never falls back to `$name`.
 * @returns `undefined` when the signal says that nobody waits any more
 */
export async function loadVariables(
  models: readonly VariableModel[],
  context: VariableContext
): Promise<readonly DashboardVariable[] | undefined> {
  const variables: DashboardVariable[] = [];
  for (const model of models) {
    templateSrv.setVariables([...variables, ...context.before.slice(variables.length)]);
    variables.push(await loadVariable(model, context));
    if (context.signal.aborted) {
      return undefined;
    }
  }
  return variables;
}

async function loadVariable(model: VariableModel, { search, timeRange, cache }: VariableContext): Promise<DashboardVariable> {
  const named = { name: model.name, label: model.label || model.name, model };
  const asked = search.getAll(`var-${model.name}`);
  const question = optionQuestion(model, timeRange);
  try {
    const found = cache.get(question) ?? findOptions(model, timeRange);
    cache.set(question, found);
    const options = sortOptions(filterOptions(await found, templateSrv.replace(model.regex ?? '')), model.sort ?? 0);
    return { ...named, options, values: chosenValues(model, options, asked) };
  } catch (error) {
    cache.delete(question);
    return { ...named, options: [], values: asked, error: errorText(error) };
  }
}

/** Same question, same options. With `refresh: 2` the dashboard says that they depend on the time range. */
function optionQuestion(model: VariableModel, timeRange: TimeRange): string {
  const time = model.refresh === 2 ? [timeRange.from.valueOf(), timeRange.to.valueOf()] : [];
  return templateSrv.replace(JSON.stringify([model.name, model.type, model.query, model.datasource, ...time]));
}

async function findOptions(model: VariableModel, timeRange: TimeRange): Promise<VariableOption[]> {
  switch (model.type) {
    case 'datasource': {
      // The type of data source is what such a variable queries for; its regex goes by name.
      const settings = getDataSourceSrv().getList({ all: true, pluginId: String(model.query) });
      return settings.map(({ name, uid }) => ({ text: name, value: uid }));
    }
    case 'custom':
    case 'interval':
      return parseCustomOptions(String(model.query ?? ''));
    case 'query':
      return queryOptions(model, timeRange);
    default:
      return [];
  }
}

async function queryOptions(model: VariableModel, timeRange: TimeRange): Promise<VariableOption[]> {
  const dataSource: DataSourceApi = await getDataSourceSrv().get(model.datasource);
  const found = await findValues(dataSource, model, timeRange);
  return found.map(({ text, value }) => ({ text: String(text), value: String(value ?? text) }));
}

/** A data source answers variables through its `variables` support, or through the older `metricFindQuery`. */
async function findValues(dataSource: DataSourceApi, model: VariableModel, timeRange: TimeRange): Promise<MetricFindValue[]> {
  const support = dataSource.variables;
  if (support instanceof CustomVariableSupport || support instanceof StandardVariableSupport) {
    const query = typeof model.query === 'object' ? model.query : { query: model.query };
    const request: DataQueryRequest = {
      app: 'dashboard', requestId: `variable-${model.name}`, targets: [{ refId: model.name, ...query }], range: timeRange,
      scopedVars: {}, interval: '1m', intervalMs: 60_000, timezone: 'browser', startTime: Date.now(),
    };
    const answer = support.query ? support.query(request) : dataSource.query(request);
    const { data } = await lastValueFrom(from(answer));
    return data.length > 0 ? frameToMetricFindValue(toDataFrame(data[0])) : [];
  }
  if (!dataSource.metricFindQuery) {
    throw new Error(`${dataSource.name} cannot be asked for the values of a variable`);
  }
  return dataSource.metricFindQuery(model.query, { range: timeRange, variable: { name: model.name } });
}

/** Grafana's `sort`: 1, 2 by text, 3, 4 by the number in it, 5, 6 ignoring case, 7, 8 naturally; even is descending. */
function sortOptions(options: VariableOption[], sort: number): VariableOption[] {
  if (sort === 0) {
    return options;
  }
  const numeric = sort === 3 || sort === 4 || sort >= 7;
  const collator = new Intl.Collator('en', { numeric, sensitivity: sort >= 5 ? 'base' : 'variant' });
  const sorted = [...options].sort((a, b) => collator.compare(a.text, b.text));
  return sort % 2 === 0 ? sorted.reverse() : sorted;
}
