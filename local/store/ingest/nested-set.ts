/**
 * Nested-set numbers of a trace's spans: a depth-first walk counts 1, 2, 3, ... on entering and on leaving each span. A span is
 * below another exactly when its numbers lie between the other's; this is what structural search compares.
 * Source: Tempo, docs "vParquet: nested set model". A root's parent number is -1; a span that no root leads to has zeros.
 */
import { SpanIdTable } from './span-id-table';

export interface NestedSet {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The parent's `left`. */
  readonly parent: Int32Array;
}

/** Spans handled in one step: less than a millisecond. */
const STEP_SPANS = 4096;
const NONE = -1;

/**
 * Siblings are numbered as they came, as in Tempo; where spans share an id, the children are the first one's.
 * @param spanIds ids, one a span
 * @param parentIds the ids of their parents, 0 for none
 * @param pause called between steps of less than a millisecond
 */
export async function nestedSetOf(spanIds: BigUint64Array, parentIds: BigUint64Array, pause: () => Promise<void>): Promise<NestedSet> {
  const count = spanIds.length;
  const ids = new SpanIdTable(wordsOf(spanIds));
  for (let span = 0; span < count; span++) {
    ids.add(span);
    if (span % STEP_SPANS === STEP_SPANS - 1) {
      await pause();
    }
  }

  // Children, and roots, as linked lists; filled from behind so that each list is in order.
  const parentWords = wordsOf(parentIds);
  const above = new Int32Array(count).fill(NONE);
  const firstChild = new Int32Array(count).fill(NONE);
  const nextSibling = new Int32Array(count).fill(NONE);
  let firstRoot = NONE;
  for (let span = count - 1; span >= 0; span--) {
    const [low, high] = [parentWords[2 * span], parentWords[2 * span + 1]];
    if ((low | high) === 0) {
      nextSibling[span] = firstRoot;
      firstRoot = span;
    } else {
      const parent = ids.find(low, high);
      if (parent !== NONE && parent !== span) {
        above[span] = parent;
        nextSibling[span] = firstChild[parent];
        firstChild[parent] = span;
      }
    }
    if (span % STEP_SPANS === 0) {
      await pause();
    }
  }

  // Walk down from the roots without recursion. Spans in a cycle have no root above them and are never reached.
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const parent = new Int32Array(count);
  let counter = 1;
  let entered = 0;
  for (let span = firstRoot; span !== NONE; ) {
    left[span] = counter++;
    parent[span] = above[span] === NONE ? -1 : left[above[span]];
    if (++entered % STEP_SPANS === 0) {
      await pause();
    }
    let next = firstChild[span];
    while (next === NONE && span !== NONE) {
      right[span] = counter++;
      next = nextSibling[span];
      span = above[span];
    }
    span = next;
  }
  return { left, right, parent };
}

/** The low and the high half of each id. */
function wordsOf(ids: BigUint64Array): Uint32Array {
  return new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
}
