import { writeUntilDone } from './write-until-done';

function attempts(errors: readonly string[], isClosing = false): { outcome: Promise<string>; log: string[] } {
  const log: string[] = [];
  const left = [...errors];
  const write = (): Promise<void> => {
    const error = left.shift();
    return error === undefined ? Promise.resolve() : Promise.reject(new Error(error));
  };
  const database = { reopen: (): Promise<void> => Promise.resolve(void log.push('reopened')) };
  const outcome = writeUntilDone(database, write, { failed: (reason) => log.push(reason), pause: () => Promise.resolve(), isClosing: () => isClosing });
  return { outcome, log };
}

test('a full disk is waited for, however long it takes', async () => {
  const { outcome, log } = attempts(Array.from({ length: 50 }, () => 'IO Error: No space left on device'));
  expect(await outcome).toBe('written');
  expect(log).toHaveLength(50);
});

test('what fails for another reason is given up', async () => {
  const { outcome, log } = attempts(Array.from({ length: 50 }, () => 'Conversion Error: a span is odd'));
  expect(await outcome).toBe('given up');
  expect(log).toHaveLength(5);
});

test('a database that has shut down is opened anew', async () => {
  const { outcome, log } = attempts(['FATAL Error: database has been invalidated']);
  expect(await outcome).toBe('written');
  expect(log).toEqual(['FATAL Error: database has been invalidated', 'reopened']);
});

test('a store that closes does not try again', async () => {
  const { outcome, log } = attempts(['IO Error: No space left on device'], true);
  expect(await outcome).toBe('closed');
  expect(log).toHaveLength(1);
});
