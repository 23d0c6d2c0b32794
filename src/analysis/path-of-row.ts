/** Which merged call path each span of a trace belongs to. */
import { NO_PARENT, type TraceSet } from '../trace';
import { groupColumn } from './group-column';
import type { PathTree } from './path-tree';

/** The tree's node of each row of the trace, from its first row; -1 where the tree was not made from it. */
export function pathsOfRows(tree: PathTree, set: TraceSet, trace: number): Int32Array {
  const { parent } = set.columns;
  const [first, end] = [set.firstRow(trace), set.endRow(trace)];
  const { group, groups } = groupColumn(set, { kind: 'operation' });
  const stepOf = new Map(groups.map(({ service = '', name = '' }, step) => [JSON.stringify([service, name]), step]));
  const stepOfPair = new Map<number, number>();
  const nodeBelow = new Map<number, number>();
  const keyOf = (above: number, step: number) => (above + 1) * groups.length + step;
  for (let node = 0; node < tree.nodeCount; node++) {
    const pair = tree.columns.service[node] * tree.operations.length + tree.columns.operation[node];
    const step = stepOfPair.get(pair) ?? stepOf.get(JSON.stringify([tree.service(node), tree.operation(node)])) ?? -1;
    stepOfPair.set(pair, step);
    if (step >= 0) {
      nodeBelow.set(keyOf(tree.columns.parent[node], step), node);
    }
  }
  const nodes = new Int32Array(end - first);
  for (let row = first; row < end; row++) {
    const above = parent[row] === NO_PARENT ? -1 : nodes[parent[row] - first];
    nodes[row - first] = (above === -1 && parent[row] !== NO_PARENT ? undefined : nodeBelow.get(keyOf(above, group[row]))) ?? -1;
  }
  return nodes;
}
