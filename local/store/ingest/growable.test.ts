import { GrowableInt32, GrowableInt64 } from './growable';

test('32-bit values keep their places while the array grows', () => {
  const column = new GrowableInt32();
  for (let i = 0; i < 5000; i++) {
    column.push(i * 3);
  }
  expect(Array.from(column.items.subarray(0, column.length))).toEqual(Array.from({ length: 5000 }, (_, i) => i * 3));
});

test('room made for several values is kept with what was there', () => {
  const column = new GrowableInt32();
  for (let i = 0; i < 500; i++) {
    const at = column.extend(10);
    for (let k = 0; k < 10; k++) {
      column.items[at + k] = i * 10 + k;
    }
  }
  expect(Array.from(column.items.subarray(0, column.length))).toEqual(Array.from({ length: 5000 }, (_, i) => i));
});

test('64-bit values keep their halves while the array grows', () => {
  const column = new GrowableInt64();
  for (let i = 0; i < 5000; i++) {
    column.push(i, 2 ** 32 - 1 - i);
  }
  expect(Array.from(column.halves.subarray(0, column.length * 2))).toEqual(Array.from({ length: 10_000 }, (_, i) => (i % 2 === 0 ? i / 2 : 2 ** 32 - 1 - (i - 1) / 2)));
});
