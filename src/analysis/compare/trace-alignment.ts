/**
 * Two single traces span by span: which span of the left corresponds to which of the right, which are on one side only. For
 * a waterfall that shows both. (Many traces, or call paths instead of spans: compare.ts.)
 *
 * Spans correspond if their parents do and they have the same service and name. Which of several, is decided among the
 * siblings in start order: those at the beginning and at the end whose whole subtrees have the same shape; of what is left
 * in between, the next of the same shape; then the next of the same name. So an additional call does not shift all that
 * follow. Roots that remain are paired whatever they are called: the reader asked to compare them. Linear but for sorting,
 * nothing recurses.
 */
import { NO_PARENT, StatusCode, type TraceSet } from '../../trace';
import { subtreeSizes } from '../../trace/derived-columns';
import { pairSiblings, type SiblingPair } from './sibling-pairs';
import { TreeShapes, type SubtreeShapes } from './subtree-shapes';

/** No span of this side: the line is on the other side only. */
export const NO_ROW = -1;

/** Whether failed spans of a pair are news. `left` and `right` are failures that the other side does not have. */
export type FailureSide = 'none' | 'left' | 'right' | 'both';

/** Lines in depth-first order, as rows of a trace are: the subtree of line i is lines [i, i + subtreeSize[i]). */
export class TraceAlignment {
  readonly depth: Uint32Array;
  readonly subtreeSize: Uint32Array;

  constructor(
    readonly left: TraceSet,
    readonly right: TraceSet,
    /** Row in the left set, or NO_ROW. */
    readonly leftRow: Int32Array,
    /** Row in the right set, or NO_ROW. */
    readonly rightRow: Int32Array,
    /** Line of the parent, or NO_PARENT. */
    readonly parent: Int32Array
  ) {
    this.subtreeSize = subtreeSizes(parent);
    this.depth = new Uint32Array(parent.length);
    parent.forEach((up, line) => (this.depth[line] = up === NO_PARENT ? 0 : this.depth[up] + 1));
  }

  get lineCount(): number {
    return this.parent.length;
  }

  side(line: number): 'both' | 'left' | 'right' {
    return this.leftRow[line] === NO_ROW ? 'right' : this.rightRow[line] === NO_ROW ? 'left' : 'both';
  }

  /** Right minus left duration of a pair, ns; undefined where one side has no span. */
  differenceNs(line: number): number | undefined {
    return this.difference(line, ({ columns }) => columns.durationNs);
  }

  /** The same of the self times: it says where the difference arises. */
  selfDifferenceNs(line: number): number | undefined {
    return this.difference(line, ({ columns }) => columns.selfNs);
  }

  failure(line: number): FailureSide {
    const left = hasFailed(this.left, this.leftRow[line]);
    const right = hasFailed(this.right, this.rightRow[line]);
    return left ? (right ? 'both' : 'left') : right ? 'right' : 'none';
  }

  private difference(line: number, column: (set: TraceSet) => Float64Array): number | undefined {
    return this.side(line) === 'both' ? column(this.right)[this.rightRow[line]] - column(this.left)[this.leftRow[line]] : undefined;
  }
}

/** Aligns trace `leftTrace` of one set with trace `rightTrace` of another, or of the same. */
export function alignTraces(left: TraceSet, leftTrace: number, right: TraceSet, rightTrace: number): TraceAlignment {
  const shapes = new TreeShapes(left.columns.services, left.columns.operations);
  const leftTree = shapes.of(left, leftTrace);
  const rightTree = shapes.of(right, rightTrace);
  const lines = left.endRow(leftTrace) - left.firstRow(leftTrace) + right.endRow(rightTrace) - right.firstRow(rightTrace);
  const leftRow = new Int32Array(lines);
  const rightRow = new Int32Array(lines);
  const parent = new Int32Array(lines);
  const stack: Pending[] = [];
  const push = (pairs: readonly SiblingPair[], line: number) => {
    for (let at = pairs.length - 1; at >= 0; at--) {
      stack.push({ ...pairs[at], parent: line });
    }
  };
  push(pairSiblings(leftTree, leftTree.roots(), rightTree, rightTree.roots(), true), NO_PARENT);
  let line = 0;
  for (let pending = stack.pop(); pending !== undefined; pending = stack.pop(), line++) {
    leftRow[line] = pending.left;
    rightRow[line] = pending.right;
    parent[line] = pending.parent;
    push(pairSiblings(leftTree, childrenOf(leftTree, pending.left), rightTree, childrenOf(rightTree, pending.right), false), line);
  }
  return new TraceAlignment(left, right, leftRow.slice(0, line), rightRow.slice(0, line), parent.slice(0, line));
}

interface Pending extends SiblingPair {
  readonly parent: number;
}

function childrenOf(tree: SubtreeShapes, row: number): number[] {
  return row === NO_ROW ? [] : tree.children(row);
}

function hasFailed(set: TraceSet, row: number): boolean {
  return row !== NO_ROW && set.columns.status[row] === StatusCode.error;
}
