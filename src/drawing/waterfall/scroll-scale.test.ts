import { ScrollScale } from './scroll-scale';

describe('ScrollScale', () => {
  it('changes nothing where the content fits', () => {
    const scale = new ScrollScale(26_000, 500);
    expect([scale.elementPx, scale.isScaled, scale.contentOf(1234.5), scale.scrollTopOf(99)]).toEqual([26_000, false, 1234.5, 99]);
  });

  it('reaches the first and the last row of a million', () => {
    const scale = new ScrollScale(26_000_000, 500);
    expect(scale.elementPx).toBeLessThan(17_000_000);
    expect(scale.contentOf(0)).toBe(0);
    expect(scale.contentOf(scale.elementPx - 500)).toBeCloseTo(26_000_000 - 500);
    expect(scale.contentOf(scale.scrollTopOf(13_000_026))).toBeCloseTo(13_000_026);
  });

  it('does not scroll content lower than the view', () => expect(new ScrollScale(100, 500).contentOf(50)).toBe(0));
});
