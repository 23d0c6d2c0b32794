import { fork, type ChildProcess } from 'node:child_process';

/** Longest time a program may take to flush after SIGTERM. */
const STOP_TIMEOUT_MS = 6_000;

/** A TypeScript program of ours in a process of its own, which says `{ kind: 'ready' }` once it serves. */
export class ChildProgram {
  /** Rejects with ChildEndedError when the program ends before; it has then said why on standard error. */
  readonly ready: Promise<void>;
  /** Resolves with the exit code whenever the program ends, wanted or not. */
  readonly ended: Promise<number>;
  private readonly child: ChildProcess;

  constructor(
    readonly name: string,
    entry: string,
    args: readonly string[]
  ) {
    this.child = fork(entry, [...args], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Out of reach of the terminal's Ctrl-C: the demo must be able to flush before the store stops, so we tell them in
      // order. Should we die without telling, they notice the closed channel.
      detached: true,
    });
    this.ended = new Promise((resolve) => this.child.once('exit', (code) => resolve(code ?? 1)));
    this.ready = new Promise((resolve, reject) => {
      this.child.on('message', (message) => isReady(message) && resolve());
      this.child.once('error', reject);
      void this.ended.then((code) => reject(new ChildEndedError(name, code)));
    });
    // Whoever stops a program that is not ready yet does not wait for it to be.
    this.ready.catch(() => undefined);
  }

  /** Asks the program to finish; kills it after the time it is given for that. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.ended;
    clearTimeout(timer);
  }
}

/** The program ended by itself; what went wrong is in its own message. */
export class ChildEndedError extends Error {
  constructor(name: string, code: number) {
    super(`the ${name} ended with code ${code}`);
    this.name = 'ChildEndedError';
  }
}

const isReady = (message: unknown): boolean => typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ready';
