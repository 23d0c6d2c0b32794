import { fuzz } from './testing/fuzz';

it.each([1, 2, 3])('mutated payloads never break a decoder, seed %i (npm run fuzz does more)', (seed) => {
  const { opened, refused } = fuzz(seed, 2000);
  expect(opened).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(20);
});
