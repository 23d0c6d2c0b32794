/** A stored query with its variables filled in → what a backend is asked. */
import type { AdHocVariableFilter, ScopedVars, TimeRange } from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import { REFERENCE_HOT_PATHS, type HotPath } from '../analysis/hot-paths';
import { askedTraceId } from '../backends/asked-trace';
import type { TimeRangeMs, TraceQuery } from '../backends/backend';
import { parseDuration } from '../analysis/filter/units';
import { EARLIER_WINDOWS, type EarlierWindow } from '../backends/compared-map';
import { conditionOf, TAG_OPERATORS, type TagCondition, type TagOperator, type TraceFilter } from '../backends/filter/trace-filter';
import { toTraceql } from '../backends/filter/traceql';
import { BackendError } from '../backends/http/http-client';
import type { MapDetail } from '../backends/service-map';
import type { TraceId } from '../trace';
import { DEFAULT_LIMIT, type VezaQuery } from './query';

/** What the dashboard adds to a query. */
export interface QueryContext {
  readonly range: TimeRange;
  readonly scopedVars: ScopedVars;
  readonly adHocFilters: readonly AdHocVariableFilter[];
}

/** @throws BackendError where a text is not what it should be */
export function traceQueryOf(target: VezaQuery, { range, scopedVars, adHocFilters }: QueryContext): TraceQuery {
  const filter = filterOf(target, scopedVars);
  return {
    filter: { ...filter, conditions: [...(filter.conditions ?? []), ...adHocFilters.map(adHocCondition)] },
    range: rangeMs(range),
    limit: target.limit ?? DEFAULT_LIMIT[target.queryType ?? 'search'],
  };
}

/** In whole seconds: the panels of a dashboard that mean the same `now` then ask for the same. */
export function rangeMs(range: Pick<TimeRange, 'from' | 'to'>): TimeRangeMs {
  return { fromMs: Math.floor(range.from.valueOf() / 1000) * 1000, toMs: Math.ceil(range.to.valueOf() / 1000) * 1000 };
}

/** Undefined where the variable in it is empty: nobody has chosen a trace yet. @throws BackendError where the text is no trace id */
export function traceIdOf({ traceId = '' }: VezaQuery, scopedVars: ScopedVars): TraceId | undefined {
  const text = getTemplateSrv().replace(traceId, scopedVars).trim();
  return text === '' ? undefined : askedTraceId(text);
}

/** What a service map is drawn by; variables are replaced. */
export function mapDetailOf({ level = 'service', groupBy = '' }: VezaQuery, scopedVars: ScopedVars): MapDetail {
  return { level, groupBy: getTemplateSrv().replace(groupBy, scopedVars).trim() };
}

/** @throws BackendError where a dashboard names another window than there is */
export function earlierWindowOf({ against }: VezaQuery): EarlierWindow | undefined {
  if (against && !EARLIER_WINDOWS.includes(against)) {
    throw new BackendError('unsupported', `A map cannot be compared with "${String(against)}": expected one of ${EARLIER_WINDOWS.join(', ')}`);
  }
  return against;
}

/** What a call of a hot path may take where nobody says it. */
const DEFAULT_OBJECTIVE_NS = 500e6;
const DEFAULT_TARGET = 0.99;

/** @throws BackendError where no operation is named, or the objective is no duration */
export function hotPathOf({ objective }: VezaQuery, { operation, service }: TraceFilter): HotPath {
  if (!operation) {
    throw new BackendError('unsupported', 'A hot path needs the name of its operation: fill in the span name');
  }
  const reference = REFERENCE_HOT_PATHS.find((path) => path.operation === operation);
  return { operation, service, objectiveNs: durationOf(objective) ?? reference?.objectiveNs ?? DEFAULT_OBJECTIVE_NS, target: reference?.target ?? DEFAULT_TARGET };
}

function filterOf({ filter = {} }: VezaQuery, scopedVars: ScopedVars): TraceFilter {
  const text = (value: string | undefined) => (value ? getTemplateSrv().replace(value, scopedVars, oneOrAny).trim() || undefined : undefined);
  return {
    service: text(filter.service),
    operation: text(filter.operation),
    errorsOnly: filter.errorsOnly,
    minDurationNs: durationOf(text(filter.minDuration)),
    maxDurationNs: durationOf(text(filter.maxDuration)),
    // A row of the editor without a key is not filled in yet.
    conditions: filter.conditions?.filter(({ key }) => key !== '').map((condition) => ({ ...condition, value: text(condition.value) ?? '' })),
    traceql: text(filter.traceql),
  };
}

/** A variable that stands for all of its values asks for nothing in particular. */
const oneOrAny = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.length === 1 ? value[0] : '');

/** What the builder asks for, in TraceQL: variables stay as they are, durations that are none are left out. */
export function traceqlOfBuilder({ minDuration = '', maxDuration = '', conditions = [], ...texts }: NonNullable<VezaQuery['filter']>): string {
  const filled = conditions.filter(({ key }) => key !== '');
  return toTraceql({ ...texts, traceql: undefined, conditions: filled, minDurationNs: parseDuration(minDuration), maxDurationNs: parseDuration(maxDuration) });
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

/** Keys are offered as `span.http.route`; one without a scope is looked for in both. */
function adHocCondition({ key, operator, value }: AdHocVariableFilter): TagCondition {
  if (!isTagOperator(operator)) {
    throw new BackendError('unsupported', `The filter operator ${operator} is not known here: use one of ${TAG_OPERATORS.join(' ')}`);
  }
  return { ...conditionOf(key), operator, value };
}

const isTagOperator = (operator: string): operator is TagOperator => (TAG_OPERATORS as readonly string[]).includes(operator);
