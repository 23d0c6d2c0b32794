import fc from 'fast-check';
import { contrastRatio, readableColour } from './readable-colour';

const channel = fc.integer({ min: 0, max: 255 });
const colour = fc.tuple(channel, channel, channel).map((channels) => `rgb(${channels.join(', ')})`);

describe('readableColour', () => {
  it('reaches 4.5 : 1 on any background, and keeps what does already', () => {
    fc.assert(
      fc.property(colour, colour, (ink, paper) => {
        const readable = readableColour(ink, paper);
        expect(contrastRatio(readable, paper)).toBeGreaterThanOrEqual(4.5);
        if ((contrastRatio(ink, paper) ?? 0) >= 4.5) {
          expect(readable).toBe(ink);
        }
      }),
      { seed: 57 }
    );
  });

  // The colours that Grafana offers for thresholds, on its pages and cards.
  it.each(['#FFFFFF', '#F4F5F5', '#111217', '#181B1F', '#22252B'])('makes thresholds readable on %s', (background) => {
    for (const threshold of ['#73BF69', '#FADE2A', '#FFF899', '#FF9830', '#FF780A', '#F2495C', '#5794F2', '#B877D9', '#CCCCDC']) {
      expect(contrastRatio(readableColour(threshold, background), background)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('agrees with the contrasts that WCAG gives as examples', () => {
    expect(contrastRatio('#000', '#ffffff')).toBeCloseTo(21, 6);
    expect(contrastRatio('#777777', '#fff')).toBeCloseTo(4.48, 2);
    expect(contrastRatio('#0000ff', 'rgb(255, 255, 255)')).toBeCloseTo(8.59, 2);
  });

  it('leaves colours of other forms as they are', () => {
    expect(readableColour('hsl(30 100% 50%)', '#fff')).toBe('hsl(30 100% 50%)');
    expect(readableColour('#ff9900', 'transparent')).toBe('#ff9900');
  });
});
