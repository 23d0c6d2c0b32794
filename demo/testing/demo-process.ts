import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const MAIN = path.resolve(__dirname, '../main.ts');

export interface DemoEnd {
  readonly code: number | null;
  readonly stderr: string;
}

/** The demo as its start command runs it: a process with an IPC channel. */
export class DemoProcess {
  readonly ended: Promise<DemoEnd>;
  private stdout = '';
  private stderr = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString('utf8')));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString('utf8')));
    // Not the event "close": it does not come after a disconnect.
    const outputEnded = new Promise<void>((resolve) => child.stderr?.once('close', resolve));
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    this.ended = Promise.all([exited, outputEnded]).then(([code]) => ({ code, stderr: this.stderr }));
  }

  static launch(args: readonly string[], env: Readonly<Record<string, string>> = {}): DemoProcess {
    return new DemoProcess(fork(MAIN, [...args], { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env }, silent: true }));
  }

  /** Resolves with the API's URL when the demo says that it is ready; rejects when it ends instead. */
  static async start(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<{ demo: DemoProcess; url: string }> {
    const demo = DemoProcess.launch(args, env);
    const ready = new Promise<void>((resolve) => demo.child.once('message', () => resolve()));
    const ended = demo.ended.then(({ stderr }) => Promise.reject(new Error(`the demo ended: ${stderr}`)));
    await Promise.race([ready, ended]);
    const url = /the API is (\S+)/.exec(demo.stdout)?.[1];
    if (!url) {
      throw new Error(`expected the API's URL, got ${JSON.stringify(demo.stdout)}`);
    }
    return { demo, url };
  }

  get errorOutput(): string {
    return this.stderr;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  disconnect(): void {
    this.child.disconnect();
  }

  /** Process ids of the services. */
  servicePids(): number[] {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
    return table
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .filter((row) => row !== null && Number(row[2]) === this.child.pid && row[3].includes('run-service'))
      .map((row) => Number(row?.[1]));
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // no such process
  }
}
