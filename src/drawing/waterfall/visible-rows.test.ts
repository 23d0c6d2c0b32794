import fc from 'fast-check';
import { visibleRows } from './visible-rows';

/** Parents of a random forest whose spans are numbered in depth-first order. */
const forest = fc.array(fc.nat(), { maxLength: 60 }).map((picks) => {
  const parent: number[] = [];
  const path: number[] = [];
  picks.forEach((pick, span) => {
    path.length = pick % (path.length + 1);
    parent.push(path.length > 0 ? path[path.length - 1] : -1);
    path.push(span);
  });
  return parent;
});

describe('visibleRows', () => {
  it('shows exactly the spans without a collapsed ancestor, in order', () => {
    fc.assert(
      fc.property(forest, fc.array(fc.nat(59)), (parent, folded) => {
        const collapsed = new Set(folded);
        const subtreeSize = parent.map(() => 1);
        for (let span = parent.length - 1; span >= 0; span--) {
          if (parent[span] >= 0) {
            subtreeSize[parent[span]] += subtreeSize[span];
          }
        }
        const isHidden = (span: number): boolean => parent[span] >= 0 && (collapsed.has(parent[span]) || isHidden(parent[span]));
        const all = parent.map((_, span) => span);

        expect([...visibleRows({ subtreeSize }, 0, parent.length, collapsed)]).toEqual(all.filter((span) => !isHidden(span)));
      }),
      { seed: 7 }
    );
  });
});
