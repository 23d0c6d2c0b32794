import { serviceColours } from './service-colour';

describe('serviceColours', () => {
  it('gives up to sixteen services different colours, whatever their order', () => {
    const services = Array.from({ length: 16 }, (_, i) => `service-${i}`);
    const colours = serviceColours(services, true);
    expect(new Set(colours).size).toBe(16);
    expect(serviceColours([...services].reverse(), true).reverse()).toEqual(colours);
  });

  it('repeats colours rather than fail when there are more', () => {
    const services = Array.from({ length: 100 }, (_, i) => `service-${i}`);
    expect(serviceColours(services, false).every((colour) => colour.startsWith('hsl('))).toBe(true);
  });
});
