import { seededRandom } from '../testing/seeded-random';
import { SpanIdTable } from './span-id-table';

describe('SpanIdTable', () => {
  test('finds what a Map finds: the first span of each id', () => {
    const random = seededRandom(5);
    const words = Uint32Array.from({ length: 6000 }, () => Math.floor(random() * 40));
    const table = new SpanIdTable(words);
    const expected = new Map<string, number>();
    for (let span = 0; span < words.length / 2; span++) {
      table.add(span);
      const id = `${words[2 * span]} ${words[2 * span + 1]}`;
      expected.set(id, expected.get(id) ?? span);
    }
    for (let low = 0; low < 45; low++) {
      for (let high = 0; high < 45; high++) {
        expect(table.find(low, high)).toBe(expected.get(`${low} ${high}`) ?? -1);
      }
    }
  });

  test('holds as many spans as there are ids', () => {
    const table = new SpanIdTable(Uint32Array.from({ length: 2 ** 12 }, (_, i) => i));
    for (let span = 0; span < 2 ** 11; span++) {
      table.add(span);
    }
    expect(table.find(2 ** 12 - 2, 2 ** 12 - 1)).toBe(2 ** 11 - 1);
    expect(table.find(0, 0)).toBe(-1);
  });
});
