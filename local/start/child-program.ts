import { fork, type ChildProcess } from 'node:child_process';

/** A program of ours that runs as a child process and says `{ kind: 'ready' }` once it serves. */
export interface ChildProgram {
  readonly name: string;
  /** Resolves with the exit code whenever the program ends, wanted or not. */
  readonly ended: Promise<number>;
  /** Asks the program to finish; kills it after the time it is given for that. Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Longest time a program may take to flush after SIGTERM. */
const STOP_TIMEOUT_MS = 6_000;

/**
 * Starts a TypeScript program and waits until it is ready.
 *
 * @throws Error when it ends before; it has then said why on standard error.
 */
export async function startChildProgram(name: string, entry: string, args: readonly string[]): Promise<ChildProgram> {
  const child = fork(entry, [...args], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (isReady(message)) {
        resolve();
      }
    });
    child.once('error', reject);
    void ended.then((code) => reject(new ChildEndedError(name, code)));
  });
  await ready;
  return { name, ended, stop: () => stop(child, ended) };
}

/** The program ended by itself; what went wrong is in its own message above. */
export class ChildEndedError extends Error {
  constructor(name: string, code: number) {
    super(`the ${name} ended with code ${code}`);
    this.name = 'ChildEndedError';
  }
}

const isReady = (message: unknown): boolean => typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ready';

async function stop(child: ChildProcess, ended: Promise<number>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
