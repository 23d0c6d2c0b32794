/** Two structures side by side: the paths of either, with what each side spends on them in a trace. */
import type { PathTree } from '../path-tree';
import { numbersIn } from './common-names';
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
  const steps = new CommonSteps(left, right);
  const paths: PathDifference[] = [];
  const stack: Pending[] = pairs(left, right, -1, -1, -1, 0, steps);
  for (let pending = stack.pop(); pending !== undefined; pending = stack.pop()) {
    const at = paths.push(describe(left, right, pending)) - 1;
    for (const pair of pairs(left, right, pending.left, pending.right, at, pending.depth + 1, steps)) {
      stack.push(pair);
    }
  }
  return paths;
}

/** The paths where the sides differ most: by the size of the difference that is not chance, in self time. */
export function rankedPaths(paths: readonly PathDifference[], limit = 100): PathDifference[] {
  const weights = Float64Array.from(paths, ({ selfDifferenceNs, duration, presence }) => Math.abs(selfDifferenceNs) * (1 - Math.min(duration.p, presence.p)));
  const enough = weights.toSorted()[Math.max(0, weights.length - limit)];
  return paths
    .map((path, at) => ({ path, weight: weights[at] }))
    .filter(({ weight }) => weight >= enough)
    .sort((a, b) => b.weight - a.weight || Math.abs(b.path.selfDifferenceNs) - Math.abs(a.path.selfDifferenceNs))
    .slice(0, limit)
    .map(({ path }) => path);
}

interface Pending {
  readonly left: number | undefined;
  readonly right: number | undefined;
  readonly parent: number;
  readonly depth: number;
}

/** Children of a node (-1: the roots; undefined: none), in the tree's order. */
function childrenOf({ columns: { subtreeSize }, nodeCount }: PathTree, node: number | undefined): number[] {
  const children: number[] = [];
  if (node !== undefined) {
    const end = node < 0 ? nodeCount : node + subtreeSize[node];
    for (let child = node + 1; child < end; child += subtreeSize[child]) {
      children.push(child);
    }
  }
  return children;
}

/** The pairs below a pair, the last in order first, as a stack wants them. */
function pairs(left: PathTree, right: PathTree, leftNode: number | undefined, rightNode: number | undefined, parent: number, depth: number, steps: CommonSteps): Pending[] {
  const leftNodes = childrenOf(left, leftNode);
  const rightNodes = childrenOf(right, rightNode);
  if (leftNodes.length === 0 || rightNodes.length === 0) {
    return [...leftNodes.map((node) => ({ left: node, right: undefined, parent, depth })), ...rightNodes.map((node) => ({ left: undefined, right: node, parent, depth }))].reverse();
  }
  const unpaired = new Map(rightNodes.map((node) => [steps.ofRight(node), node]));
  const list = leftNodes.map((node): Pending => {
    const step = steps.ofLeft(node);
    const partner = unpaired.get(step);
    unpaired.delete(step);
    return { left: node, right: partner, parent, depth };
  });
  return [...list, ...[...unpaired.values()].map((node): Pending => ({ left: undefined, right: node, parent, depth }))].reverse();
}

/** Numbers of (service, name) that hold in both trees. */
class CommonSteps {
  private readonly services: Uint32Array;
  private readonly operations: Uint32Array;
  private readonly operationCount: number;

  constructor(
    private readonly left: PathTree,
    private readonly right: PathTree
  ) {
    this.services = numbersIn(left.services, right.services);
    this.operations = numbersIn(left.operations, right.operations);
    this.operationCount = left.operations.length + right.operations.length;
  }

  ofLeft(node: number): number {
    return this.left.columns.service[node] * this.operationCount + this.left.columns.operation[node];
  }

  ofRight(node: number): number {
    return this.services[this.right.columns.service[node]] * this.operationCount + this.operations[this.right.columns.operation[node]];
  }
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

function side({ columns, traceCount }: PathTree, node: number | undefined): PathSide {
  if (node === undefined) {
    return { node, traceCount: 0, traceShare: 0, spansPerTrace: 0, errorsPerTrace: 0, nsPerTrace: 0, selfNsPerTrace: 0 };
  }
  return {
    node,
    traceCount: columns.traceCount[node],
    traceShare: columns.traceCount[node] / traceCount,
    spansPerTrace: columns.count[node] / traceCount,
    errorsPerTrace: columns.errorCount[node] / traceCount,
    nsPerTrace: columns.totalNs[node] / traceCount,
    selfNsPerTrace: columns.selfNs[node] / traceCount,
  };
}

function moments({ columns, traceCount }: PathTree, node: number | undefined): Moments {
  return node === undefined
    ? { count: traceCount, sum: 0, squares: 0 }
    : { count: traceCount, sum: columns.totalNs[node], squares: columns.traceSquaresNs2[node] };
}
