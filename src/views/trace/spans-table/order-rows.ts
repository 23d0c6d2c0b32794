/** The order of a table of spans by any of its columns. */
import { groupColumn } from '../../../analysis/group-column';
import type { TraceSet } from '../../../trace';
import type { AttributeColumn } from '../span-actions';

export type SpanColumnKey = 'start' | 'service' | 'name' | 'duration' | 'self' | 'kind' | 'status' | 'descendants';
export type SpanOrder = { readonly kind: 'column'; readonly key: SpanColumnKey } | { readonly kind: 'attribute'; readonly attribute: AttributeColumn };

/**
 * The rows in order of a column; equal ones by time order of the set. Spans without the attribute come last either way.
 *
 * @param rows ascending
 */
export function orderRows(set: TraceSet, rows: Uint32Array, order: SpanOrder, isDescending: boolean): Uint32Array {
  const keys = keysOf(set, order);
  const sign = isDescending ? -1 : 1;
  return rows.slice().sort((a, b) => {
    const [left, right] = [keys[a], keys[b]];
    return left === right ? a - b : left === Infinity ? 1 : right === Infinity ? -1 : sign * (left - right);
  });
}

/** A number a row that sorts as its value does; Infinity where there is none. */
function keysOf(set: TraceSet, order: SpanOrder): ArrayLike<number> {
  const { startNs, durationNs, selfNs, kind, status, subtreeSize, service, operation, services, operations } = set.columns;
  if (order.kind === 'attribute') {
    const { group, groups } = groupColumn(set, { kind: 'attribute', ...order.attribute });
    const ranks = ranksOf(groups.map(({ name }) => name));
    return Float64Array.from(group, (number) => ranks[number]);
  }
  switch (order.key) {
    case 'start':
      return startNs;
    case 'duration':
      return durationNs;
    case 'self':
      return selfNs;
    case 'kind':
      return kind;
    case 'status':
      return status;
    case 'descendants':
      return subtreeSize;
    case 'service':
      return ranked(service, services);
    case 'name':
      return ranked(operation, operations);
  }
}

function ranked(column: Uint32Array, names: readonly string[]): Float64Array {
  const ranks = ranksOf(names);
  return Float64Array.from(column, (number) => ranks[number]);
}

/** The place of each name when sorted: as numbers where all are numbers, else as texts. */
function ranksOf(names: ReadonlyArray<string | undefined>): Float64Array {
  const known = names.flatMap((name, at) => (name === undefined ? [] : [{ name, at, number: name.trim() === '' ? NaN : Number(name) }]));
  const areNumbers = known.every(({ number }) => Number.isFinite(number));
  known.sort((a, b) => (areNumbers ? a.number - b.number : a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const ranks = new Float64Array(names.length).fill(Infinity);
  known.forEach(({ at }, rank) => (ranks[at] = rank));
  return ranks;
}
