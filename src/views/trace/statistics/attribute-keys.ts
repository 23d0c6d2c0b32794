import type { TraceSet } from '../../../trace';
import { fieldOf, type AttributeColumn } from '../span-actions';

/** Spans looked at: keys repeat, so that a part of a large trace names nearly all of them. */
const MOST_SPANS = 3_000;
const MOST_KEYS = 2_000;

/** The attributes that the trace's spans and resources have, by scope and name; of a large trace those of spans spread over it. */
export function attributeKeys(set: TraceSet, trace: number): AttributeColumn[] {
  const { scope, scopeResource } = set.columns;
  const found = new Map<string, AttributeColumn>();
  const resources = new Set<number>();
  const add = (attribute: AttributeColumn) => found.size < MOST_KEYS && found.set(`${attribute.scope} ${attribute.key}`, attribute);
  const step = Math.max(1, Math.ceil((set.endRow(trace) - set.firstRow(trace)) / MOST_SPANS));
  for (let row = set.firstRow(trace); row < set.endRow(trace); row += step) {
    set.detail(row).attributes.forEach(({ key }) => add({ scope: 'span', key }));
    const resource = scopeResource[scope[row]];
    if (!resources.has(resource)) {
      resources.add(resource);
      set.resource(row).attributes.forEach(({ key }) => add({ scope: 'resource', key }));
    }
  }
  // Spans before resources: what differs between the spans of a trace is asked for first.
  return [...found.values()].filter(({ key }) => key !== '').sort((a, b) => (a.scope === b.scope ? (fieldOf(a) < fieldOf(b) ? -1 : 1) : a.scope === 'span' ? -1 : 1));
}
