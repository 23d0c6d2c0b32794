import type { TraceFilter } from './trace-filter';

/** The filter as a TraceQL span set: one span that meets every condition. */
export function toTraceql(filter: TraceFilter): string {
  if (filter.traceql?.trim()) {
    return filter.traceql.trim();
  }
  const conditions = [
    filter.service && `resource.service.name = ${quoted(filter.service)}`,
    filter.operation && `name = ${quoted(filter.operation)}`,
    filter.errorsOnly && 'status = error',
    filter.minDurationNs !== undefined && `duration >= ${filter.minDurationNs}ns`,
    filter.maxDurationNs !== undefined && `duration <= ${filter.maxDurationNs}ns`,
  ].filter(Boolean);
  return `{ ${conditions.join(' && ')} }`.replace('{  }', '{ }');
}

/** A string literal of TraceQL, whatever the text holds. */
export const quoted = (text: string): string => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
