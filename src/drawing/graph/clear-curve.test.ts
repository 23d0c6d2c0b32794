import { clearCurve } from './clear-curve';

const straight = [0, 0, 100, 0, 300, 0, 400, 0];
const card = (x: number, y: number) => ({ x: x - 40, y: y - 20, width: 80, height: 40 });

/** Whether any of a thousand points of the curve is in a card. */
const hidden = (c: readonly number[], cards: ReadonlyArray<ReturnType<typeof card>>) =>
  Array.from({ length: 1000 }, (_, i) => i / 1000).some((t) => {
    const u = 1 - t;
    const at = (k: number) => u ** 3 * c[k] + 3 * u * u * t * c[k + 2] + 3 * u * t * t * c[k + 4] + t ** 3 * c[k + 6];
    return cards.some(({ x, y, width, height }) => at(0) > x && at(0) < x + width && at(1) > y && at(1) < y + height);
  });

describe('clearCurve', () => {
  it('leaves a free curve alone', () => {
    expect(clearCurve(straight, [])).toBe(straight);
    expect(clearCurve(straight, [card(200, 100)])).toBe(straight);
  });

  it('goes round a card and keeps its ends', () => {
    const curve = clearCurve(straight, [card(200, 0)]);
    expect([...curve.slice(0, 2), ...curve.slice(6)]).toEqual([0, 0, 400, 0]);
    const middleY = (3 * curve[3] + 3 * curve[5]) / 8;
    expect(Math.abs(middleY)).toBeGreaterThan(20);
  });

  it('goes between two cards', () => {
    const curve = clearCurve(straight, [card(120, 0), card(280, 70)]);
    expect(hidden(curve, [card(120, 0), card(280, 70)])).toBe(false);
  });

  it('takes the other side where one is taken', () => {
    const curve = clearCurve(straight, [card(200, 0), card(200, 50), card(200, 100)]);
    expect((curve[3] + curve[5]) / 2).toBeLessThan(0);
  });
});
