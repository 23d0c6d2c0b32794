import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShell } from '../shell/server/shell';
import { startChildProgram, type ChildProgram } from './child-program';
import { provisionedDataSources } from './data-sources';
import { expectHttpAnswer, expectListening, hostToConnectTo, urlHost } from './reachable';

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
 * @throws Error when a part cannot start; whatever ran already has been stopped by then.
 */
export async function start(options: StartOptions): Promise<void> {
  const parts: Part[] = [];
  const stopAll = async () => {
    // In reverse: the load stops before what it talks to.
    for (const part of parts.splice(0).reverse()) {
      await part.stop();
    }
  };
  const stopRequested = new Promise<string>((resolveSignal) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolveSignal(signal));
    }
  });

  try {
    const children = await startParts(options, parts, stopRequested);
    const ending = await Promise.race([stopRequested, ...children.map(({ name, ended }) => ended.then((code) => `the ${name} ended with code ${code}`))]);
    if (ending.startsWith('SIG')) {
      console.log('Stopping');
    } else {
      throw new Error(ending);
    }
  } finally {
    await stopAll();
  }
}

async function startParts(options: StartOptions, parts: Part[], stopRequested: Promise<string>): Promise<ChildProgram[]> {
  const host = hostToConnectTo(options.host);
  const tempoUrl = `http://${urlHost(host)}:${options.tempoPort}`;
  await Promise.all(options.backends.map(({ url }) => expectHttpAnswer(url)));

  const children: ChildProgram[] = [];
  const run = async (name: string, entry: string, args: readonly string[]) => {
    const starting = startChildProgram(name, resolve(root, entry), args);
    // Told to end while a part starts: end it as soon as it can be ended.
    const stopped = stopRequested.then(async () => (await starting).stop());
    const child = await starting;
    void stopped;
    parts.push(child);
    children.push(child);
  };

  console.log('Starting the store');
  await run('store', 'local/store/main.ts', storeArgs(options));
  if (options.demoPort !== undefined) {
    console.log('Starting the demo');
    const otlp = `http://${urlHost(host)}:${options.otlpGrpcPorts[0]}`;
    await run('demo', 'demo/main.ts', ['--host', options.host, '--port', String(options.demoPort), '--otlp-endpoint', otlp]);
  }
  console.log('Starting the shell');
  const shell = await startShell({
    host: options.host,
    port: options.port,
    pluginDir: resolve(root, 'dist'),
    dashboardsDir: resolve(root, 'dashboards'),
    dataSources: provisionedDataSources(tempoUrl, options.backends),
  });
  parts.push({ stop: () => shell.close() });

  await expectEachToAnswer(options, host, tempoUrl);
  console.log(`Veza Traces ready: http://${options.host === '127.0.0.1' ? 'localhost' : urlHost(host)}:${options.port}`);
  return children;
}

function storeArgs(options: StartOptions): string[] {
  return [
    ...['--host', options.host],
    ...['--tempo-port', String(options.tempoPort)],
    ...['--otlp-http-port', String(options.otlpHttpPort)],
    ...options.otlpGrpcPorts.flatMap((port) => ['--otlp-grpc-port', String(port)]),
    ...['--data', resolve(options.dataDir)],
  ];
}

async function expectEachToAnswer(options: StartOptions, host: string, tempoUrl: string): Promise<void> {
  await Promise.all([
    expectHttpAnswer(`${tempoUrl}/ready`),
    expectHttpAnswer(`http://${urlHost(host)}:${options.otlpHttpPort}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
    }),
    ...options.otlpGrpcPorts.map((port) => expectListening(host, port)),
    ...(options.demoPort === undefined ? [] : [expectHttpAnswer(`http://${urlHost(host)}:${options.demoPort}/health`)]),
    expectHttpAnswer(`http://${urlHost(host)}:${options.port}/`),
  ]);
}
