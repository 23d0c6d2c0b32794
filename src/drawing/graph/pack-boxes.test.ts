import fc from 'fast-check';
import { packBoxes } from './pack-boxes';

const boxes = fc.array(fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) }), { maxLength: 40 });

describe('packBoxes', () => {
  it('lets no two boxes overlap', () => {
    fc.assert(
      fc.property(boxes, fc.double({ min: 0.3, max: 5, noNaN: true }), (sizes, aspect) => {
        const corners = packBoxes(sizes, aspect);
        sizes.forEach((a, i) => {
          expect(corners[i].x).toBeGreaterThanOrEqual(0);
          expect(corners[i].y).toBeGreaterThanOrEqual(0);
          sizes.slice(0, i).forEach((b, j) => {
            const [p, q] = [corners[i], corners[j]];
            const apart = p.x + a.width <= q.x + 1e-6 || q.x + b.width <= p.x + 1e-6 || p.y + a.height <= q.y + 1e-6 || q.y + b.height <= p.y + 1e-6;
            expect(apart).toBe(true);
          });
        });
      }),
      { seed: 51 }
    );
  });

  it('comes near the aspect asked for', () => {
    const corners = packBoxes(Array.from({ length: 200 }, () => ({ width: 4, height: 1 })), 2);
    const width = Math.max(...corners.map(({ x }) => x + 4));
    const height = Math.max(...corners.map(({ y }) => y + 1));
    expect(width / height).toBeGreaterThan(1.5);
    expect(width / height).toBeLessThan(2.7);
    expect(width * height).toBeLessThan(200 * 4 * 1.2);
  });

  it('puts small boxes beside a high one', () => {
    const corners = packBoxes([{ width: 10, height: 10 }, ...Array.from({ length: 10 }, () => ({ width: 5, height: 2 }))], 2);
    expect(Math.max(...corners.slice(1).map(({ y }) => y + 2))).toBeLessThanOrEqual(10);
  });
});
