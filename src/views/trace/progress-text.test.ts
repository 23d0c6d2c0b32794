import { progressText } from './progress-text';

it.each([
  [{ kind: 'receiving', receivedBytes: 5_300_000, totalBytes: 12_582_912 }, '42 % of 12 MiB received'],
  [{ kind: 'receiving', receivedBytes: 1_572_864, totalBytes: undefined }, '1.5 MiB received'],
  [{ kind: 'decoding', spanCount: 1_234_567 }, '1,234,567 spans read'],
] as const)('%j', (progress, text) => {
  expect(progressText(progress)).toBe(text);
});
