import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FromService, ServiceSettings, ToService } from './messages';

const ENTRY = path.join(path.dirname(fileURLToPath(import.meta.url)), 'run-service.ts');

/** Six processes share a laptop with everything else: a small young generation costs little time and saves 25 MB in each. */
const SMALL_HEAP = ['--max-semi-space-size=2', '--max-old-space-size=128']; // MB

/** A service's process as its supervisor sees it. */
export class ServiceProcess {
  readonly name: ServiceSettings['service'];
  /** Settles with the first message of the kind; rejects when the process fails or ends before. */
  readonly listening: Promise<string | undefined>;
  readonly serving: Promise<void>;
  readonly exited: Promise<void>;
  /** It has ended, or does nothing any more but send its last spans. */
  readonly quiet: Promise<void>;
  private readonly child: ChildProcess;
  private hasExited = false;

  constructor(settings: ServiceSettings, env: NodeJS.ProcessEnv, onMessage: (message: FromService) => void) {
    this.name = settings.service;
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    this.child = fork(ENTRY, [JSON.stringify(settings)], { env, execArgv: ['--import', loader, ...SMALL_HEAP] });
    this.child.on('message', onMessage);
    this.child.on('error', () => undefined); // a process that cannot be started or told something also exits
    this.exited = new Promise((resolve) => this.child.once('exit', () => resolve()));
    void this.exited.then(() => (this.hasExited = true));
    this.listening = this.firstOf('listening').then((message) => message.url);
    this.serving = this.firstOf('serving').then(() => undefined);
    this.quiet = this.firstOf('quiet').then(
      () => undefined,
      () => undefined
    );
    for (const awaited of [this.listening, this.serving]) {
      awaited.catch(() => undefined); // may reject before, or without, anyone waiting for it
    }
  }

  tell(message: ToService): void {
    if (this.child.connected) {
      this.child.send(message);
    }
  }

  /** Asks the process to end, and ends it after `limitMs`. Resolves when it is gone. */
  async stop(limitMs: number): Promise<void> {
    this.tell({ kind: 'stop' });
    const timer = setTimeout(() => this.kill(), limitMs);
    await this.exited;
    clearTimeout(timer);
  }

  /** Ends the process at once. */
  kill(): void {
    if (!this.hasExited) {
      this.child.kill('SIGKILL');
    }
  }

  private firstOf<Kind extends FromService['kind']>(kind: Kind): Promise<Extract<FromService, { kind: Kind }>> {
    return new Promise<Extract<FromService, { kind: Kind }>>((resolve, reject) => {
      this.child.on('message', (message: FromService) => {
        if (message.kind === kind) {
          resolve(message as Extract<FromService, { kind: Kind }>);
        } else if (message.kind === 'failed') {
          reject(new Error(message.reason));
        }
      });
      void this.exited.then(() => reject(new Error(`${this.name} ended before it was ready`)));
    });
  }
}
