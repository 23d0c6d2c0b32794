import { coverageNote, slicedCoverage } from './coverage';

const MINUTE_MS = 60_000;
const slice = (fromMs: number, toMs: number) => ({ range: { fromMs, toMs }, traceCount: 10, isComplete: true });

describe('coverageNote', () => {
  it('writes a share of nearly all, and gaps of seconds, as people do', () => {
    const note = coverageNote(slicedCoverage({ fromMs: 0, toMs: 10 * MINUTE_MS }, [slice(0, 5 * MINUTE_MS - 1000), slice(5 * MINUTE_MS, 10 * MINUTE_MS)]));
    expect(note).toContain('every trace of 2 slices, 100 % of this range');
    expect(note).toContain('a burst in the up to 1 s between two slices');
  });

  it('writes longer gaps in minutes', () => {
    expect(coverageNote(slicedCoverage({ fromMs: 0, toMs: 10 * MINUTE_MS }, [slice(0, MINUTE_MS), slice(2.5 * MINUTE_MS, 3.5 * MINUTE_MS)]))).toMatch(/20 % of this range.*1\.5 min between/);
  });
});
