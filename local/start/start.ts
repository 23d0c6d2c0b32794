import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShell } from '../shell/server/shell';
import { ChildProgram } from './child-program';
import { provisionedDataSources } from './data-sources';
import { whenNpmEnds } from './npm-parent';
import { expectPortsFree } from './ports';
import { expectHttpAnswer, expectHttpSuccess, expectOtlpGrpcSuccess, hostToConnectTo, urlHost } from './reachable';

/** The command line of `npm start`, parsed and checked; see scripts/start-options.mjs. */
export interface StartOptions {
  readonly host: string;
  readonly port: number;
  readonly tempoPort: number;
  readonly otlpHttpPort: number;
  readonly otlpGrpcPorts: readonly number[];
  /** Undefined: no demo. */
  readonly demoPort: number | undefined;
  readonly dataDir: string;
  /** Tail sampling as the reference collector does it; without it every trace is kept. */
  readonly sampling: boolean;
  /** Existing backends to offer beside the embedded store. */
  readonly backends: ReadonlyArray<{ readonly type: 'tempo' | 'jaeger' | 'zipkin'; readonly url: string }>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Something started that must be ended. */
interface Part {
  stop(): Promise<void>;
}

/**
 * Runs the store, the demo and the shell until the process is told to end.
 *
 * @throws Error when a part cannot start or ends by itself; whatever ran has been stopped by then.
 */
export async function start(options: StartOptions): Promise<void> {
  const run = new Run();
  const stopRequested = new Promise<'stop'>((resolveSignal) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolveSignal('stop'));
    }
    whenNpmEnds(() => resolveSignal('stop'));
  });
  try {
    const started = startParts(options, run);
    started.catch(() => undefined); // when it is stopped half-way, nobody waits for it any more
    if ((await Promise.race([started, stopRequested])) !== 'stop') {
      await Promise.race([stopRequested, run.lost]);
    }
    console.log('Stopping');
  } finally {
    await run.stop();
  }
}

/** What has been started so far. */
class Run {
  /** Rejects when a program ends by itself after it was ready. */
  readonly lost: Promise<never>;
  private reportLoss: (error: Error) => void = () => undefined;
  private readonly parts: Part[] = [];
  private isStopping = false;

  constructor() {
    this.lost = new Promise((_, reject) => (this.reportLoss = reject));
    this.lost.catch(() => undefined);
  }

  /** @throws Error when everything is being stopped already: nothing may be started then. */
  add<P extends Part>(create: () => P): P {
    if (this.isStopping) {
      throw new Error('stopped while starting');
    }
    const part = create();
    this.parts.push(part);
    return part;
  }

  async program(name: string, entry: string, args: readonly string[]): Promise<void> {
    const child = this.add(() => new ChildProgram(name, resolve(root, entry), args));
    await child.ready;
    void child.ended.then((code) => this.reportLoss(new Error(`the ${name} ended with code ${code}: everything else is stopped too`)));
  }

  /** In reverse: the load stops before what it talks to. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const part of this.parts.splice(0).reverse()) {
      await part.stop();
    }
  }
}

async function startParts(options: StartOptions, run: Run): Promise<void> {
  const host = hostToConnectTo(options.host);
  const tempoUrl = `http://${urlHost(host)}:${options.tempoPort}`;
  await expectPortsFree(options);
  await Promise.all(options.backends.map(({ url }) => expectHttpAnswer(url)));

  console.log('Starting the store');
  await run.program('store', 'local/store/main.ts', storeArgs(options));
  if (options.demoPort !== undefined) {
    console.log('Starting the demo');
    const otlp = `http://${urlHost(host)}:${options.otlpGrpcPorts[0]}`;
    await run.program('demo', 'demo/main.ts', ['--host', options.host, '--port', String(options.demoPort), '--otlp-endpoint', otlp]);
  }
  console.log('Starting the shell');
  const shell = await startShell({
    host: options.host,
    port: options.port,
    pluginDir: resolve(root, 'dist'),
    dashboardsDir: resolve(root, 'dashboards'),
    dataSources: provisionedDataSources(tempoUrl, options.backends),
  });
  run.add(() => ({ stop: () => shell.close() }));

  await expectEachToAnswer(options, host, tempoUrl);
  console.log(`Veza Traces ready: http://${options.host === '127.0.0.1' ? 'localhost' : urlHost(host)}:${options.port}`);
}

function storeArgs(options: StartOptions): string[] {
  return [
    ...['--host', options.host],
    ...['--tempo-port', String(options.tempoPort)],
    ...['--otlp-http-port', String(options.otlpHttpPort)],
    ...options.otlpGrpcPorts.flatMap((port) => ['--otlp-grpc-port', String(port)]),
    ...['--data', resolve(options.dataDir)],
    ...['--log-format', 'text'],
    ...(options.sampling ? ['--sampling'] : []),
  ];
}

async function expectEachToAnswer(options: StartOptions, host: string, tempoUrl: string): Promise<void> {
  await Promise.all([
    expectHttpSuccess(`${tempoUrl}/ready`),
    expectHttpSuccess(`http://${urlHost(host)}:${options.otlpHttpPort}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
    }),
    ...options.otlpGrpcPorts.map((port) => expectOtlpGrpcSuccess(host, port)),
    ...(options.demoPort === undefined ? [] : [expectHttpSuccess(`http://${urlHost(host)}:${options.demoPort}/health`)]),
    expectHttpSuccess(`http://${urlHost(host)}:${options.port}/a/veza-traces-app/service-map`),
  ]);
}
