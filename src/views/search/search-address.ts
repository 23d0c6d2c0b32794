/** A search for traces as the page's address holds it, so that a link, a reload and the list of recent searches show the same. */
import { parseDuration } from '../../analysis/filter/units';
import { TAG_OPERATORS, type TagCondition, type TagOperator, type TraceFilter } from '../../backends/filter/trace-filter';

/** Names of the address's parameters. */
const SEARCH_PARAMS = ['service', 'operation', 'errors', 'min', 'max', 'where', 'q'] as const;

/** @returns the filter; durations that are none are left out */
export function filterOfAddress(params: URLSearchParams): TraceFilter {
  const text = (name: (typeof SEARCH_PARAMS)[number]) => params.get(name)?.trim() || undefined;
  const conditions = params.getAll('where').flatMap((where) => conditionOf(where) ?? []);
  return {
    service: text('service'),
    operation: text('operation'),
    errorsOnly: params.get('errors') === '1' || undefined,
    minDurationNs: parseDuration(text('min') ?? ''),
    maxDurationNs: parseDuration(text('max') ?? ''),
    conditions: conditions.length > 0 ? conditions : undefined,
    traceql: text('q'),
  };
}

/** What of a search can be asked for: conditions that somebody is still filling in are left out. */
export function completeFilter(filter: TraceFilter): TraceFilter {
  const conditions = filter.conditions?.filter(({ key, value }) => key !== '' && value !== '') ?? [];
  return { ...filter, conditions: conditions.length > 0 ? conditions : undefined };
}

/** The address with this search in place of the one it held. */
export function addressWithFilter(address: URLSearchParams, { service, operation, errorsOnly, minDurationNs, maxDurationNs, conditions = [], traceql }: TraceFilter): URLSearchParams {
  const params = new URLSearchParams(address);
  SEARCH_PARAMS.forEach((name) => params.delete(name));
  const texts = { service, operation, errors: errorsOnly ? '1' : undefined, min: durationText(minDurationNs), max: durationText(maxDurationNs), q: traceql };
  Object.entries(texts).forEach(([name, text]) => text && params.set(name, text));
  conditions.forEach(({ scope, key, operator, value }) => params.append('where', `${scope}.${key}|${operator}|${value}`));
  return params;
}

/** "200ms", "1.5s": as parseDuration reads it. */
export function durationText(durationNs: number | undefined): string | undefined {
  if (durationNs === undefined) {
    return undefined;
  }
  const [unitNs, unit] = UNITS.find(([ns]) => durationNs >= ns && Number.isInteger((durationNs / ns) * 1000)) ?? [1, 'ns'];
  return `${durationNs / unitNs}${unit}`;
}

const UNITS: ReadonlyArray<readonly [number, string]> = [[1e9, 's'], [1e6, 'ms'], [1e3, 'us']];

const CONDITION = /^(span|resource|any)\.([^|]*)\|(=|!=|=~|!~|>|>=|<|<=)\|(.*)$/s;

function conditionOf(text: string): TagCondition | undefined {
  const match = CONDITION.exec(text);
  return match && isOperator(match[3]) ? { scope: match[1] as TagCondition['scope'], key: match[2], operator: match[3], value: match[4] } : undefined;
}

const isOperator = (text: string): text is TagOperator => (TAG_OPERATORS as readonly string[]).includes(text);
