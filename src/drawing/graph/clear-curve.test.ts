import { clearCurve } from './clear-curve';

const straight = [0, 0, 100, 0, 300, 0, 400, 0];
const card = (x: number, y: number) => ({ x: x - 40, y: y - 20, width: 80, height: 40 });

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

  it('takes the other side where one is taken', () => {
    const curve = clearCurve(straight, [card(200, 0), card(200, 60), card(200, 120)]);
    expect((curve[3] + curve[5]) / 2).toBeLessThan(0);
  });
});
