import { TaskRunner } from './task-runner';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('TaskRunner', () => {
  it('keeps the last value while the same work runs again and when that fails', async () => {
    const runner = new TaskRunner<number>();
    let fail = false;
    const work = async () => {
      if (fail) {
        throw new Error('backend is gone');
      }
      return 42;
    };
    runner.run(work);
    await settled();
    expect(runner.snapshot().task).toEqual({ isRunning: false, value: 42, error: undefined });

    fail = true;
    runner.run(work);
    expect(runner.snapshot().task).toEqual({ isRunning: true, value: 42, error: undefined });
    await settled();
    expect(runner.snapshot().task).toMatchObject({ isRunning: false, value: 42, error: { message: 'backend is gone' } });
  });

  it('ignores what was cancelled and tells the work', async () => {
    const runner = new TaskRunner<string>();
    let wasAborted = false;
    const cancel = runner.run(async (signal) => {
      await settled();
      wasAborted = signal.aborted;
      return 'late';
    });
    cancel();
    runner.run(async () => 'wanted');
    await settled();
    await settled();
    expect(wasAborted).toBe(true);
    expect(runner.snapshot().task.value).toBe('wanted');
  });

  it('ends on request with an error that says so, and starts again', async () => {
    const runner = new TaskRunner<string>();
    const signals: AbortSignal[] = [];
    const work = async (signal: AbortSignal, showPart: (part: string) => void) => {
      signals.push(signal);
      showPart('beginning');
      await settled();
      return 'whole';
    };
    runner.run(work);
    runner.cancel();
    await settled();
    await settled();
    expect(signals[0].aborted).toBe(true);
    expect(runner.snapshot().task).toMatchObject({ isRunning: false, value: undefined, error: { name: 'CancelledError' } });
    runner.cancel();
    runner.run(work);
    await settled();
    await settled();
    runner.cancel();
    expect(runner.snapshot().task).toEqual({ isRunning: false, value: 'whole', error: undefined });
  });

  it('shows the first part of a value, but never in place of a whole one', async () => {
    const runner = new TaskRunner<string>();
    const work = async (_signal: AbortSignal, showPart: (part: string) => void) => {
      showPart('beginning');
      await settled();
      return 'whole';
    };
    runner.run(work);
    expect(runner.snapshot().task).toEqual({ isRunning: true, value: 'beginning', error: undefined });
    await settled();
    await settled();
    expect(runner.snapshot().task).toEqual({ isRunning: false, value: 'whole', error: undefined });
    runner.run(work);
    expect(runner.snapshot().task).toEqual({ isRunning: true, value: 'whole', error: undefined });
  });
});
