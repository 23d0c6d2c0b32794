import { OPERATION_TAG, SERVICE_TAG, type Backend, type Tag, type TimeRangeMs } from '../backends/backend';
import { conditionOf } from '../backends/filter/trace-filter';
import { BackendError } from '../backends/http/http-client';

/** What can be written in a template variable's query; shown where it is neither. */
const FORMS = 'services(), operations(), operations(service), tag_keys() or tag_values(span.http.route)';

/**
 * The values of a template variable.
 *
 * @throws BackendError where the text is none of the forms
 */
export async function variableValues(backend: Backend, text: string, range: TimeRangeMs): Promise<readonly string[]> {
  const [, form, argument = ''] = /^\s*(\w+)\s*\(\s*(.*?)\s*\)\s*$/s.exec(text) ?? [];
  switch (form) {
    case 'services':
      return backend.tagValues({ tag: SERVICE_TAG, range });
    case 'operations':
      return backend.tagValues({ tag: OPERATION_TAG, range, service: argument || undefined });
    case 'tag_keys':
      return (await backend.tags(range)).filter(({ scope }) => scope !== 'intrinsic').map(tagText);
    case 'tag_values':
      return backend.tagValues({ tag: conditionOf(argument), range });
    default:
      throw new BackendError('unsupported', `"${text}" is no variable query: expected ${FORMS}`);
  }
}

export const tagText = ({ scope, key }: Tag): string => (scope === 'any' ? key : `${scope}.${key}`);
