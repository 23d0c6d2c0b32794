/**
 * Nested-set numbers of a trace's spans: a depth-first walk counts 1, 2, 3, ... on entering and on leaving each span. A span is
 * below another exactly when its numbers lie between the other's; this is what structural search compares.
 * Source: Tempo, docs "vParquet: nested set model". A root's parent number is -1; a span that no root leads to has zeros.
 */

export interface NestedSet {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The parent's `left`. */
  readonly parent: Int32Array;
}

/** Spans handled in one step: about a millisecond. */
const STEP_SPANS = 2048;

/**
 * Siblings are numbered as they came, as in Tempo.
 * @param spanIds ids, one a span
 * @param parentIds the ids of their parents, 0 for none
 * @param pause called between steps of about a millisecond
 */
export async function nestedSetOf(spanIds: ArrayLike<bigint>, parentIds: ArrayLike<bigint>, pause: () => Promise<void>): Promise<NestedSet> {
  const count = spanIds.length;
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const parent = new Int32Array(count);

  // Children as linked lists, filled from behind so that each list is in order.
  const byId = new Map<bigint, number>();
  for (let i = count - 1; i >= 0; i--) {
    byId.set(spanIds[i], i);
    if (i % STEP_SPANS === STEP_SPANS - 1) {
      await pause();
    }
  }
  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  const roots: number[] = [];
  for (let span = count - 1; span >= 0; span--) {
    if (span % STEP_SPANS === STEP_SPANS - 1) {
      await pause();
    }
    if (parentIds[span] === 0n) {
      roots.push(span);
      continue;
    }
    const above = byId.get(parentIds[span]);
    if (above !== undefined && above !== span) {
      nextSibling[span] = firstChild[above];
      firstChild[above] = span;
    }
  }

  // Walk down from the roots without recursion. Spans in a cycle have no root above them and are never reached.
  let counter = 1;
  for (let i = roots.length - 1; i >= 0; i--) {
    let span = roots[i];
    const path = [span];
    left[span] = counter++;
    parent[span] = -1;
    while (path.length > 0) {
      const child = firstChild[span];
      if (child >= 0) {
        firstChild[span] = nextSibling[child];
        left[child] = counter++;
        parent[child] = left[span];
        path.push(child);
        span = child;
        if (counter % STEP_SPANS === 0) {
          await pause();
        }
      } else {
        right[span] = counter++;
        path.pop();
        span = path[path.length - 1];
      }
    }
  }
  return { left, right, parent };
}
