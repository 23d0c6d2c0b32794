import fc from 'fast-check';
import { eachFrame, flameLayout, frameAt, frameBox, FRAME_HEIGHT_PX, MIN_FRAME_PX, type FlameColumns, type FlameView } from './flame-layout';

const SELF_NS = 100;

/** Random forests in depth-first order: each node's parent is the last one, or one of its ancestors, or none. */
const forest = fc.array(fc.tuple(fc.nat(4), fc.nat(SELF_NS)), { minLength: 1, maxLength: 60 }).map((steps): FlameColumns => {
  const parent: number[] = [];
  const depth: number[] = [];
  for (const [up] of steps) {
    let above = parent.length - 1;
    for (let step = 0; step < up && above >= 0; step++) {
      above = parent[above];
    }
    depth.push(above < 0 ? 0 : depth[above] + 1);
    parent.push(above);
  }
  const subtreeSize = new Uint32Array(parent.length).fill(1);
  for (let node = parent.length - 1; node >= 0; node--) {
    if (parent[node] >= 0) {
      subtreeSize[parent[node]] += subtreeSize[node];
    }
  }
  return { parent: Int32Array.from(parent), depth: Uint32Array.from(depth), subtreeSize, selfNs: Float64Array.from(steps, ([, self]) => self + 1) };
});

const view = (over: Partial<FlameView> = {}): FlameView => ({ zoomed: undefined, direction: 'down', widthPx: 1000, heightPx: 2000, scrollPx: 0, ...over });

describe('flameLayout', () => {
  it('puts children side by side inside their parent, and leaves it its self time', () => {
    fc.assert(
      fc.property(forest, (columns) => {
        const { xNs, widthNs, totalNs } = flameLayout(columns);
        expect(totalNs).toBeCloseTo(columns.selfNs.reduce((sum, self) => sum + self, 0));
        const until = new Map<number, number>();
        columns.parent.forEach((up, node) => {
          expect(xNs[node]).toBeCloseTo(until.get(up) ?? (up < 0 ? 0 : xNs[up]));
          until.set(up, xNs[node] + widthNs[node]);
        });
        columns.parent.forEach((_, node) => expect(xNs[node] + widthNs[node] - (until.get(node) ?? xNs[node])).toBeCloseTo(columns.selfNs[node]));
      }),
      { seed: 11 }
    );
  });

  it('finds at every frame\'s middle that frame, in both directions and zoomed', () => {
    fc.assert(
      fc.property(forest, fc.nat(), fc.constantFrom('down' as const, 'up' as const), (columns, at, direction) => {
        const layout = flameLayout(columns);
        for (const zoomed of [undefined, at % columns.parent.length]) {
          const shown = view({ direction, zoomed });
          eachFrame(layout, shown, (node, box, isNarrow) => {
            if (!isNarrow) {
              expect(frameAt(layout, shown, box.leftPx + box.widthPx / 2, box.topPx + FRAME_HEIGHT_PX / 2)).toBe(node);
            }
          });
        }
      }),
      { seed: 12, numRuns: 60 }
    );
  });

  it('visits every frame that can be seen, as a walk over all of them does', () => {
    fc.assert(
      fc.property(forest, fc.nat(), fc.integer({ min: 1, max: 300 }), (columns, at, widthPx) => {
        const layout = flameLayout(columns);
        for (const zoomed of [undefined, at % columns.parent.length]) {
          const shown = view({ zoomed, widthPx });
          const visited: number[] = [];
          eachFrame(layout, shown, (node, _box, isNarrow) => !isNarrow && visited.push(node));
          const all = Array.from(columns.parent, (_, node) => node);
          expect(visited).toEqual(all.filter((node) => frameBox(layout, shown, node).widthPx >= MIN_FRAME_PX));
        }
      }),
      { seed: 13, numRuns: 300 }
    );
  });

  it('visits as many frames as there are pixels where a frame has a hundred thousand children', () => {
    const count = 100_000;
    const parent = new Int32Array(count).fill(0);
    const columns = { parent, depth: new Uint32Array(count).fill(1), subtreeSize: new Uint32Array(count).fill(1), selfNs: new Float64Array(count).fill(7) };
    [columns.parent[0], columns.depth[0], columns.subtreeSize[0]] = [-1, 0, count];
    let visits = 0;
    eachFrame(flameLayout(columns), view(), () => visits++);
    expect(visits).toBeLessThan(2 * 1000 + 10);
    expect(visits).toBeGreaterThan(1000);
  });

  it('gives the zoomed frame and its ancestors the whole width', () => {
    const columns = { parent: Int32Array.of(-1, 0, 0), depth: Uint32Array.of(0, 1, 1), subtreeSize: Uint32Array.of(3, 1, 1), selfNs: Float64Array.of(0, 30, 70) };
    const layout = flameLayout(columns);
    const boxes = [0, 1, 2].map((node) => frameBox(layout, view({ zoomed: 2 }), node));
    expect(boxes.map(({ leftPx, widthPx }) => [leftPx, Math.max(0, widthPx)])).toEqual([[0, 1000], [0, 0], [0, 1000]]);
  });
});
