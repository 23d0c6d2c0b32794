import { createServer } from 'node:net';
import type { StartOptions } from './start';

/**
 * Tries every port before anything is started: whoever must choose another learns so at once, with the option's name.
 *
 * @throws Error for the first port that cannot be listened on
 */
export async function expectPortsFree(options: StartOptions): Promise<void> {
  const ports: ReadonlyArray<readonly [string, number]> = [
    ['--port', options.port],
    ['--tempo-port', options.tempoPort],
    ['--otlp-http-port', options.otlpHttpPort],
    ...options.otlpGrpcPorts.map((port) => ['--otlp-grpc-port', port] as const),
    ...(options.demoPort === undefined ? [] : [['--demo-port', options.demoPort] as const]),
  ];
  for (const [option, port] of ports) {
    await expectFree(options.host, port, option);
  }
}

function expectFree(host: string, port: number, option: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(reasonOf(error, host, port, option), { cause: error })));
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

function reasonOf({ code, message }: NodeJS.ErrnoException, host: string, port: number, option: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is in use: stop the program that uses it, or choose another with ${option}`;
    case 'EACCES':
      return `port ${port} on ${host} may not be used: choose one above 1023 with ${option}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: choose another with --host`;
    default:
      return `port ${port} on ${host} cannot be used (${message}): choose another with ${option}`;
  }
}
