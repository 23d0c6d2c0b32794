import { whenNpmEnds } from './npm-parent';

describe('whenNpmEnds', () => {
  const { ppid } = process;
  const script = process.env['npm_lifecycle_event'];

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    Object.defineProperty(process, 'ppid', { value: ppid, configurable: true });
    if (script === undefined) {
      delete process.env['npm_lifecycle_event'];
    } else {
      process.env['npm_lifecycle_event'] = script;
    }
  });

  it.each([
    ['start', 1],
    ['test', 0],
  ])('of a process that npm %s started calls %i times', (event, calls) => {
    process.env['npm_lifecycle_event'] = event;
    const ended = jest.fn();
    whenNpmEnds(ended);
    jest.advanceTimersByTime(2_000);
    expect(ended).not.toHaveBeenCalled();
    Object.defineProperty(process, 'ppid', { value: 1, configurable: true });
    jest.advanceTimersByTime(2_000);
    expect(ended).toHaveBeenCalledTimes(calls);
  });
});
