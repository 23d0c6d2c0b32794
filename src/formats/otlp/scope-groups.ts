import type { TraceSet } from '../../trace';

/** Rows of one resource, scope by scope, in row order: how OTLP nests spans. */
export interface ResourceGroup {
  readonly resource: number;
  readonly scopes: Array<{ readonly scope: number; readonly rows: number[] }>;
}

/** Groups the rows of some traces (all by default) by resource and scope; every group has at least one row. */
export function groupByScope(set: TraceSet, traces?: readonly number[]): ResourceGroup[] {
  const { scope, scopeResource } = set.columns;
  const rowsOfScope = new Map<number, number[]>();
  const groups = new Map<number, ResourceGroup>();
  for (const trace of traces ?? Array.from({ length: set.traceCount }, (_, index) => index)) {
    for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
      let rows = rowsOfScope.get(scope[row]);
      if (rows === undefined) {
        rowsOfScope.set(scope[row], (rows = []));
        const resource = scopeResource[scope[row]];
        const group = groups.get(resource) ?? { resource, scopes: [] };
        group.scopes.push({ scope: scope[row], rows });
        groups.set(resource, group);
      }
      rows.push(row);
    }
  }
  return [...groups.values()];
}
