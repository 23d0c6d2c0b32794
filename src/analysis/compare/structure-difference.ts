/** Two structures side by side: the paths of either, with what each side spends on them in a trace. */
import type { PathTree } from '../path-tree';
import { meanSignificance, shareSignificance, type Moments, type Significance } from './significance';

/** One side of a path; all means are per trace of the side, whether the trace has the path or not. */
export interface PathSide {
  /** Node of the side's tree, undefined where the side does not have the path. */
  readonly node: number | undefined;
  /** Traces that have the path, of those of the side. */
  readonly traceCount: number;
  readonly traceShare: number;
  readonly spansPerTrace: number;
  readonly errorsPerTrace: number;
  readonly nsPerTrace: number;
  readonly selfNsPerTrace: number;
}

export interface PathDifference {
  readonly service: string;
  readonly operation: string;
  readonly depth: number;
  /** Index of the path without its last step in the list in path order, or -1. */
  readonly parent: number;
  readonly left: PathSide;
  readonly right: PathSide;
  /** Right minus left, per trace. Self time says where the difference arises, and adds up. */
  readonly differenceNs: number;
  readonly selfDifferenceNs: number;
  /** Of the mean time; where one side has a single trace, nothing can be told. */
  readonly duration: Significance;
  /** Of the share of traces that have the path. */
  readonly presence: Significance;
}

/**
 * The paths of both trees in depth-first order, siblings as the left tree has them and then those of the right only. Both
 * must have traces.
 */
export function structureDifference(left: PathTree, right: PathTree): PathDifference[] {
  const childrenOfLeft = childLists(left);
  const childrenOfRight = childLists(right);
  const paths: PathDifference[] = [];
  const stack: Pending[] = [];
  const push = (leftNode: number | undefined, rightNode: number | undefined, parent: number, depth: number) =>
    stack.push(...pairs(left, right, childrenOfLeft(leftNode), childrenOfRight(rightNode), parent, depth).reverse());
  push(-1, -1, -1, 0);
  for (let pending = stack.pop(); pending !== undefined; pending = stack.pop()) {
    const at = paths.push(describe(left, right, pending)) - 1;
    push(pending.left, pending.right, at, pending.depth + 1);
  }
  return paths;
}

/** The paths where the sides differ most: by the size of the difference that is not chance, in self time. */
export function rankedPaths(paths: readonly PathDifference[]): PathDifference[] {
  const weight = ({ selfDifferenceNs, duration, presence }: PathDifference) => Math.abs(selfDifferenceNs) * (1 - Math.min(duration.p, presence.p));
  return [...paths].sort((a, b) => weight(b) - weight(a) || Math.abs(b.selfDifferenceNs) - Math.abs(a.selfDifferenceNs));
}

interface Pending {
  readonly left: number | undefined;
  readonly right: number | undefined;
  readonly parent: number;
  readonly depth: number;
}

/** Children of a node of the tree (-1: the roots; undefined: none), in the tree's order. */
function childLists({ columns: { parent } }: PathTree): (node: number | undefined) => readonly number[] {
  const lists: Array<number[] | undefined> = Array.from({ length: parent.length + 1 }, () => undefined);
  parent.forEach((up, node) => (lists[up + 1] ??= []).push(node));
  return (node) => (node === undefined ? [] : (lists[node + 1] ?? []));
}

function pairs(left: PathTree, right: PathTree, leftNodes: readonly number[], rightNodes: readonly number[], parent: number, depth: number): Pending[] {
  const keyOf = (tree: PathTree, node: number) => JSON.stringify([tree.service(node), tree.operation(node)]);
  const unpaired = new Map(rightNodes.map((node) => [keyOf(right, node), node]));
  const list = leftNodes.map((node): Pending => {
    const key = keyOf(left, node);
    const partner = unpaired.get(key);
    unpaired.delete(key);
    return { left: node, right: partner, parent, depth };
  });
  return [...list, ...[...unpaired.values()].map((node): Pending => ({ left: undefined, right: node, parent, depth }))];
}

function describe(left: PathTree, right: PathTree, { left: leftNode, right: rightNode, parent, depth }: Pending): PathDifference {
  const [tree, node] = leftNode === undefined ? [right, rightNode as number] : [left, leftNode];
  const leftSide = side(left, leftNode);
  const rightSide = side(right, rightNode);
  return {
    service: tree.service(node),
    operation: tree.operation(node),
    depth,
    parent,
    left: leftSide,
    right: rightSide,
    differenceNs: rightSide.nsPerTrace - leftSide.nsPerTrace,
    selfDifferenceNs: rightSide.selfNsPerTrace - leftSide.selfNsPerTrace,
    duration: meanSignificance(moments(left, leftNode), moments(right, rightNode)),
    presence: shareSignificance(leftSide.traceCount, left.traceCount, rightSide.traceCount, right.traceCount),
  };
}

function side(tree: PathTree, node: number | undefined): PathSide {
  const { columns, traceCount } = tree;
  const of = (column: ArrayLike<number>) => (node === undefined ? 0 : column[node]);
  return {
    node,
    traceCount: of(columns.traceCount),
    traceShare: of(columns.traceCount) / traceCount,
    spansPerTrace: of(columns.count) / traceCount,
    errorsPerTrace: of(columns.errorCount) / traceCount,
    nsPerTrace: of(columns.totalNs) / traceCount,
    selfNsPerTrace: of(columns.selfNs) / traceCount,
  };
}

function moments({ columns, traceCount }: PathTree, node: number | undefined): Moments {
  return node === undefined
    ? { count: traceCount, sum: 0, squares: 0 }
    : { count: traceCount, sum: columns.totalNs[node], squares: columns.traceSquaresNs2[node] };
}
