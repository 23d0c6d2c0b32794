import fc from 'fast-check';
import { ABSENT, ByteNumbers } from './byte-numbers';

function numberIn(numbers: ByteNumbers, bytes: DataView, from: number, to: number): number {
  const found = numbers.find(bytes, from, to);
  return found === ABSENT ? numbers.add(bytes, from, to) : found;
}

describe('ByteNumbers', () => {
  it('numbers ranges as a map of their texts would, wherever they lie', () => {
    const range = fc.array(fc.constantFrom(0, 1, 128, 255), { maxLength: 9 });
    fc.assert(
      fc.property(fc.array(range, { maxLength: 400 }), fc.nat(7), (ranges, offset) => {
        const numbers = new ByteNumbers();
        const expected = new Map<string, number>();
        for (const bytes of ranges) {
          const view = new DataView(Uint8Array.from([...Array<number>(offset).fill(7), ...bytes, 7]).buffer, offset >> 1);
          const from = offset - (offset >> 1);
          const text = bytes.join();
          expected.set(text, expected.get(text) ?? expected.size);
          expect(numberIn(numbers, view, from, from + bytes.length)).toBe(expected.get(text));
        }
        expect(numbers.count).toBe(expected.size);
      }),
      { seed: 21, numRuns: 100 }
    );
  });

  it('grows to many ranges, and long ones', () => {
    const numbers = new ByteNumbers();
    const bytes = new DataView(new ArrayBuffer(100_000));
    const numberOf = (value: number, length: number) => {
      bytes.setUint32(0, value);
      return numberIn(numbers, bytes, 0, length);
    };
    const values = Array.from({ length: 20_000 }, (_, at) => at);
    expect([values.map((value) => numberOf(value, 5)), values.map((value) => numberOf(value, 5))]).toEqual([values, values]);
    expect([numberOf(1, 100_000), numberOf(2, 100_000), numberOf(1, 100_000), numberOf(0, 0)]).toEqual([20_000, 20_001, 20_000, 20_002]);
  });
});
