/** Tags and their values as the spans of a set carry them, for backends that do not list them. */
import { valueText, type TraceSet } from '../../trace';
import type { Tag } from '../backend';

/** Spans looked at: attributes are decoded one span at a time, and after so many no new tag is likely. */
const MOST_ROWS = 5000;
const MOST_VALUES = 1000;

/** Sorted by scope and key. */
export function tagsOfSet(set: TraceSet): Tag[] {
  const span = new Set<string>();
  const resource = new Set<string>();
  for (let row = 0; row < Math.min(set.spanCount, MOST_ROWS); row++) {
    set.detail(row).attributes.forEach(({ key }) => span.add(key));
    set.resource(row).attributes.forEach(({ key }) => resource.add(key));
  }
  const tags = (scope: 'span' | 'resource', keys: Set<string>) => [...keys].sort().map((key): Tag => ({ scope, key }));
  return [...tags('resource', resource), ...tags('span', span)];
}

/** Sorted texts. */
export function tagValuesOfSet(set: TraceSet, { scope, key }: Tag): string[] {
  if (scope === 'intrinsic') {
    return key === 'name' ? [...set.columns.operations].sort() : [];
  }
  const values = new Set<string>();
  for (let row = 0; row < set.spanCount && values.size < MOST_VALUES; row++) {
    const value = (scope === 'resource' ? undefined : set.attribute(row, key)) ?? (scope === 'span' ? undefined : set.resourceAttribute(row, key));
    if (value !== undefined) {
      values.add(valueText(value));
    }
  }
  return [...values].sort();
}
