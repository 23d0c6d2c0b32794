import fc from 'fast-check';
import { pictureRect, pictureTransform, showsAll } from './picture-place';
import { fitViewport, type Rect, type Viewport } from './spaces';

const viewport = fc.record({ scale: fc.double({ min: 0.02, max: 4, noNaN: true }), offsetXPx: fc.integer({ min: -5000, max: 5000 }), offsetYPx: fc.integer({ min: -5000, max: 5000 }) });
const BOUNDS: Rect = { x: -100, y: 40, width: 3000, height: 1500 };
const [WIDTH, HEIGHT, PADDING, MARGIN] = [800, 600, 20, 0.2];
const rectIn = (at: Viewport) => pictureRect(at, BOUNDS, WIDTH, HEIGHT, PADDING, MARGIN);

describe('pictureRect', () => {
  it('has everything that is in view', () => {
    fc.assert(
      fc.property(viewport, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (at, u, v) => {
        const xPx = (BOUNDS.x + u * BOUNDS.width) * at.scale + at.offsetXPx;
        const yPx = (BOUNDS.y + v * BOUNDS.height) * at.scale + at.offsetYPx;
        const isInView = xPx >= 0 && xPx <= WIDTH && yPx >= 0 && yPx <= HEIGHT;
        const rect = rectIn(at);
        const isPainted = rect !== undefined && xPx >= rect.x && xPx <= rect.x + rect.width && yPx >= rect.y && yPx <= rect.y + rect.height;
        expect(isPainted || !isInView).toBe(true);
      }),
      { seed: 6 }
    );
  });

  it('is no larger than the map or the view with its margin', () => {
    fc.assert(
      fc.property(viewport, (at) => {
        const rect = rectIn(at);
        expect(rect?.width ?? 0).toBeLessThanOrEqual(Math.min(BOUNDS.width * at.scale + 2 * PADDING, WIDTH * (1 + 2 * MARGIN)) + 2);
        expect(rect?.height ?? 0).toBeLessThanOrEqual(Math.min(BOUNDS.height * at.scale + 2 * PADDING, HEIGHT * (1 + 2 * MARGIN)) + 2);
      }),
      { seed: 6 }
    );
  });
});

describe('showsAll', () => {
  it('holds for the fitted map and not once it is larger than the view', () => {
    const fitted = fitViewport(BOUNDS, WIDTH, HEIGHT);
    expect(showsAll(rectIn(fitted) as Rect, fitted, BOUNDS)).toBe(true);
    const near = { scale: 1, offsetXPx: 0, offsetYPx: 0 };
    expect(showsAll(rectIn(near) as Rect, near, BOUNDS)).toBe(false);
  });
});

describe('pictureTransform', () => {
  it('puts each point of the picture where the other viewport has it', () => {
    fc.assert(
      fc.property(viewport, viewport, (painted, current) => {
        const rect = { x: -30, y: 12, width: 500, height: 300 };
        const [factor, , , , x, y] = pictureTransform(rect, painted, current).slice('matrix('.length, -1).split(',').map(Number);
        // The picture's lower right corner, by way of graph space.
        const xGraph = (rect.x + rect.width - painted.offsetXPx) / painted.scale;
        const yGraph = (rect.y + rect.height - painted.offsetYPx) / painted.scale;
        expect(x + rect.width * factor).toBeCloseTo(xGraph * current.scale + current.offsetXPx, 3);
        expect(y + rect.height * factor).toBeCloseTo(yGraph * current.scale + current.offsetYPx, 3);
      }),
      { seed: 6 }
    );
  });
});
