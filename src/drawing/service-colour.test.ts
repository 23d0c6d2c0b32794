import fc from 'fast-check';
import { serviceColours } from './service-colour';

describe('serviceColours', () => {
  it('gives up to sixteen services different colours, whatever their order', () => {
    const services = Array.from({ length: 16 }, (_, i) => `service-${i}`);
    const colours = serviceColours(services, true);
    expect(new Set(colours).size).toBe(16);
    expect(serviceColours([...services].reverse(), true).reverse()).toEqual(colours);
  });

  it('gives the few services of a usual trace hues that are far apart', () => {
    const hueOf = (colour: string) => Number(/hsl\((\d+)/.exec(colour)?.[1]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 4 }), (services) => {
        const hues = serviceColours(services, true).map(hueOf).sort((a, b) => a - b);
        hues.forEach((hue, at) => expect((hues[(at + 1) % hues.length] - hue + 360) % 360).toBeGreaterThanOrEqual(40));
      }),
      { seed: 1 }
    );
  });

  it('repeats colours rather than fail when there are more', () => {
    const services = Array.from({ length: 100 }, (_, i) => `service-${i}`);
    expect(serviceColours(services, false).every((colour) => colour.startsWith('hsl('))).toBe(true);
  });
});
