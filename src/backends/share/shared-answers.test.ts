import { SharedAnswers } from './shared-answers';

/** Work that ends when told, and knows whether it was cancelled. */
function controlled() {
  let finish: (value: number) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const signals: AbortSignal[] = [];
  const work = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<number>((resolve, reject) => ([finish, fail] = [resolve, reject]));
  };
  return { work, signals, finish: (value: number) => finish(value), fail: (error: Error) => fail(error) };
}

describe('SharedAnswers', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks once for all who wait, and again later', async () => {
    const answers = new SharedAnswers();
    const { work, signals, finish } = controlled();
    const both = Promise.all([answers.get('a', work, undefined), answers.get('a', work, undefined)]);
    finish(7);
    expect(await both).toEqual([7, 7]);
    expect(signals).toHaveLength(1);

    jest.advanceTimersByTime(10_000);
    void answers.get('a', work, undefined);
    expect(signals).toHaveLength(2);
  });

  it('goes on while one still waits, and is cancelled with the last', async () => {
    const answers = new SharedAnswers();
    const { work, signals } = controlled();
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [answers.get('a', work, first.signal), answers.get('a', work, second.signal)].map((answer) => answer.catch(({ kind }: { kind: string }) => kind));
    first.abort();
    expect([await waiting[0], signals[0].aborted]).toEqual(['aborted', false]);
    second.abort();
    expect([await waiting[1], signals[0].aborted]).toEqual(['aborted', true]);
  });

  it('does not keep a failure', async () => {
    const answers = new SharedAnswers();
    const { work, signals, fail } = controlled();
    const failed = answers.get('a', work, undefined).catch(({ message }: Error) => message);
    fail(new Error('gone'));
    expect(await failed).toBe('gone');
    void answers.get('a', work, undefined);
    expect(signals).toHaveLength(2);
  });
});
