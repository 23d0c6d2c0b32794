import { parseDuration } from './units';

describe('parseDuration', () => {
  test.each([
    ['1.5s', 1.5e9],
    ['200ms', 2e8],
    ['3µs', 3e3],
    [' 2 m ', 120e9],
    ['5', undefined],
    ['fast', undefined],
  ])('%s → %s', (text, durationNs) => expect(parseDuration(text)).toBe(durationNs));
});
