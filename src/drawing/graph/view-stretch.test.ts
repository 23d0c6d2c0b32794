import fc from 'fast-check';
import { NO_STRETCH, stretched, stretchToView, unstretched } from './view-stretch';

const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const places = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 2, maxLength: 12 });
const extent = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe('stretchToView', () => {
  it('brings a picture nearer to the shape of the view, and never pushes nodes together', () => {
    fc.assert(
      fc.property(places, fc.double({ min: 0.5, max: 6, noNaN: true }), (nodes, aspect) => {
        const stretch = stretchToView(nodes, aspect);
        expect(Math.min(stretch.x, stretch.y)).toBe(1);
        const [width, height] = [extent(nodes.map(({ x }) => x)), extent(nodes.map(({ y }) => y))];
        fc.pre(width > 0 && height > 0);
        const off = (ratio: number) => Math.abs(Math.log(ratio / aspect));
        expect(off((width * stretch.x) / (height * stretch.y))).toBeLessThanOrEqual(off(width / height) + 1e-9);
      }),
      { seed: 53 }
    );
  });

  it('is taken back where a node is dragged', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const stretch = { x: 2.5, y: 1 };
        const back = unstretched(stretched({ x, y }, stretch), stretch);
        expect(back.x).toBeCloseTo(x, 6);
        expect(back.y).toBeCloseTo(y, 6);
      }),
      { seed: 54 }
    );
  });

  it('leaves a single row or column, and a single node, as it is', () => {
    expect(stretchToView([{ x: 0, y: 5 }, { x: 900, y: 5 }], 2)).toEqual(NO_STRETCH);
    expect(stretchToView([{ x: 5, y: 0 }, { x: 5, y: 900 }], 2)).toEqual(NO_STRETCH);
    expect(stretchToView([{ x: 5, y: 0 }], 2)).toEqual(NO_STRETCH);
  });
});
