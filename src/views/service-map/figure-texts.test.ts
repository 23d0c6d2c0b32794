import { intervalText } from './figure-texts';

describe('intervalText', () => {
  it.each([
    [{ low: 1, high: 2 }, '1 ms … 2 ms'],
    [{ low: 0, high: 2 }, 'up to 2 ms'],
    [{ low: 1, high: Infinity }, 'from 1 ms; too few calls'],
    [{ low: 0, high: Infinity }, 'none: too few calls'],
  ])('%j → %s', (interval, text) => expect(intervalText(interval, (value) => `${value} ms`)).toBe(text));
});
