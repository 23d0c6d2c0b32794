/** What of the trace view is shown, and how it starts: options of the panel; the page shows everything. */
import { SPAN_VOCABULARY } from '../../analysis/filter/span-vocabulary';
import type { GroupBy } from '../../analysis/group-column';
import type { AttributeColumn } from './span-actions';

export interface TraceDisplay {
  readonly hasHeader: boolean;
  readonly hasToolbar: boolean;
  readonly hasMinimap: boolean;
  readonly hasDetails: boolean;
  readonly columns: readonly AttributeColumn[];
  readonly colourBy: GroupBy;
  readonly hasCriticalPath: boolean;
}

export const FULL_DISPLAY: TraceDisplay = {
  hasHeader: true,
  hasToolbar: true,
  hasMinimap: true,
  hasDetails: true,
  columns: [],
  colourBy: { kind: 'service' },
  hasCriticalPath: false,
};

/** `span.http.route` → the attribute; undefined where the text names no attribute of a span or a resource. */
export function parseAttributeColumn(text: string): AttributeColumn | undefined {
  const field = SPAN_VOCABULARY.lookup(text.trim())?.field;
  return field?.kind === 'attribute' && (field.scope === 'span' || field.scope === 'resource') ? { scope: field.scope, key: field.key } : undefined;
}

/** "service", "operation" or an attribute; by service where it is none of them. */
export function parseColourBy(text: string): GroupBy {
  const attribute = parseAttributeColumn(text);
  return attribute ? { kind: 'attribute', ...attribute } : { kind: text.trim() === 'operation' ? 'operation' : 'service' };
}
