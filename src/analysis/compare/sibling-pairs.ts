/** Pairs the children of two spans that correspond, or the roots of two traces: see trace-alignment.ts for the rule. */
import type { SubtreeShapes } from './subtree-shapes';

/** Rows, or -1 where the other side has no partner. */
export interface SiblingPair {
  readonly left: number;
  readonly right: number;
}

const NONE = -1;

/**
 * @param leftRows siblings in start order; rightRows likewise
 * @param pairAll whether to pair those that remain in order, though their names differ
 * @returns the left siblings in their order; what is on the right only follows the right sibling that it follows there
 */
export function pairSiblings(left: SubtreeShapes, leftRows: readonly number[], right: SubtreeShapes, rightRows: readonly number[], pairAll: boolean): SiblingPair[] {
  if (leftRows.length === 0 || rightRows.length === 0) {
    return [...leftRows.map((row) => ({ left: row, right: NONE })), ...rightRows.map((row) => ({ left: NONE, right: row }))];
  }
  const pairs = new Pairing(leftRows.length, rightRows.length);
  const shapesOfLeft = (at: number) => left.shape(leftRows[at]);
  const shapesOfRight = (at: number) => right.shape(rightRows[at]);
  pairs.ends(shapesOfLeft, shapesOfRight);
  pairs.inOrder(shapesOfLeft, shapesOfRight);
  pairs.inOrder((at) => left.step(leftRows[at]), (at) => right.step(rightRows[at]));
  if (pairAll) {
    pairs.inOrder(() => 0, () => 0);
  }
  return pairs.list().map(([leftAt, rightAt]) => ({ left: leftRows[leftAt] ?? NONE, right: rightRows[rightAt] ?? NONE }));
}

type KeyOf = (at: number) => number;

/** Partners by position, each position paired once. */
class Pairing {
  private readonly rightOf: Int32Array;
  private readonly leftOf: Int32Array;

  constructor(leftCount: number, rightCount: number) {
    this.rightOf = new Int32Array(leftCount).fill(NONE);
    this.leftOf = new Int32Array(rightCount).fill(NONE);
  }

  /** Pairs from the beginning while keys agree, and from the end. */
  ends(leftKey: KeyOf, rightKey: KeyOf): void {
    let from = 0;
    let leftTo = this.rightOf.length;
    let rightTo = this.leftOf.length;
    for (; from < leftTo && from < rightTo && leftKey(from) === rightKey(from); from++) {
      this.pair(from, from);
    }
    while (leftTo > from && rightTo > from && leftKey(leftTo - 1) === rightKey(rightTo - 1)) {
      this.pair(--leftTo, --rightTo);
    }
  }

  /** Pairs what is not paired yet: each left one with the next right one of its key. */
  inOrder(leftKey: KeyOf, rightKey: KeyOf): void {
    const waiting = new Map<number, { readonly positions: number[]; next: number }>();
    this.leftOf.forEach((partner, at) => {
      if (partner === NONE) {
        const key = rightKey(at);
        const queue = waiting.get(key);
        if (queue === undefined) {
          waiting.set(key, { positions: [at], next: 0 });
        } else {
          queue.positions.push(at);
        }
      }
    });
    this.rightOf.forEach((partner, at) => {
      const queue = partner === NONE && waiting.size > 0 ? waiting.get(leftKey(at)) : undefined;
      if (queue !== undefined && queue.next < queue.positions.length) {
        this.pair(at, queue.positions[queue.next++]);
      }
    });
  }

  /** Positions left and right, NONE where there is no partner. */
  list(): Array<readonly [left: number, right: number]> {
    const list: Array<readonly [number, number]> = [];
    const addRightOnly = (from: number) => {
      for (let at = from; at < this.leftOf.length && this.leftOf[at] === NONE; at++) {
        list.push([NONE, at]);
      }
    };
    addRightOnly(0);
    this.rightOf.forEach((partner, at) => {
      list.push([at, partner]);
      if (partner !== NONE) {
        addRightOnly(partner + 1);
      }
    });
    return list;
  }

  private pair(left: number, right: number): void {
    this.rightOf[left] = right;
    this.leftOf[right] = left;
  }
}
