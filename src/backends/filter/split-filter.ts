import { BackendError } from '../http/http-client';
import { conditionText, type TagCondition, type TraceFilter } from './trace-filter';

/** A filter as a backend without TraceQL takes it: exact tags it can be asked for, and the rest. */
export interface SplitFilter {
  /** Key → text, each of any scope. */
  readonly tags: ReadonlyMap<string, string>;
  /** What the backend cannot be asked; the whole filter is then applied to what it answers. */
  readonly applied: readonly string[];
}

/**
 * Jaeger and Zipkin know `tag = text` and nothing else about attributes.
 *
 * @param takesTags whether this one can be asked even that, and for errors
 * @throws BackendError where the user typed TraceQL for a backend that does not speak it
 */
export function splitFilter(filter: TraceFilter, backend: string, takesTags = true): SplitFilter {
  if (filter.traceql?.trim()) {
    throw new BackendError('unsupported', `${backend} does not understand TraceQL: use the service, operation, duration and tag fields`);
  }
  const tags = new Map<string, string>();
  const applied: string[] = filter.errorsOnly && !takesTags ? ['errors'] : [];
  for (const condition of filter.conditions ?? []) {
    if (takesTags && isTag(condition) && !tags.has(condition.key)) {
      tags.set(condition.key, condition.value);
    } else {
      applied.push(conditionText(condition));
    }
  }
  return { tags, applied };
}

/** Tags of both backends are of the span or of its process, without saying which. */
const isTag = ({ scope, operator }: TagCondition): boolean => operator === '=' && scope === 'any';

/** For the reader; nothing where the backend did it all. */
export function appliedNotes({ applied }: SplitFilter, backend: string): string[] {
  return applied.length === 0 ? [] : [`${backend} cannot be asked for ${applied.join(', ')}: applied here, to the traces that it found without`];
}
