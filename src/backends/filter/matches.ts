/** A filter applied to downloaded traces, for what a backend cannot be asked. */
import { LinearRegex } from '../../analysis/linear-regex/linear-regex';
import { StatusCode, valueText, type AnyValue, type TraceSet } from '../../trace';
import { BackendError } from '../http/http-client';
import type { TagCondition, TagOperator, TraceFilter } from './trace-filter';

export interface MatchOptions {
  /** Zipkin keeps service and span names in lower case. */
  readonly ignoreCase?: boolean;
}

/**
 * Indexes of the traces in which one span meets every condition; TraceQL is not looked at.
 *
 * @throws BackendError of kind `unsupported` where a regular expression cannot be read
 */
export function matchingTraces(set: TraceSet, filter: TraceFilter, options: MatchOptions = {}): number[] {
  const test = rowTest(set, filter, options);
  const matching: number[] = [];
  for (let trace = 0; trace < set.traceCount; trace++) {
    for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
      if (test(row)) {
        matching.push(trace);
        break;
      }
    }
  }
  return matching;
}

/**
 * Rows that meet every condition; TraceQL is not looked at.
 *
 * @throws BackendError of kind `unsupported` where a regular expression cannot be read
 */
export function matchingRows(set: TraceSet, filter: TraceFilter, options: MatchOptions = {}): number[] {
  const test = rowTest(set, filter, options);
  return Array.from({ length: set.spanCount }, (_, row) => row).filter(test);
}

function rowTest(set: TraceSet, filter: TraceFilter, { ignoreCase = false }: MatchOptions): (row: number) => boolean {
  const { service, operation, status, durationNs, services, operations } = set.columns;
  const folded = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const indexesOf = (names: readonly string[], wanted: string) =>
    new Set(names.flatMap((name, index) => (folded(name) === folded(wanted) ? [index] : [])));
  const wantedServices = filter.service ? indexesOf(services, filter.service) : undefined;
  const wantedOperations = filter.operation ? indexesOf(operations, filter.operation) : undefined;
  const { minDurationNs = 0, maxDurationNs = Infinity } = filter;
  const conditions = (filter.conditions ?? []).map((condition) => conditionTest(set, condition));
  return (row) =>
    (wantedServices === undefined || wantedServices.has(service[row])) &&
    (wantedOperations === undefined || wantedOperations.has(operation[row])) &&
    (!filter.errorsOnly || status[row] === StatusCode.error) &&
    durationNs[row] >= minDurationNs &&
    durationNs[row] <= maxDurationNs &&
    conditions.every((test) => test(row));
}

function conditionTest(set: TraceSet, { scope, key, operator, value }: TagCondition): (row: number) => boolean {
  const test = valueTest(operator, value);
  const read = (row: number): AnyValue | undefined =>
    (scope === 'resource' ? undefined : set.attribute(row, key)) ?? (scope === 'span' ? undefined : set.resourceAttribute(row, key));
  return (row) => {
    const found = read(row);
    return found !== undefined && test(valueText(found));
  };
}

function valueTest(operator: TagOperator, wanted: string): (text: string) => boolean {
  switch (operator) {
    case '=':
      return (text) => text === wanted;
    case '!=':
      return (text) => text !== wanted;
    case '=~':
    case '!~': {
      const regex = anchored(wanted);
      return (text) => regex.test(text) === (operator === '=~');
    }
    case '>':
      return (text) => compare(text, wanted) > 0;
    case '>=':
      return (text) => compare(text, wanted) >= 0;
    case '<':
      return (text) => compare(text, wanted) < 0;
    case '<=':
      return (text) => compare(text, wanted) <= 0;
  }
}

/** As numbers where both are; NaN, which no order holds for, where only one is. */
function compare(text: string, wanted: string): number {
  const [a, b] = [Number(text || NaN), Number(wanted || NaN)];
  return Number.isNaN(b) ? (text < wanted ? -1 : text > wanted ? 1 : 0) : a - b;
}

function anchored(pattern: string): LinearRegex {
  try {
    return new LinearRegex(`^(?:${pattern})$`);
  } catch (cause) {
    throw new BackendError('unsupported', `"${pattern}" is no regular expression: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
