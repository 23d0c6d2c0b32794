import fc from 'fast-check';
import { TextCache } from './text-cache';

test('texts are those that a decoder makes, however often and in whatever order they come', () => {
  const decoder = new TextDecoder();
  const bytes = fc.oneof(fc.string({ maxLength: 3 }).map((text) => new TextEncoder().encode(text)), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 200 }), (texts) => {
      const cache = new TextCache();
      for (const one of [...texts, ...texts]) {
        const within = Uint8Array.of(1, 2, ...one, 3);
        expect(cache.textOf(within, 2, 2 + one.length)).toBe(decoder.decode(one));
      }
    }),
    { seed: 5, numRuns: 50 },
  );
});

test('a text does not change with the bytes it was read from', () => {
  const cache = new TextCache();
  const bytes = new TextEncoder().encode('cart');
  expect(cache.textOf(bytes, 0, 4)).toBe('cart');
  bytes[0] = 0x64;
  expect(cache.textOf(bytes, 0, 4)).toBe('dart');
  expect(cache.textOf(new TextEncoder().encode('cart'), 0, 4)).toBe('cart');
});
